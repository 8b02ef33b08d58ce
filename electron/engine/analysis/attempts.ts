/**
 * Holds all attempts of a run in columns during `derive`, assigns them to processes and orders
 * them.
 */

import { argsort, at, float64, int32, uint8 } from '../base/typed.ts';
import { TYPE } from '../store/task-columns.ts';
import type { Contradiction } from './contradictions.ts';
import { itemsOf, joinAttempts, OUTCOME, outcomeOf } from './join.ts';
import { earlier, later, type Processes } from './processes.ts';
import type { TaskEvents } from './task-events.ts';

/** Truncation to milliseconds may put the end of an attempt this much before its start. */
const EARLY_US = 1_000;

/** Attempts by mini-batch code and number. NaN and -1 mean unknown. */
export class Attempts {
  readonly batch = int32();
  readonly number = int32();
  readonly node = int32();
  readonly pid = int32();
  readonly process = int32();
  readonly startUs = float64();
  readonly endUs = float64();
  readonly duration = float64();
  readonly processSeconds = float64();
  readonly runSeconds = float64();
  readonly total = int32();
  readonly succeeded = int32();
  readonly failed = int32();
  readonly outcome = uint8();
  /** 1 if run() returned and its items were counted. */
  readonly processed = uint8();
  readonly errorRow = int32();
  readonly picked = int32();
  readonly finished = int32();
  /** Microseconds by which the clock of each node is ahead. */
  readonly shifts: Float64Array;

  constructor(shifts: Float64Array) {
    this.shifts = shifts;
  }

  get length(): number {
    return this.batch.length;
  }
}

/** What the events say about mini-batches beyond their attempts. */
export interface BatchMarks {
  /**
   * Index in {@link Attempts} of the first attempt of each code, with one more element at the end.
   */
  firstAttempt: Int32Array;
  poisoned: Uint8Array;
  /** Events of each code: `order[offsets[code] .. offsets[code + 1]]`. */
  order: Int32Array;
  offsets: Int32Array;
  /** Attempts whose item counts differ between two places. */
  contradictions: Contradiction[];
}

/** Joins all events into attempts, one mini-batch after another. */
export function collectAttempts(
  events: TaskEvents,
  processes: Processes,
  shifts: Float64Array,
): { attempts: Attempts; marks: BatchMarks } {
  const attempts = new Attempts(shifts);
  const { order, offsets } = events.group();
  const count = events.ids.length;
  const marks = {
    firstAttempt: new Int32Array(count + 1),
    poisoned: new Uint8Array(count),
    order,
    offsets,
    contradictions: [] as Contradiction[],
  };
  for (let code = 0; code < count; code++) {
    const from = at(offsets, code);
    const to = at(offsets, code + 1);
    marks.firstAttempt[code] = attempts.length;
    for (let i = from; i < to; i++) {
      if (at(events.type.data, at(order, i)) === TYPE.poisoned) marks.poisoned[code] = 1;
    }
    let number = 0;
    for (const draft of joinAttempts(events, order, from, to, shifts)) {
      let { startUs, endUs, durationSeconds } = draft;
      if (Number.isNaN(durationSeconds)) durationSeconds = (endUs - startUs) / 1e6;
      if (durationSeconds < 0) durationSeconds = Number.NaN;
      if (Number.isNaN(startUs)) startUs = endUs - durationSeconds * 1e6;
      if (!Number.isNaN(startUs) && !Number.isNaN(draft.durationSeconds)) endUs = startUs + draft.durationSeconds * 1e6;
      const outcome = outcomeOf(draft);
      if (outcome === OUTCOME.unfinished) {
        endUs = Number.NaN;
        durationSeconds = Number.NaN;
      }
      // A dequeue count shows earlier attempts that are in no log.
      number = Math.max(number + 1, draft.dequeue);
      attempts.batch.push(code);
      attempts.number.push(number);
      attempts.node.push(draft.node);
      attempts.pid.push(draft.pid);
      attempts.process.push(draft.pid < 0 ? -1 : processes.of(draft.node, draft.pid).index);
      attempts.startUs.push(Math.round(startUs));
      attempts.endUs.push(Math.round(endUs));
      attempts.duration.push(durationSeconds);
      attempts.processSeconds.push(draft.processSeconds);
      attempts.runSeconds.push(draft.runMethodSeconds);
      attempts.total.push(draft.total);
      attempts.succeeded.push(draft.succeeded);
      attempts.failed.push(
        draft.failed < 0 && draft.total >= 0 && draft.succeeded >= 0 ? draft.total - draft.succeeded : draft.failed,
      );
      attempts.outcome.push(outcome);
      attempts.processed.push(draft.hasProcessed && !draft.hasFailed && !draft.hasTimedOut ? 1 : 0);
      attempts.errorRow.push(draft.errorRow);
      attempts.picked.push(draft.picked);
      attempts.finished.push(draft.finished);
      if (draft.contradicts >= 0)
        marks.contradictions.push(contradictionOf(events, code, draft.counted, draft.contradicts));
    }
  }
  marks.firstAttempt[count] = attempts.length;
  return { attempts, marks };
}

function contradictionOf(events: TaskEvents, code: number, counted: number, other: number): Contradiction {
  const side = (event: number) => ({
    ref: { fileId: at(events.fileId.data, event), line: at(events.line.data, event) },
    ...itemsOf(events, event),
  });
  return { miniBatchId: events.ids[code] ?? '', counted: side(counted), other: side(other) };
}

/**
 * Ends attempts by what processes say about run() without naming the mini-batch: each statement
 * goes to the attempt open at that time, unless that attempt has an end of its own.
 */
export function applyRunEnds(attempts: Attempts, processes: Processes): void {
  const open = new Map<number, number[]>();
  for (const process of processes.list) if (process.runEnds.length > 0) open.set(process.index, []);
  if (open.size === 0) return;
  for (let i = 0; i < attempts.length; i++) open.get(at(attempts.process.data, i))?.push(i);
  for (const [index, list] of open) {
    list.sort((a, b) => at(attempts.startUs.data, a) - at(attempts.startUs.data, b));
    for (const end of processes.list[index]?.runEnds ?? []) {
      let found = -1;
      for (const attempt of list) {
        if (at(attempts.startUs.data, attempt) > end.atUs + EARLY_US) break;
        found = attempt;
      }
      if (found < 0 || at(attempts.outcome.data, found) !== OUTCOME.unfinished) continue;
      attempts.outcome.data[found] = end.kind === 'failed' ? OUTCOME.failed : OUTCOME.timed_out;
      if (Number.isNaN(at(attempts.endUs.data, found))) {
        attempts.endUs.data[found] = end.atUs;
        attempts.duration.data[found] = Math.max(0, (end.atUs - at(attempts.startUs.data, found)) / 1e6);
      }
    }
  }
}

/** Counts the attempts of each process and extends its lifetime to cover them. */
export function tallyProcesses(attempts: Attempts, processes: Processes): void {
  for (let i = 0; i < attempts.length; i++) {
    const process = processes.list[at(attempts.process.data, i)];
    if (process === undefined) continue;
    const outcome = at(attempts.outcome.data, i);
    process.attempts++;
    if (outcome === OUTCOME.succeeded || outcome === OUTCOME.partial) process.succeeded++;
    else if (outcome !== OUTCOME.unfinished) process.failed++;
    const duration = at(attempts.duration.data, i);
    if (!Number.isNaN(duration)) process.busyUs += Math.round(duration * 1e6);
    process.startUs = earlier(process.startUs, at(attempts.startUs.data, i));
    process.lastUs = later(process.lastUs, at(attempts.endUs.data, i));
    process.lastUs = later(process.lastUs, at(attempts.startUs.data, i));
  }
}

/**
 * Returns the attempt that decides how a mini-batch ended: the latest result with items, otherwise
 * the last attempt. Clocks of nodes may differ.
 */
export function decidingAttempt(attempts: Attempts, from: number, to: number): number {
  let best = -1;
  let bestTime = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) {
    if (at(attempts.outcome.data, i) > OUTCOME.partial) continue;
    const end = at(attempts.endUs.data, i) - (attempts.shifts[at(attempts.node.data, i)] ?? 0);
    // On a tie, or if a time is unknown, the higher number wins.
    if (end < bestTime) continue;
    best = i;
    bestTime = Number.isNaN(end) ? bestTime : end;
  }
  return best >= 0 ? best : to - 1 >= from ? to - 1 : -1;
}

/**
 * Returns the ordinal of each mini-batch code: by number if all ids are numbers, otherwise by first
 * start, then by id.
 */
export function batchOrder(ids: string[], attempts: Attempts, marks: BatchMarks): Int32Array {
  const numbers = new Float64Array(ids.length);
  let allNumbers = true;
  for (let code = 0; code < ids.length && allNumbers; code++) {
    const id = ids[code] as string;
    allNumbers = id.length > 0 && id.length < 16 && /^\d+$/.test(id);
    numbers[code] = allNumbers ? Number(id) : 0;
  }
  if (allNumbers) return argsort(numbers);
  for (let code = 0; code < ids.length; code++) {
    let first = Number.NaN;
    for (let i = at(marks.firstAttempt, code); i < at(marks.firstAttempt, code + 1); i++) {
      first = earlier(first, at(attempts.startUs.data, i));
    }
    numbers[code] = first;
  }
  const byId = Int32Array.from({ length: ids.length }, (_, code) => code).sort((a, b) =>
    (ids[a] as string) < (ids[b] as string) ? -1 : 1,
  );
  return argsort(numbers, byId);
}
