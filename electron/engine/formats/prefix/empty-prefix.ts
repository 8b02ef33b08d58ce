/** Prefixes as they are before anything is read into them. */
import type { LinePrefix } from '../types.ts';

/** An empty prefix to be filled by `parsePrefix`. */
export function createPrefix(): LinePrefix {
  return { timeUs: Number.NaN, nanos: 0, level: 0, pid: -1, length: 0, doubtUs: 0 };
}

/**
 * Whether a line has a prefix of its own: a JSON line has one though all of it is message (`length`
 * 0).
 */
export function hasPrefix(prefix: LinePrefix): boolean {
  return prefix.length > 0 || prefix.level > 0 || !Number.isNaN(prefix.timeUs);
}

/** Make the prefix that of a line that has none. */
export function clearPrefix(out: LinePrefix): void {
  out.timeUs = Number.NaN;
  out.nanos = 0;
  out.level = 0;
  out.pid = -1;
  out.length = 0;
  out.doubtUs = 0;
}
