/**
 * The parser of the master's log, `master.txt` or `master_role*.txt`, and of what the driver's
 * console repeats from it: settings, tasks sent, results received, scheduling, progress, how the
 * run ended (README.md#master-log).
 */
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

export function createMasterParser(context: FileContext): LogParser {
  return {
    needles: new RegExp(needles.source, 'g'),
    record(record, sink) {
      tellMaster(context, record, sink);
    },
  };
}

/** Reports the events of a master's record; the driver's console shares it. */
export function tellMaster(context: FileContext, record: LogRecord, sink: RecordSink): number {
  const tasks = tellMessage(context, record, sink);
  if (tasks > 0) return tasks;
  const told = tellSentences(sentences, record, context, sink);
  if (told > 0) return told;
  // Below level error, the master may use the same names for single mini-batches.
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

/** Returns the index of the line that ends the record's last traceback, or -1. */
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

/**
 * Reports `Got a message from worker: {…}` and `Sent "{…}" to queue.`; returns 0 if the record is
 * neither.
 */
function tellMessage(context: FileContext, record: LogRecord, sink: RecordSink): number {
  const { head } = record;
  const message = head.indexOf('Got a message from worker');
  const poisoned = message < 0 && head.includes('ound poison message');
  const sent = message < 0 && !poisoned ? head.search(/\bSent ["']\{/) : -1;
  if (message < 0 && sent < 0 && !poisoned) return 0;
  const task = readTask(head, Math.max(message, sent, 0))?.task;
  const type = poisoned ? 'poisoned' : sent >= 0 ? 'sent' : taskType(task?.status ?? null);
  if (!task || task.id === null || type === null) {
    // Messages of init() and shutdown() have no mini-batch; all others should name one.
    if (!task?.status && !poisoned)
      sink.problem('unrecognised', 'lines of master log were not recognised', record.line);
    return 1;
  }
  const event = taskEventOf(record, context, { source: 'master_log', type }, task);
  if (event) sink.task(event);
  return 1;
}
