/** The parser of worker logs: attempts, and the lives of worker processes. */
import { processEvent, runEvent, taskEventOf } from '../events.ts';
import { isSupervisor } from '../process-name.ts';
import { emptyTask, type TaskFields, taskType } from '../tables/task-fields.ts';
import { readTask } from '../task-json.ts';
import type { FileContext, LogParser, LogRecord, RecordSink, TaskEvent } from '../types.ts';
import { parseCount, parseId, parseNumber } from '../values.ts';
import { needlesOf, type Sentence, tellSentences } from './sentences.ts';
import { beforeDetail, entryScriptSentences, processSentences } from './worker-sentences.ts';

const sentences: readonly Sentence[] = [...processSentences, ...entryScriptSentences];
const needles = needlesOf(sentences, [
  'Got task ',
  'Batch processing completed',
  'Failed to process',
  'did not finish in',
  'with unfinished mini batch',
  'Calling init method',
  'Calling run method',
  'nit method in scoring module returned',
  'ound poison message',
  '"status":',
  "'status':",
]);
/** A line found by a needle must look like this; anything else with these words is prose. */
const expected =
  /^(?:Got task |Batch processing completed|Failed to process |Process abort with|mini batch \S+ did not finish)/;

/** A mini-batch that a process has picked up and not yet finished. */
interface Picked {
  id: string;
  atUs: number | null;
}

/**
 * The memory of the parser of one file, by pid: in the first generation, the next process of the
 * same name continues the file.
 */
interface State {
  picked: Map<number, Picked>;
  initialising: Set<number>;
  /** Names of its node found in the lines of the file. */
  told: Set<string>;
}

/**
 * Parses the logs of worker processes and supervisors, of all generations, and the issues that the
 * system collected from them: which mini-batch was picked up and how it ended, and the lives of the
 * processes (README.md#worker-log, #task-results).
 */
export function createWorkerParser(context: FileContext, source: 'worker_log' | 'error_log'): LogParser {
  const state: State = { picked: new Map(), initialising: new Set(), told: new Set() };
  const name = source === 'worker_log' ? 'worker log' : 'error log';
  return {
    needles: new RegExp(needles.source, 'g'),
    state,
    record(record, sink) {
      const told =
        tellTask(context, source, state, record, sink) +
        tellInit(context, state, record, sink) +
        tellSentences(sentences, record, context, sink);
      if (told === 0 && expected.test(record.head)) {
        sink.problem('unrecognised', `lines of ${name} were not recognised`, record.line);
      }
    },
  };
}

function tellInit(context: FileContext, state: State, record: LogRecord, sink: RecordSink): number {
  const init = record.head.includes('Calling init method');
  const done =
    record.head.includes('nit method in scoring module returned') || record.head.includes('Calling run method');
  if (!init && !done) return 0;
  const pid = record.pid ?? -1;
  const common = {
    line: record.line,
    node: context.node,
    process: context.process,
    pid: record.pid,
    atUs: record.timeUs,
  };
  if (init) {
    state.initialising.add(pid);
    sink.process(processEvent({ ...common, type: 'init_started' }));
  } else if (state.initialising.delete(pid)) {
    // If no line says that init() is done, the process's first run() implies it.
    sink.process(processEvent({ ...common, type: 'init_done' }));
  }
  return 1;
}

function tellTask(
  context: FileContext,
  source: TaskEvent['source'],
  state: State,
  record: LogRecord,
  sink: RecordSink,
): number {
  const { head } = record;
  const pid = record.pid ?? -1;
  const emit = (type: TaskEvent['type'], task: TaskFields, more: Partial<TaskEvent> = {}): number => {
    tellNames(context, state, task, record, sink);
    const event = taskEventOf(record, context, { source, type }, task, { pid: task.pid ?? record.pid, ...more });
    if (!event) return 0;
    sink.task(event);
    return 1;
  };

  const got = /^Got task (?:id )?(?<id>[^\s.]+)\.?/.exec(head)?.groups;
  if (got) {
    const id = parseId(got.id);
    if (id === null) return 0;
    state.picked.set(pid, { id, atUs: record.timeUs });
    return emit('picked', { ...emptyTask(), id }, { startUs: record.timeUs });
  }
  if (head.startsWith('Batch processing completed')) return tellCompleted(state, record, emit);
  if (head.startsWith('Failed to process ')) return tellFailed(state, record, emit);

  const late = /mini batch (?<id>-?\w+) did not finish in (?<seconds>[\d.]+) seconds/.exec(head)?.groups;
  if (late) {
    const id = parseId(late.id);
    if (id === null) {
      const type = 'init_timed_out';
      const { line, timeUs: atUs } = record;
      sink.process(
        processEvent({
          line,
          type,
          node: context.node,
          process: context.process,
          pid: record.pid,
          atUs,
          detail: head.slice(0, 500),
        }),
      );
      return 1;
    }
    const startUs = takePicked(state, pid, id);
    return emit('timed_out', { ...emptyTask(), id }, { startUs, error: head.slice(0, 500) });
  }
  const left = /with unfinished mini batch (?<id>-?\w+)/.exec(head)?.groups;
  if (left) {
    const id = parseId(left.id);
    return id === null
      ? 1
      : emit('aborted', { ...emptyTask(), id }, { startUs: takePicked(state, pid, id), error: head.slice(0, 500) });
  }
  if (head.includes('ound poison message')) {
    const found = readTask(head);
    return found ? emit('poisoned', found.task) : 1;
  }
  if (head.includes('status') && head.includes('{')) {
    const found = readTask(head);
    const type = found ? taskType(found.task.status) : null;
    if (found && type) {
      const startUs = found.task.startUs ?? takePicked(state, pid, found.task.id);
      return emit(type, found.task, { startUs });
    }
  }
  return 0;
}

/**
 * Reports each name once: the address of a node whose folder is a number or a name
 * (README.md#generations). Ignores the supervisor's log, which may mention other nodes.
 */
function tellNames(context: FileContext, state: State, task: TaskFields, record: LogRecord, sink: RecordSink): void {
  const { node, process } = context;
  if (node === null || process === null || isSupervisor(process)) return;
  for (const name of [task.node, task.processNode]) {
    if (name === null || name === node || state.told.has(name)) continue;
    state.told.add(name);
    sink.run(runEvent({ line: record.line, type: 'node_joined', atUs: record.timeUs, node, name }));
  }
}

type Emit = (type: TaskEvent['type'], task: TaskFields, more?: Partial<TaskEvent>) => number;

/**
 * Reports the end of the last mini-batch picked: `Batch processing completed. Total count: T,
 * success count: S, processing time: …, run method time: …`.
 */
function tellCompleted(state: State, record: LogRecord, emit: Emit): number {
  const { head, timeUs } = record;
  const pid = record.pid ?? -1;
  const picked = state.picked.get(pid);
  if (!picked) return 0;
  state.picked.delete(pid);
  const total = parseCount(/[Tt]otal(?: count)?: (\d+)/.exec(head)?.[1]);
  const succeeded = parseCount(/succe\w+(?: count)?: (\d+)/i.exec(head)?.[1]);
  const elapsed = picked.atUs !== null && timeUs !== null ? Math.max(0, timeUs - picked.atUs) / 1e6 : null;
  const processing = parseNumber(/process(?:ing)? time: ([\d.eE+-]*\d)/.exec(head)?.[1]);
  // Nothing says whether "processing time" is elapsed or processor time. If it equals the elapsed
  // time, it is that.
  const isElapsed = processing !== null && elapsed !== null && Math.abs(processing - elapsed) <= clockStep;
  return emit('processed', {
    ...emptyTask(),
    id: picked.id,
    total,
    succeeded,
    failed: total !== null && succeeded !== null ? Math.max(0, total - succeeded) : null,
    processSeconds: isElapsed ? null : processing,
    runMethodSeconds: parseNumber(/run method time: ([\d.eE+-]*\d)/.exec(head)?.[1]),
    startUs: picked.atUs,
    durationSeconds: isElapsed ? processing : elapsed,
  });
}

/** Seconds by which the times of two lines may differ from a duration measured between them. */
const clockStep = 0.05;

/** Reports `Failed to process task {json} with error …. Detail: Traceback …`. */
function tellFailed(state: State, record: LogRecord, emit: Emit): number {
  const { head } = record;
  const pid = record.pid ?? -1;
  const found = readTask(head);
  if (!found) return 0;
  const told = head.slice(found.end, found.end + 4_000);
  const error = /with error (?<error>.*)/s.exec(told)?.groups?.error ?? told;
  const startUs = takePicked(state, pid, found.task.id);
  return emit('failed', found.task, {
    startUs: found.task.startUs ?? startUs,
    error: beforeDetail(error) || null,
  });
}

/** Returns when the process picked the mini-batch up, and closes it. */
function takePicked(state: State, pid: number, id: string | null): number | null {
  const picked = state.picked.get(pid);
  if (!picked || picked.id !== id) return null;
  state.picked.delete(pid);
  return picked.atUs;
}
