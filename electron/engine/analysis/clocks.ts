/**
 * Estimates how far the clocks of nodes are apart, and converts times to one clock.
 *
 * When the master hears of a start or an end, it writes the time that the worker's node gave. The
 * message takes time, so a node's clock is ahead by at least the smallest such difference, and the
 * smallest is the nearest to the truth. From the other side, no mini-batch is picked up before the
 * master sent it. A node writes every line on its own clock; `aligned` times are on the master's. A
 * node's clock counts as different only if the evidence is good.
 */
import type { Filter } from '../../contract/filter.ts';
import type { ClockOffset } from '../../contract/run-info.ts';
import { at } from '../base/typed.ts';
import { nodeShifts } from '../store/clock-shifts.ts';
import type { ReadableDb } from '../store/open.ts';
import { getRunFact } from '../store/run-facts.ts';
import { SOURCE, TYPE } from '../store/task-columns.ts';
import type { TaskEvents } from './task-events.ts';

export type ClockChoice = Filter['clock'];

export interface Clock extends ClockOffset {
  /** Number of pairs behind the estimate. */
  pairs: number;
  /** True if the evidence is good enough to correct times. */
  isGood: boolean;
}

/** Fewer pairs than this give no estimate. */
const MIN_PAIRS = 3;
/** A difference below this is precision of the times, or the delay of a message. */
const MIN_OFFSET_US = 50_000;
/** Slow messages look like a clock that is behind. Below this they are the likelier reason … */
const MIN_BEHIND_US = 1_000_000;
/**
 * … unless this many pairs agree, a quarter of them within a tenth of a second or a fifth of the
 * difference.
 */
const MANY_PAIRS = 10;
const AGREEING = 0.25;

/** What the events say about one node's clock, in microseconds. */
interface Bounds {
  pairs: number;
  /** The master hears at least this long after the node's own time; negative if before it. */
  least: number;
  /** Number of pairs near the least. */
  near: number;
  /** A pick-up comes at least this long after the master sent the mini-batch. */
  afterSent: number;
}

/** Estimates the clock of each node against the master's. Leaves out nodes without enough pairs. */
export function estimateClocks(events: TaskEvents, nodes: readonly string[]): Clock[] {
  const bounds: Bounds[] = nodes.map(() => ({
    pairs: 0,
    least: Number.POSITIVE_INFINITY,
    near: 0,
    afterSent: Number.POSITIVE_INFINITY,
  }));
  const sent = new Float64Array(events.ids.length).fill(Number.NaN);
  let hasSent = false;
  for (let i = 0; i < events.length; i++) {
    if (at(events.source.data, i) !== SOURCE.master_log) continue;
    if (at(events.type.data, i) === TYPE.sent) {
      const batch = at(events.batch.data, i);
      if (!(at(sent, batch) <= at(events.atUs.data, i))) sent[batch] = at(events.atUs.data, i);
      hasSent = true;
      continue;
    }
    const own = bounds[at(events.node.data, i)];
    const gap = gapOf(events, i);
    if (own === undefined || Number.isNaN(gap)) continue;
    own.pairs++;
    if (gap < own.least) own.least = gap;
  }
  if (bounds.every(({ pairs }) => pairs < MIN_PAIRS)) return [];
  for (let i = 0; i < events.length; i++) {
    const own = bounds[at(events.node.data, i)];
    if (own === undefined) continue;
    if (at(events.source.data, i) === SOURCE.master_log) {
      const tolerance = Math.max(100_000, 0.2 * Math.abs(own.least));
      if (gapOf(events, i) <= own.least + tolerance) own.near++;
    }
    if (!hasSent || at(events.type.data, i) !== TYPE.picked) continue;
    const wait = at(events.startUs.data, i) - at(sent, at(events.batch.data, i));
    if (wait < own.afterSent) own.afterSent = wait;
  }
  return nodes.flatMap((node, index) => {
    const own = bounds[index];
    if (own === undefined || own.pairs < MIN_PAIRS) return [];
    return [{ node, offsetSeconds: Math.round(-own.least / 1e3) / 1e3, pairs: own.pairs, isGood: isGood(own) }];
  });
}

/**
 * Returns how long after a node's own time of a start or an end the master wrote it; NaN if the
 * event does not tell.
 */
function gapOf(events: TaskEvents, event: number): number {
  const type = at(events.type.data, event);
  if (type !== TYPE.picked && type !== TYPE.processed) return Number.NaN;
  const figure = at(events.figure.data, event);
  const duration = type === TYPE.picked ? 0 : figure < 0 ? Number.NaN : at(events.duration.data, figure);
  return at(events.atUs.data, event) - (at(events.startUs.data, event) + duration * 1e6);
}

function isGood({ least, near, pairs, afterSent }: Bounds): boolean {
  // The master heard of it before it happened: the node's clock is ahead.
  if (least < -MIN_OFFSET_US) return true;
  // The node picked it up before the master sent it: the node's clock is behind.
  if (afterSent < -MIN_OFFSET_US) return true;
  return least > MIN_BEHIND_US && pairs >= MANY_PAIRS && near >= AGREEING * pairs;
}

/** Returns how many microseconds each node's clock is ahead; 0 without a good estimate. */
export function shiftsOf(clocks: readonly Clock[], nodes: readonly string[]): Float64Array {
  const known = new Map(
    clocks.filter((clock) => clock.isGood).map(({ node, offsetSeconds }) => [node, offsetSeconds * 1e6]),
  );
  return Float64Array.from(nodes, (node) => known.get(node) ?? 0);
}

/** Returns the clocks that `derive` stored. */
export function storedClocks(db: ReadableDb): Clock[] {
  return getRunFact<Clock[]>(db, 'clocks') ?? [];
}

/**
 * Converts times of nodes to the master's clock. Times of nodes without a good estimate stay
 * unchanged.
 */
export class ClockAlign {
  readonly #offsets: ReadonlyMap<string, number>;

  /** With the choice `written`, all times stay unchanged. */
  constructor(db: ReadableDb, choice: ClockChoice = 'aligned') {
    this.#offsets = choice === 'written' ? new Map() : nodeShifts(db);
  }

  /** True if the clock of any node is corrected. */
  get isShifting(): boolean {
    return this.#offsets.size > 0;
  }

  align(node: string | null, timeUs: number): number {
    return timeUs - this.shift(node);
  }

  /** Like {@link align}, for a time that may be unknown. */
  alignKnown(node: string | null, timeUs: number | null): number | null {
    return timeUs === null ? null : this.align(node, timeUs);
  }

  /** Returns the time in a node's own logs for a time on the master's clock. */
  written(node: string | null, timeUs: number): number {
    return timeUs + this.shift(node);
  }

  /** Returns the microseconds to subtract from a time of a node. */
  shift(node: string | null): number {
    return node === null ? 0 : (this.#offsets.get(node) ?? 0);
  }

  /** Returns the microseconds to subtract for each node of a list. */
  shifts(nodes: readonly string[]): Float64Array {
    return Float64Array.from(nodes, (node) => this.shift(node));
  }
}
