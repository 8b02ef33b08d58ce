import type { ProcessEvent, RunEvent, TaskEvent } from './types.ts';

/** Events with everything that the lines do not say set to null. */

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
