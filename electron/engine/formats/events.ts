/** Creates events, with null for everything that the line does not say. */
import { type TaskFields, withoutFigures } from './tables/task-fields.ts';
import type { FileContext, LogRecord, ProcessEvent, RunEvent, TaskEvent } from './types.ts';

export function taskEvent(
  event: Partial<TaskEvent> & Pick<TaskEvent, 'line' | 'source' | 'type' | 'miniBatchId'>,
): TaskEvent {
  return {
    dequeueCount: null,
    node: null,
    pid: null,
    process: null,
    atUs: null,
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
    ...event,
  };
}

/**
 * Creates a task event from a record, with what the task says and, for the rest, what the file's
 * path says.
 */
export function taskEventOf(
  record: LogRecord,
  context: FileContext,
  event: Pick<TaskEvent, 'source' | 'type'>,
  task: TaskFields,
  more: Partial<TaskEvent> = {},
): TaskEvent | null {
  const { id, processNode, ...said } = event.type === 'picked' || event.type === 'sent' ? withoutFigures(task) : task;
  if (id === null) return null;
  return {
    ...said,
    ...event,
    line: record.line,
    miniBatchId: id,
    // The folder identifies the node; a later generation numbers nodes but still writes addresses
    // in its lines.
    node: context.node ?? said.node ?? processNode,
    process: said.process ?? context.process,
    atUs: record.timeUs,
    ...more,
  };
}

export function processEvent(event: Partial<ProcessEvent> & Pick<ProcessEvent, 'line' | 'type'>): ProcessEvent {
  return { node: null, process: null, pid: null, atUs: null, exitCode: null, detail: null, ...event };
}

export function runEvent(event: Partial<RunEvent> & Pick<RunEvent, 'line' | 'type'>): RunEvent {
  return {
    atUs: null,
    node: null,
    name: null,
    value: null,
    message: null,
    scheduled: null,
    processed: null,
    total: null,
    items: null,
    itemsSucceeded: null,
    itemsFailed: null,
    errorThreshold: null,
    ...event,
  };
}
