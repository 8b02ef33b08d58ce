/** Empty prefixes. */
import type { LinePrefix } from '../types.ts';

/** Creates an empty prefix for `parsePrefix` to fill. */
export function createPrefix(): LinePrefix {
  return { timeUs: Number.NaN, nanos: 0, level: 0, pid: -1, length: 0, doubtUs: 0 };
}

/**
 * Decides whether a line has its own prefix. A JSON line does, although all of it is message
 * (`length` 0).
 */
export function hasPrefix(prefix: LinePrefix): boolean {
  return prefix.length > 0 || prefix.level > 0 || !Number.isNaN(prefix.timeUs);
}

/** Resets the prefix to that of a line without one. */
export function clearPrefix(out: LinePrefix): void {
  out.timeUs = Number.NaN;
  out.nanos = 0;
  out.level = 0;
  out.pid = -1;
  out.length = 0;
  out.doubtUs = 0;
}
