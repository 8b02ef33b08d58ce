/**
 * Joins events into attempts. Up to five sources report one pick-up of a mini-batch, each with some
 * of the facts.
 *
 * Within a mini-batch, two events belong together if node and pid agree (or are unknown) and the
 * dequeue counts agree; otherwise if the starts or the durations agree; otherwise by order. A
 * source reports at most one pick-up and one end per attempt, so nothing counts twice. Figures come
 * from the most precise source that has them: task table, master, worker log, report, error log.
 */

import { at } from '../base/typed.ts';
import { SOURCE, TYPE } from '../store/task-columns.ts';
import type { TaskEvents } from './task-events.ts';

/**
 * Starts that differ by up to this are the same start. Some sources have whole seconds, or poll
 * between two lines.
 */
export const START_TOLERANCE_US = 2_000_000;
/** Two logs of one process may differ by this much about an end. */
const END_TOLERANCE_US = 5_000_000;
/** Joining allows this much difference between the clocks of two nodes. */
const SKEW_TOLERANCE_US = 30_000_000;

/**
 * An attempt during joining. Times are in microseconds, durations in seconds; NaN and -1 mean
 * unknown. `seen` has a bit for each (source, role).
 */
export interface Draft {
  node: number;
  pid: number;
  dequeue: number;
  startUs: number;
  endUs: number;
  durationSeconds: number;
  processSeconds: number;
  runMethodSeconds: number;
  total: number;
  succeeded: number;
  failed: number;
  hasProcessed: boolean;
  hasFailed: boolean;
  hasTimedOut: boolean;
  hasAborted: boolean;
  errorRow: number;
  /** Index of the event to show as evidence; -1 if none. */
  picked: number;
  finished: number;
  /** The event whose items count, and one elsewhere that contradicts it; -1 if none. */
  counted: number;
  contradicts: number;
  seen: number;
}

function draftOf(node: number, pid: number): Draft {
  return {
    node,
    pid,
    dequeue: 0,
    startUs: Number.NaN,
    endUs: Number.NaN,
    durationSeconds: Number.NaN,
    processSeconds: Number.NaN,
    runMethodSeconds: Number.NaN,
    total: -1,
    succeeded: -1,
    failed: -1,
    hasProcessed: false,
    hasFailed: false,
    hasTimedOut: false,
    hasAborted: false,
    errorRow: 0,
    picked: -1,
    finished: -1,
    counted: -1,
    contradicts: -1,
    seen: 0,
  };
}

/**
 * Joins the events of one mini-batch, `order[from .. to]`, into attempts in time order. `shifts`
 * holds the microseconds by which each node's clock is ahead.
 */
export function joinAttempts(
  events: TaskEvents,
  order: Int32Array,
  from: number,
  to: number,
  shifts: Float64Array,
): Draft[] {
  const sorted: number[] = [];
  for (let i = from; i < to; i++) {
    const type = at(events.type.data, at(order, i));
    if (type !== TYPE.poisoned && type !== TYPE.sent) sorted.push(at(order, i));
  }
  sortEvents(events, sorted);
  const drafts: Draft[] = [];
  for (const event of sorted) {
    const bit = seenBit(events, event);
    const draft = drafts.length === 0 ? null : bestDraft(events, event, bit, drafts);
    if (draft !== null) merge(events, event, bit, draft);
    else {
      const fresh = draftOf(at(events.node.data, event), at(events.pid.data, event));
      merge(events, event, bit, fresh);
      drafts.push(fresh);
    }
  }
  if (drafts.length > 1) sortAttempts(drafts, shifts);
  return drafts;
}

/**
 * Sorts by {@link compareEvents}. Most lists have two or three events, for which this insertion
 * sort is several times as fast as `Array.sort`.
 */
function sortEvents(events: TaskEvents, list: number[]): void {
  if (list.length > 16) {
    list.sort((a, b) => compareEvents(events, a, b));
    return;
  }
  for (let i = 1; i < list.length; i++) {
    const event = list[i] ?? -1;
    let place = i;
    for (; place > 0 && compareEvents(events, list[place - 1] ?? -1, event) > 0; place--) {
      list[place] = list[place - 1] ?? -1;
    }
    list[place] = event;
  }
}

function seenBit(events: TaskEvents, event: number): number {
  const isPick = at(events.type.data, event) === TYPE.picked;
  return 1 << (at(events.source.data, event) * 2 + (isPick ? 0 : 1));
}

/**
 * Compares events, most informative first: both node and pid known, then by source, then by time, a
 * pick-up before an end.
 */
function compareEvents(events: TaskEvents, a: number, b: number): number {
  const whole = Number(isWhole(events, b)) - Number(isWhole(events, a));
  if (whole !== 0) return whole;
  const source = at(events.source.data, a) - at(events.source.data, b);
  if (source !== 0) return source;
  const timeA = eventTime(events, a);
  const timeB = eventTime(events, b);
  // Untimed events come last. An order that skips some pairs would depend on the order of reading,
  // and so on threads.
  const timed = Number(Number.isNaN(timeA)) - Number(Number.isNaN(timeB));
  if (timed !== 0) return timed;
  if (timeA !== timeB && !Number.isNaN(timeA)) return timeA - timeB;
  return (
    at(events.type.data, a) - at(events.type.data, b) ||
    at(events.fileId.data, a) - at(events.fileId.data, b) ||
    at(events.line.data, a) - at(events.line.data, b) ||
    a - b
  );
}

function isWhole(events: TaskEvents, event: number): boolean {
  return at(events.node.data, event) >= 0 && at(events.pid.data, event) >= 0;
}

/** Returns when an event happened on its own clock: a pick-up at its start, an end at its end. */
function eventTime(events: TaskEvents, event: number): number {
  if (at(events.type.data, event) === TYPE.picked) {
    const start = at(events.startUs.data, event);
    return Number.isNaN(start) ? at(events.atUs.data, event) : start;
  }
  return endOf(events, event);
}

function durationOf(events: TaskEvents, event: number): number {
  const figure = at(events.figure.data, event);
  return figure < 0 ? Number.NaN : at(events.duration.data, figure);
}

function startOf(events: TaskEvents, event: number): number {
  const start = at(events.startUs.data, event);
  if (!Number.isNaN(start)) return start;
  const own = at(events.atUs.data, event);
  return at(events.type.data, event) === TYPE.picked ? own : own - durationOf(events, event) * 1e6;
}

function endOf(events: TaskEvents, event: number): number {
  const end = at(events.startUs.data, event) + durationOf(events, event) * 1e6;
  return Number.isNaN(end) ? at(events.atUs.data, event) : end;
}

function bestDraft(events: TaskEvents, event: number, bit: number, drafts: Draft[]): Draft | null {
  let best: Draft | null = null;
  let bestScore = 0;
  for (const draft of drafts) {
    const score = scoreOf(events, event, bit, draft);
    if (score > bestScore) {
      best = draft;
      bestScore = score;
    }
  }
  return best;
}

/** Scores how well an event fits an attempt. 0 or less means not at all. */
function scoreOf(events: TaskEvents, event: number, bit: number, draft: Draft): number {
  const isRepeat = (draft.seen & bit) !== 0;
  if (isRepeat && at(events.type.data, event) === TYPE.picked && !isSamePick(events, event, draft)) return 0;
  const node = at(events.node.data, event);
  const pid = at(events.pid.data, event);
  if (node >= 0 && draft.node >= 0 && node !== draft.node) return 0;
  if (pid >= 0 && draft.pid >= 0 && pid !== draft.pid) return 0;
  const dequeue = at(events.dequeue.data, event);
  if (dequeue > 0 && draft.dequeue > 0) return dequeue === draft.dequeue ? 1000 : 0;
  if (isRepeat && at(events.type.data, event) === TYPE.picked) return 950;
  if (isRepeat) return isCopy(events, event, draft) ? 950 : isEcho(events, event, draft) ? 40 : 0;
  const isSame = node >= 0 && node === draft.node && pid >= 0 && pid === draft.pid;
  const duration = durationOf(events, event);
  if (duration > 0 && Math.abs(duration - draft.durationSeconds) < 0.0015) return 900;
  const start = startOf(events, event);
  const gap = Math.abs(start - draft.startUs);
  if (gap <= START_TOLERANCE_US) return 800 - (100 * gap) / START_TOLERANCE_US;
  if (!isSame) return 0;
  const source = at(events.source.data, event);
  if (at(events.type.data, event) === TYPE.picked) {
    if (gap <= SKEW_TOLERANCE_US && source !== SOURCE.worker_log) return 300 - (100 * gap) / SKEW_TOLERANCE_US;
    return Number.isNaN(gap) ? 100 : 0;
  }
  const end = endOf(events, event);
  const endGap = Math.abs(end - draft.endUs);
  if (endGap <= END_TOLERANCE_US) return 700 - (100 * endGap) / END_TOLERANCE_US;
  // An end belongs to the last open pick-up before it. Clocks of other sources may differ.
  if (draft.finished < 0) {
    const later = (end - draft.startUs) / 1e6;
    if (Number.isNaN(later)) return 100;
    if (later >= -2) return 600 - Math.min(later, 1e6) / 1e4;
    return later * -1e6 <= SKEW_TOLERANCE_US && source !== SOURCE.worker_log ? 200 : 0;
  }
  if (source === SOURCE.report) return 50;
  return endGap <= SKEW_TOLERANCE_US && source === SOURCE.master_log ? 150 : 0;
}

/**
 * Detects the same pick-up again, equal to the microsecond, such as a report beside a table of the
 * same source.
 */
function isSamePick(events: TaskEvents, event: number, draft: Draft): boolean {
  return at(events.startUs.data, event) === draft.startUs && at(events.node.data, event) === draft.node;
}

/** Detects the same figures again, from a second report of the same rows or a copy of a log. */
function isCopy(events: TaskEvents, event: number, draft: Draft): boolean {
  const start = at(events.startUs.data, event);
  const duration = durationOf(events, event);
  return Math.abs(start - draft.startUs) < 2_000 && Math.abs(duration - draft.durationSeconds) < 0.0015;
}

/**
 * Detects a further line of one log about the same end: the error, then `did not finish`, then
 * `abort with unfinished mini batch`.
 */
function isEcho(events: TaskEvents, event: number, draft: Draft): boolean {
  const isBare = Number.isNaN(at(events.startUs.data, event)) && Number.isNaN(durationOf(events, event));
  return isBare && Math.abs(at(events.atUs.data, event) - draft.endUs) <= END_TOLERANCE_US;
}

/** Adds an event's facts to an attempt. Facts from a more precise source stay. */
function merge(events: TaskEvents, event: number, bit: number, draft: Draft): void {
  const type = at(events.type.data, event);
  draft.seen |= bit;
  if (draft.node < 0) draft.node = at(events.node.data, event);
  if (draft.pid < 0) draft.pid = at(events.pid.data, event);
  if (draft.dequeue === 0) draft.dequeue = at(events.dequeue.data, event);
  if (draft.errorRow === 0) draft.errorRow = Math.max(0, -at(events.row.data, event));
  const start = startOf(events, event);
  if (Number.isNaN(draft.startUs)) draft.startUs = start;
  if (type === TYPE.picked) {
    if (draft.picked < 0 || isBetterEvidence(events, event, draft.picked)) draft.picked = event;
    return;
  }
  if (draft.finished < 0 || isBetterEvidence(events, event, draft.finished)) draft.finished = event;
  if (type === TYPE.processed) draft.hasProcessed = true;
  else if (type === TYPE.failed) draft.hasFailed = true;
  else if (type === TYPE.timed_out) draft.hasTimedOut = true;
  else draft.hasAborted = true;
  if (Number.isNaN(draft.endUs)) draft.endUs = endOf(events, event);
  const figure = at(events.figure.data, event);
  if (figure < 0) return;
  if (Number.isNaN(draft.durationSeconds)) draft.durationSeconds = at(events.duration.data, figure);
  if (Number.isNaN(draft.processSeconds)) draft.processSeconds = at(events.processSeconds.data, figure);
  if (Number.isNaN(draft.runMethodSeconds)) draft.runMethodSeconds = at(events.runSeconds.data, figure);
  // In an attempt that did not end by itself, zeros are placeholders, as in the row of its pick-up.
  if (type !== TYPE.processed && at(events.total.data, figure) === 0) return;
  if (type === TYPE.processed) noteItems(events, event, draft);
  if (draft.total < 0) draft.total = at(events.total.data, figure);
  if (draft.succeeded < 0) draft.succeeded = at(events.succeeded.data, figure);
  if (draft.failed < 0) draft.failed = at(events.failed.data, figure);
}

/** Compares the items of two reports of the same end and records a contradiction. */
function noteItems(events: TaskEvents, event: number, draft: Draft): void {
  if (draft.counted < 0) {
    draft.counted = event;
    return;
  }
  const [a, b] = [itemsOf(events, draft.counted), itemsOf(events, event)];
  const differ = (x: number, y: number) => x >= 0 && y >= 0 && x !== y;
  if (draft.contradicts < 0 && (differ(a.total, b.total) || differ(a.succeeded, b.succeeded)))
    draft.contradicts = event;
}

/** Returns the items of an event that has figures; -1 if it does not tell. */
export function itemsOf(events: TaskEvents, event: number): { total: number; succeeded: number } {
  const figure = at(events.figure.data, event);
  return { total: at(events.total.data, figure), succeeded: at(events.succeeded.data, figure) };
}

/** Ranks lines to show: the worker's own log reads best, then its table, the master, reports. */
function isBetterEvidence(events: TaskEvents, event: number, before: number): boolean {
  return evidenceRank(at(events.source.data, event)) < evidenceRank(at(events.source.data, before));
}

function evidenceRank(source: number): number {
  if (source === SOURCE.worker_log) return 0;
  return source === SOURCE.task_table ? 1 : source + 1;
}

/**
 * Sorts attempts by dequeue count if every attempt has its own, because clocks of nodes differ;
 * otherwise by time.
 */
function sortAttempts(drafts: Draft[], shifts: Float64Array): void {
  const counts = new Set(drafts.map((draft) => draft.dequeue));
  if (!counts.has(0) && counts.size === drafts.length) drafts.sort((a, b) => a.dequeue - b.dequeue);
  else drafts.sort((a, b) => orderTime(a, shifts) - orderTime(b, shifts));
}

function orderTime(draft: Draft, shifts: Float64Array): number {
  const shift = shifts[draft.node] ?? 0;
  if (!Number.isNaN(draft.startUs)) return draft.startUs - shift;
  return Number.isNaN(draft.endUs) ? Number.MAX_SAFE_INTEGER : draft.endUs - shift;
}

/** Codes of outcomes, in the order of the contract's `outcomes`. */
export const OUTCOME = { succeeded: 0, partial: 1, failed: 2, timed_out: 3, unfinished: 4 } as const;

/** Returns the outcome of an attempt. Succeeded items outweigh an error on the way. */
export function outcomeOf(draft: Draft): number {
  if (draft.hasProcessed && (draft.succeeded > 0 || !(draft.hasFailed || draft.hasTimedOut))) {
    const succeeded = draft.succeeded >= 0 || draft.failed < 0 ? draft.succeeded : draft.total - draft.failed;
    if (succeeded < 0 || draft.total <= 0) return draft.failed > 0 ? OUTCOME.failed : OUTCOME.succeeded;
    if (succeeded === 0) return OUTCOME.failed;
    return succeeded < draft.total ? OUTCOME.partial : OUTCOME.succeeded;
  }
  if (draft.hasTimedOut) return OUTCOME.timed_out;
  if (draft.hasFailed) return OUTCOME.failed;
  return OUTCOME.unfinished;
}
