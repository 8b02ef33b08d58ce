/** The parser of the master's log: settings, tasks sent, results received, how the run ended. */
import { taskEventOf } from '../events.ts';
import { taskType } from '../tables/task-fields.ts';
import { readTask } from '../task-json.ts';
import { nextTraceback } from '../traceback.ts';
import type { FileContext, LogParser, LogRecord, RecordSink } from '../types.ts';
import { isFailureText, reportFailure, reportGuidance } from './failure-text.ts';
import { masterSentences, progressSentences } from './run-sentences.ts';
import { needlesOf, type Sentence, tellSentences } from './sentences.ts';
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
 * The orchestrator's log: `master.txt`, `master_role*.txt`, and what the driver's console repeats
 * of it: settings, tasks sent, results received, scheduling, progress, how the run ended
 * (README.md#master-log).
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
  const tasks = tellMessage(context, record, sink);
  if (tasks > 0) return tasks;
  const told = tellSentences(sentences, record, context, sink);
  if (told > 0) return told;
  // Below the level of an error the same names may stand in what the master says of single
  // mini-batches.
  if ((record.level >= 4 || record.level === 0) && isFailureText(record.head)) {
    reportFailure(record, sink);
    return 1;
  }
  const raised = lastException(record);
  if (raised >= 0 && isFailureText(record.lines[raised] ?? '')) {
    const lines = record.lines.slice(raised);
    reportFailure({ ...record, line: record.line + raised, lines, head: lines[0] ?? '' }, sink);
    return 1;
  }
  return reportGuidance(record, sink) ? 1 : 0;
}

/** Index of the line with which the record's last traceback ends, -1 where there is none. */
function lastException(record: LogRecord): number {
  let state = 0;
  let last = -1;
  for (const [index, line] of record.lines.entries()) {
    const step = nextTraceback(state, line, index === 0 && record.prefixed);
    state = step.state;
    if (step.role === 'last') last = index;
  }
  return last;
}

/** `Got a message from worker: {…}` and `Sent "{…}" to queue.`; 0 where the record is neither. */
function tellMessage(context: FileContext, record: LogRecord, sink: RecordSink): number {
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
  const event = taskEventOf(record, context, { source: 'master_log', type }, task);
  if (event) sink.task(event);
  return 1;
}
