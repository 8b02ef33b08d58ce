/**
 * Two attempts that are compared, as an option of the place; and what differs between their
 * figures. Pure.
 */
import type { AttemptRow } from '../../../electron/contract/records.ts';
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

/** Null where no two attempts are named. */
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

/** Parts of an attempt's time, from its start: a part that the logs do not tell is left out. */
export interface Phase {
  name: string;
  seconds: number;
}

/** The time in `run()`, the rest of the process's time, and the rest until the result was there. */
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

/** `2.4× longer`, `3 more`; null where there is nothing to say. Right against left. */
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
 * A succeeded attempt of the same process to compare with, near in time; else one of the same node,
 * else any.
 */
export function nearestGood(row: AttemptRow, good: readonly AttemptRow[]): AttemptRow | null {
  const others = good.filter((other) => other.miniBatchId !== row.miniBatchId || other.attempt !== row.attempt);
  const rank = (other: AttemptRow) =>
    other.node === row.node && other.pid === row.pid && row.pid !== null ? 0 : other.node === row.node ? 1 : 2;
  const distance = (other: AttemptRow) =>
    other.startUs === null || row.startUs === null ? Number.POSITIVE_INFINITY : Math.abs(other.startUs - row.startUs);
  return others.toSorted((a, b) => rank(a) - rank(b) || distance(a) - distance(b))[0] ?? null;
}
