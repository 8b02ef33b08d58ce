/**
 * An attempt pair is the two attempts of a comparison, kept as an option of the place. These pure
 * functions also name the differences between their figures.
 */
import type { AttemptRow } from '../../../electron/contract/batch-records.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import type { Options } from '../../state/location.ts';

export interface AttemptKey {
  miniBatchId: string;
  attempt: number;
}

export interface AttemptPair {
  left: AttemptKey;
  right: AttemptKey;
}

export function pairOption({ left, right }: AttemptPair): string {
  return [left, right]
    .map(({ miniBatchId, attempt }) => `${encodeURIComponent(miniBatchId).replaceAll('~', '%7E')}:${attempt}`)
    .join('~');
}

/** Returns the pair, or null if the option names no two attempts. */
export function pairOf({ attempts }: Options): AttemptPair | null {
  const keys = (attempts ?? '').split('~').flatMap((text): AttemptKey[] => {
    const [, id, attempt] = /^(.+):([1-9]\d{0,5})$/.exec(text) ?? [];
    if (id === undefined) return [];
    try {
      return [{ miniBatchId: decodeURIComponent(id), attempt: Number(attempt) }];
    } catch {
      return [];
    }
  });
  const [left, right] = keys;
  return left === undefined || right === undefined ? null : { left, right };
}

export const attemptName = ({ miniBatchId, attempt }: AttemptKey): string =>
  `mini-batch ${miniBatchId}, attempt ${attempt}`;

/** A part of an attempt's time. Phases follow each other from the start of the attempt. */
export interface Phase {
  name: string;
  seconds: number;
}

/**
 * Returns the time in `run()`, the rest of the process time, and the rest until the result arrived.
 * Omits parts that the logs do not give.
 */
export function phasesOf({ durationSeconds, processSeconds, runMethodSeconds }: AttemptRow): Phase[] {
  const phases: Phase[] = [];
  let told = 0;
  const add = (name: string, until: number | null) => {
    if (until === null || until <= told) return;
    phases.push({ name, seconds: until - told });
    told = until;
  };
  add('run()', runMethodSeconds);
  add(runMethodSeconds === null ? 'processing' : 'rest of processing', processSeconds);
  add(told === 0 ? 'whole attempt' : 'waiting and reporting', durationSeconds);
  return phases;
}

/** Compares right with left: `2.4× longer`, `about the same`. Returns null if either is unknown. */
export function durationDifference(left: number | null, right: number | null): string | null {
  if (left === null || right === null) return null;
  const by = Math.abs(right - left);
  if (by < 0.05 * Math.max(left, right, 0.1)) return 'about the same';
  const word = right > left ? 'longer' : 'shorter';
  const times = Math.max(left, right) / Math.min(left, right);
  return Number.isFinite(times) && times >= 1.5 ? `${times.toFixed(1)}× ${word}` : `${formatDuration(by)} ${word}`;
}

export function countDifference(left: number | null, right: number | null): string | null {
  if (left === null || right === null || left === right) return null;
  return `${formatNumber(Math.abs(right - left))} ${right > left ? 'more' : 'fewer'}`;
}

/**
 * Returns the nearest succeeded attempt in time: of the same process if there is one, otherwise of
 * the same node, otherwise of any.
 */
export function nearestGood(row: AttemptRow, good: readonly AttemptRow[]): AttemptRow | null {
  const others = good.filter((other) => other.miniBatchId !== row.miniBatchId || other.attempt !== row.attempt);
  const rank = (other: AttemptRow) =>
    other.node === row.node && other.pid === row.pid && row.pid !== null ? 0 : other.node === row.node ? 1 : 2;
  const distance = (other: AttemptRow) =>
    other.startUs === null || row.startUs === null ? Number.POSITIVE_INFINITY : Math.abs(other.startUs - row.startUs);
  return others.toSorted((a, b) => rank(a) - rank(b) || distance(a) - distance(b))[0] ?? null;
}
