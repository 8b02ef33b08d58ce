/**
 * Task fields are what a task's JSON or a row of a task table says, by the names that any
 * generation uses (README.md#task-results, #task-tables).
 */
import { parseProcessName } from '../process-name.ts';
import type { TaskEvent } from '../types.ts';
import { normalName, parseCount, parseId, parseNumber, parseText, parseTime } from '../values.ts';

export interface TaskFields {
  id: string | null;
  dequeueCount: number | null;
  node: string | null;
  /** The node within the name of the process, which may be another name of the same node. */
  processNode: string | null;
  pid: number | null;
  process: string | null;
  startUs: number | null;
  durationSeconds: number | null;
  processSeconds: number | null;
  runMethodSeconds: number | null;
  total: number | null;
  succeeded: number | null;
  failed: number | null;
  status: string | null;
  error: string | null;
  inputs: string | null;
}

const fieldNames: ReadonlyMap<string, keyof TaskFields> = new Map(
  Object.entries({
    id: 'id',
    taskid: 'id',
    minibatchid: 'id',
    dequeuecount: 'dequeueCount',
    pickedcount: 'dequeueCount',
    pickcount: 'dequeueCount',
    trycount: 'dequeueCount',
    ip: 'node',
    ipaddress: 'node',
    hostip: 'node',
    node: 'node',
    nodeid: 'node',
    pid: 'pid',
    processid: 'pid',
    process: 'process',
    processname: 'process',
    starttime: 'startUs',
    starttimeutc: 'startUs',
    processstarttime: 'startUs',
    duration: 'durationSeconds',
    elapsed: 'durationSeconds',
    elapsedseconds: 'durationSeconds',
    elapsedtime: 'durationSeconds',
    processtime: 'processSeconds',
    processseconds: 'processSeconds',
    processduration: 'processSeconds',
    runmethodtime: 'runMethodSeconds',
    runmethodduration: 'runMethodSeconds',
    runmethodseconds: 'runMethodSeconds',
    total: 'total',
    totalitems: 'total',
    totalcount: 'total',
    succeeded: 'succeeded',
    succeededitems: 'succeeded',
    successcount: 'succeeded',
    failed: 'failed',
    faileditems: 'failed',
    failedcount: 'failed',
    status: 'status',
    error: 'error',
    errormessage: 'error',
    exception: 'error',
    minibatch: 'inputs',
    minibatchdetail: 'inputs',
    inputs: 'inputs',
  } satisfies Record<string, keyof TaskFields>),
);

/** Returns the field for the name of a column or key, or null if Postrun does not know it. */
export function taskField(name: string): keyof TaskFields | null {
  const known = namesSeen.get(name);
  if (known !== undefined) return known;
  const field = fieldNames.get(normalName(name)) ?? null;
  if (namesSeen.size < 1_000) namesSeen.set(name, field);
  return field;
}

/** Cache: every task repeats the same few names. */
const namesSeen = new Map<string, keyof TaskFields | null>();

export function emptyTask(): TaskFields {
  return {
    id: null,
    dequeueCount: null,
    node: null,
    processNode: null,
    pid: null,
    process: null,
    startUs: null,
    durationSeconds: null,
    processSeconds: null,
    runMethodSeconds: null,
    total: null,
    succeeded: null,
    failed: null,
    status: null,
    error: null,
    inputs: null,
  };
}

/** Clears the figures of a task that is only picked up, where zeros stand for them. */
export function withoutFigures(task: TaskFields): TaskFields {
  return {
    ...task,
    durationSeconds: null,
    processSeconds: null,
    runMethodSeconds: null,
    total: null,
    succeeded: null,
    failed: null,
  };
}

/** Sets one field from its value in JSON or a cell; the first name that has a value wins. */
export function setTaskField(task: TaskFields, field: keyof TaskFields, value: unknown): void {
  if (task[field] !== null && field !== 'error') return;
  switch (field) {
    case 'id':
      task.id = parseId(value);
      break;
    case 'node':
    case 'processNode':
      task[field] = parseText(value);
      break;
    case 'process':
      setProcess(task, value);
      break;
    case 'startUs':
      task.startUs = parseTime(value);
      break;
    case 'status':
      task.status = readStatus(value);
      break;
    case 'error':
      task.error = [task.error, parseText(value)?.slice(0, 2_000)].filter(Boolean).join(': ') || null;
      break;
    case 'inputs':
      task.inputs =
        (typeof value === 'object' && value !== null ? JSON.stringify(value) : parseText(value))?.slice(0, 4_000) ??
        null;
      break;
    case 'durationSeconds':
    case 'processSeconds':
    case 'runMethodSeconds':
      task[field] = parseNumber(value);
      break;
    default:
      task[field] = parseCount(value);
  }
}

/** Sets what a `Process` column says; a separate column for the pid takes precedence. */
function setProcess(task: TaskFields, value: unknown): void {
  const { node, process, pid } = parseProcessName(value);
  task.processNode = node;
  task.pid ??= pid;
  task.process = process;
}

const statusNumbers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '11': 'INIT_START',
    '12': 'INIT_EXCEPTION',
    '13': 'INIT_TIMEOUT',
    '14': 'INIT_DONE',
    '21': 'RUN_START',
    '22': 'RUN_EXCEPTION',
    '23': 'RUN_TIMEOUT',
    '24': 'RUN_DONE',
    '31': 'SHUTDOWN_START',
    '32': 'SHUTDOWN_EXCEPTION',
    '33': 'SHUTDOWN_TIMEOUT',
    '34': 'SHUTDOWN_DONE',
    '50': 'TASK_PICKED',
    '51': 'TASK_POISONED',
    '60': 'TASK_PROCESS_TIMEOUT',
    '99': 'TASK_PROCESSED',
  } satisfies Record<string, string>),
);

/**
 * Normalises a status given by number or name, without `ProgressStatus.` and `ENTRY_SCRIPT_`
 * (README.md#task-results).
 */
function readStatus(value: unknown): string | null {
  const text = parseText(value);
  if (text === null) return null;
  const name = text.replace(/^ProgressStatus\./, '').replace(/^ENTRY_SCRIPT_/, '');
  return statusNumbers.get(name) ?? name.toUpperCase();
}

/**
 * Returns what a status says about the attempt; null if it is only about the process, or unknown to
 * Postrun.
 */
export function taskType(status: string | null): TaskEvent['type'] | null {
  switch (status) {
    case 'TASK_PICKED':
    case 'PICKED':
    case 'RUN_START':
    case 'LOAD_START':
    case 'LOAD_DONE':
      return 'picked';
    case 'TASK_PROCESSED':
    case 'PROCESSED':
    case 'RUN_DONE':
    case 'SUCCEEDED':
      return 'processed';
    case 'TASK_POISONED':
    case 'POISONED':
      return 'poisoned';
    default:
      if (status === null || status.startsWith('INIT') || status.startsWith('SHUTDOWN')) return null;
      if (status.endsWith('TIMEOUT')) return 'timed_out';
      if (status.endsWith('ABORTED')) return 'aborted';
      return /(?:EXCEPTION|FAILED|ERROR)$/.test(status) ? 'failed' : null;
  }
}
