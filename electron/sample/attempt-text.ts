/**
 * One attempt's figures as the files have them: the same numbers in worker logs, task tables and
 * master messages.
 */
import { nodeOf } from './dialect.ts';
import { itemsOf, type SimulatedRun } from './run-model.ts';
import type { Stamp } from './stamp.ts';
import { threeDigits } from './stamp.ts';

const LABELS = ['lot', 'scan', 'frame', 'probe', 'sheet', 'plate'];

/** Returns the microseconds below the millisecond of an attempt's start. */
export function microOf(attempt: number): number {
  return (attempt * 7919 + 392) % 1000;
}

/**
 * Formats seconds with six decimals, from milliseconds; the attempt determines the remaining
 * digits.
 */
export function secondsText(ms: number, attempt: number): string {
  return `${Math.floor(ms / 1000)}.${threeDigits(ms % 1000)}${threeDigits((attempt * 4241 + 17) % 1000)}`;
}

/** Returns the name of one input item; some names have characters beyond ASCII. */
export function itemName(item: number): string {
  if (item % 389 === 7) return `Größe_${item}_naïve.png`;
  if (item % 631 === 11) return `写真_${item}.png`;
  return `${LABELS[item % 6]}_${String(item).padStart(7, '0')}.png`;
}

/** Formats the inputs of a mini-batch as Python prints a list of strings, up to `most` of them. */
export function inputsText(run: SimulatedRun, miniBatch: number, quote: string, most = 400): string {
  const first = miniBatch * run.options.itemsPerMiniBatch;
  const count = Math.min(itemsOf(run, miniBatch), most);
  let text = '[';
  for (let i = 0; i < count; i++) text += `${i === 0 ? '' : ', '}${quote}${itemName(first + i)}${quote}`;
  return `${text}]`;
}

/** Returns the queue message of a mini-batch. */
export function taskJson(run: SimulatedRun, miniBatch: number, dequeue: number): string {
  const inputs = inputsText(run, miniBatch, '"');
  return `{"id": ${miniBatch}, "dequeue_count": ${dequeue}, "minibatch": ${inputs}, "location": "input_images", "partition_size": ${run.options.itemsPerMiniBatch}, "task_type": 10}`;
}

/** Returns the milliseconds from pick-up to end of an attempt that has ended. */
export function lengthMs(run: SimulatedRun, attempt: number): number {
  const { start, end } = run.attempts.read(attempt);
  return end - start;
}

/**
 * Returns the message that a worker sends to the master about an attempt, with zeros while it is
 * only picked.
 */
export function resultJson(run: SimulatedRun, attempt: number, stamp: Stamp, status: number | string): string {
  const { miniBatch, dequeue, process: owner, start, ...figures } = run.attempts.read(attempt);
  const process = run.processes[owner];
  if (!process) return '{}';
  const isDone = status === 99 || status === 'RUN_DONE';
  const hasRun = isDone || status === 'RUN_TIMEOUT' || status === 'RUN_EXCEPTION';
  const total = isDone ? itemsOf(run, miniBatch) : 0;
  const succeeded = isDone ? figures.succeeded : 0;
  const duration = hasRun ? secondsText(lengthMs(run, attempt), attempt) : '0';
  const cpu = hasRun ? secondsText(figures.processMs, attempt) : '0';
  const method = hasRun ? secondsText(figures.runMs, attempt) : '0';
  const runKey = typeof status === 'number' ? 'run_method_time' : 'run_method_duration';
  const statusText = typeof status === 'number' ? String(status) : `"${status}"`;
  return `{"id": ${miniBatch}, "dequeue_count": ${dequeue}, "total": ${total}, "succeeded": ${succeeded}, "failed": ${total - succeeded}, "ip": "${nodeOf(run, process).ip}", "pid": ${process.pid}, "start_time": ${stamp.epoch(start, microOf(attempt))}, "duration": ${duration}, "process_time": ${cpu}, "${runKey}": ${method}, "status": ${statusText}}`;
}
