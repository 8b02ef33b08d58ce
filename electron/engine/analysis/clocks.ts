/**
 * How far the clocks of nodes are apart, from paired events: the master writes when it hears of a start or an end, with the time
 * that the worker's node gave it. The message takes time, so the smallest difference is the nearest to the truth.
 */
import type { ReadableDb } from '../store/open.ts';
import { SOURCE, type TaskEvents, TYPE } from './task-events.ts';
import { at } from './typed.ts';

export interface Clock {
  node: string;
  /** Seconds by which the node's clock is ahead of the master's (behind: negative); too small by the time a message takes. */
  offsetSeconds: number;
  /** Pairs that the estimate rests on. */
  pairs: number;
}

/** Fewer pairs than this are no estimate. */
const MIN_PAIRS = 3;

/** Estimate the clock of each node against the master's; nodes without pairs are left out. */
export function estimateClocks(events: TaskEvents, nodes: readonly string[]): Clock[] {
  const least = new Float64Array(nodes.length).fill(Number.POSITIVE_INFINITY);
  const pairs = new Int32Array(nodes.length);
  for (let i = 0; i < events.length; i++) {
    if (at(events.source.data, i) !== SOURCE.master_log) continue;
    const type = at(events.type.data, i);
    const node = at(events.node.data, i);
    if (node < 0 || (type !== TYPE.picked && type !== TYPE.processed)) continue;
    const figure = at(events.figure.data, i);
    const duration = type === TYPE.picked ? 0 : figure < 0 ? Number.NaN : at(events.duration.data, figure);
    const gap = at(events.atUs.data, i) - (at(events.startUs.data, i) + duration * 1e6);
    if (Number.isNaN(gap)) continue;
    pairs[node] = at(pairs, node) + 1;
    if (gap < at(least, node)) least[node] = gap;
  }
  const clocks: Clock[] = [];
  for (const [index, node] of nodes.entries()) {
    if (at(pairs, index) < MIN_PAIRS) continue;
    clocks.push({ node, offsetSeconds: Math.round(-at(least, index) / 1e3) / 1e3, pairs: at(pairs, index) });
  }
  return clocks;
}

/** Clocks as `derive` stored them. */
export function storedClocks(db: ReadableDb): Clock[] {
  const text = db.prepare("SELECT value FROM run_info WHERE key = 'clocks'").pluck().get() as string | undefined;
  return text === undefined ? [] : (JSON.parse(text) as Clock[]);
}

/** Brings times of nodes to the master's clock; times of nodes without an estimate stay as they are. */
export class ClockAlign {
  private readonly offsets: Map<string, number>;

  constructor(db: ReadableDb) {
    this.offsets = new Map(storedClocks(db).map((clock) => [clock.node, clock.offsetSeconds * 1e6]));
  }

  align(node: string | null, timeUs: number): number {
    return timeUs - (node === null ? 0 : (this.offsets.get(node) ?? 0));
  }

  /** The time that a node's own logs have for a time on the master's clock. */
  written(node: string | null, timeUs: number): number {
    return timeUs + (node === null ? 0 : (this.offsets.get(node) ?? 0));
  }

  /** Microseconds to subtract for each node of a list. */
  shifts(nodes: readonly string[]): Float64Array {
    return Float64Array.from(nodes, (node) => this.offsets.get(node) ?? 0);
  }
}
