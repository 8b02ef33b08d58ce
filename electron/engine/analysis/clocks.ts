/**
 * How far the clocks of nodes are apart, and times on one clock.
 *
 * The master writes when it hears of a start or an end, with the time that the worker's node gave
 * it: the message takes time, so a node's clock is ahead by at least the smallest of these
 * differences, and the smallest is the nearest to the truth. From the other side, no mini-batch is
 * picked up before the master sent it. Every line of a node is written on its own clock; `aligned`
 * times are those of the master's. Only where the evidence is good is a node's clock taken to
 * differ.
 */
import type { Filter } from '../../contract/filter.ts';
import type { ClockOffset } from '../../contract/records.ts';
import { at } from '../base/typed.ts';
import { nodeShifts } from '../store/clock-shifts.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import { SOURCE, TYPE } from '../store/task-columns.ts';
import type { TaskEvents } from './task-events.ts';

export type ClockChoice = Filter['clock'];

export interface Clock extends ClockOffset {
  /** Pairs that the estimate rests on. */
  pairs: number;
  /** Whether the evidence is good enough to read times by it. */
  isGood: boolean;
}

/** Fewer pairs than this are no estimate. */
const MIN_PAIRS = 3;
/** A difference below this is the precision of the times, or a message's way. */
const MIN_OFFSET_US = 50_000;
/**
 * A clock that is behind may also be slow messages: below this they are the more likely reason …
 */
const MIN_BEHIND_US = 1_000_000;
/**
 * … unless so many pairs agree, a quarter of them within a tenth of a second and a fifth of the
 * difference.
 */
const MANY_PAIRS = 10;
const AGREEING = 0.25;

/** What the events say of one node's clock; microseconds. */
interface Bounds {
  pairs: number;
  /** The master hears at least this long after the node's own time (negative: before it). */
  least: number;
  /** Pairs near the least. */
  near: number;
  /** A pick-up is at least this long after its sending. */
  afterSent: number;
}

/**
 * Estimate the clock of each node against the master's; nodes without enough pairs are left out.
 */
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
 * How long after a node's own time of a start or an end the master wrote of it; NaN for an event
 * that does not tell.
 */
function gapOf(events: TaskEvents, event: number): number {
  const type = at(events.type.data, event);
  if (type !== TYPE.picked && type !== TYPE.processed) return Number.NaN;
  const figure = at(events.figure.data, event);
  const duration = type === TYPE.picked ? 0 : figure < 0 ? Number.NaN : at(events.duration.data, figure);
  return at(events.atUs.data, event) - (at(events.startUs.data, event) + duration * 1e6);
}

function isGood({ least, near, pairs, afterSent }: Bounds): boolean {
  // Heard of before it happened: the node's clock is ahead.
  if (least < -MIN_OFFSET_US) return true;
  // Picked up before it was sent: the node's clock is behind.
  if (afterSent < -MIN_OFFSET_US) return true;
  return least > MIN_BEHIND_US && pairs >= MANY_PAIRS && near >= AGREEING * pairs;
}

/** Microseconds by which the clock of each node of a list is ahead, where that is known well. */
export function shiftsOf(clocks: readonly Clock[], nodes: readonly string[]): Float64Array {
  const known = new Map(
    clocks.filter((clock) => clock.isGood).map(({ node, offsetSeconds }) => [node, offsetSeconds * 1e6]),
  );
  return Float64Array.from(nodes, (node) => known.get(node) ?? 0);
}

/** Clocks as `derive` stored them. */
export function storedClocks(db: ReadableDb): Clock[] {
  const text = selectCells(db, "SELECT value FROM run_info WHERE key = 'clocks'", 'text').get();
  return text === undefined ? [] : (JSON.parse(text) as Clock[]);
}

/**
 * Brings times of nodes to the master's clock; times of nodes without a good estimate stay as they
 * are.
 */
export class ClockAlign {
  readonly #offsets: ReadonlyMap<string, number>;

  /** Times as written stay what they are with the choice `written`. */
  constructor(db: ReadableDb, choice: ClockChoice = 'aligned') {
    this.#offsets = choice === 'written' ? new Map() : nodeShifts(db);
  }

  /** Whether any node's times differ from what is written. */
  get isShifting(): boolean {
    return this.#offsets.size > 0;
  }

  align(node: string | null, timeUs: number): number {
    return timeUs - this.shift(node);
  }

  /** As {@link align}, of a time that may be unknown. */
  alignKnown(node: string | null, timeUs: number | null): number | null {
    return timeUs === null ? null : this.align(node, timeUs);
  }

  /** The time that a node's own logs have for a time on the master's clock. */
  written(node: string | null, timeUs: number): number {
    return timeUs + this.shift(node);
  }

  /** Microseconds to subtract from a time of a node. */
  shift(node: string | null): number {
    return node === null ? 0 : (this.#offsets.get(node) ?? 0);
  }

  /** Microseconds to subtract for each node of a list. */
  shifts(nodes: readonly string[]): Float64Array {
    return Float64Array.from(nodes, (node) => this.shift(node));
  }
}
