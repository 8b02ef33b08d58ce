import { taskEvent } from './events.ts';
import { isFailureText, reportFailure, reportGuidance } from './failure-text.ts';
import { masterSentences, progressSentences } from './run-sentences.ts';
import { needlesOf, type Sentence, tellSentences } from './sentences.ts';
import { taskType } from './task-fields.ts';
import { readTask } from './task-json.ts';
import type { FileContext, LogParser, LogRecord, RecordSink } from './types.ts';
import { entryScriptSentences, processSentences } from './worker-sentences.ts';

const sentences: readonly Sentence[] = [
  ...masterSentences,
  ...progressSentences,
  ...processSentences,
  ...entryScriptSentences,
];
const needles = needlesOf(sentences, [
  'Got a message from worker',
  'Sent "{',
  "Sent '{",
  'occurred executing job',
  'exceeds error threshold',
  'ound poison message',
]);

/**
 * The orchestrator's log: `master.txt`, `master_role*.txt`, and what the driver's console repeats of it: settings, tasks sent, results
 * received, scheduling, progress, how the run ended (formats file, sections J, C.2, A).
 */
export function createMasterParser(context: FileContext): LogParser {
  return {
    needles: new RegExp(needles.source, 'g'),
    record(record, sink) {
      tellMaster(context, record, sink);
    },
  };
}

/** What a master's line tells; shared with the driver's console. */
export function tellMaster(context: FileContext, record: LogRecord, sink: RecordSink): number {
  const tasks = tellMessage(record, sink);
  if (tasks > 0) return tasks;
  const told = tellSentences(sentences, record, context, sink);
  if (told > 0) return told;
  if (isFailureText(record.head)) {
    reportFailure(record, sink);
    return 1;
  }
  return reportGuidance(record, sink) ? 1 : 0;
}

/** `Got a message from worker: {…}` and `Sent "{…}" to queue.`; 0 where the record is neither. */
function tellMessage(record: LogRecord, sink: RecordSink): number {
  const { head } = record;
  const message = head.indexOf('Got a message from worker');
  const poisoned = message < 0 && head.includes('ound poison message');
  const sent = message < 0 && !poisoned ? head.search(/\bSent ["']\{/) : -1;
  if (message < 0 && sent < 0 && !poisoned) return 0;
  const task = readTask(head, Math.max(message, sent, 0))?.task;
  const type = poisoned ? 'poisoned' : sent >= 0 ? 'sent' : taskType(task?.status ?? null);
  if (!task || task.id === null || type === null) {
    // Messages of init() and shutdown() have no mini-batch; anything else was expected to name one.
    if (!task?.status && !poisoned)
      sink.problem('unrecognised', 'lines of master log were not recognised', record.line);
    return 1;
  }
  sink.task(
    taskEvent({
      line: record.line,
      source: 'master_log',
      type,
      miniBatchId: task.id,
      dequeueCount: task.dequeueCount,
      node: task.node,
      pid: task.pid,
      process: task.process,
      atUs: record.timeUs,
      startUs: task.startUs,
      durationSeconds: task.durationSeconds,
      processSeconds: task.processSeconds,
      runMethodSeconds: task.runMethodSeconds,
      total: task.total,
      succeeded: task.succeeded,
      failed: task.failed,
      status: task.status,
      error: task.error,
      inputs: task.inputs,
    }),
  );
  return 1;
}
