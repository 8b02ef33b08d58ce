/** Settling decides between the possible times of a line by the lines before it. */
import type { LinePrefix } from '../types.ts';
import { clearPrefix } from './empty-prefix.ts';

const NEAR_US = 86_400_000_000;
/** Lines of several threads can be slightly out of order. */
const JITTER_US = 600_000_000;

/**
 * Decides what a prefix leaves open (`doubtUs` is not 0). `lastUs` is the last time before it in
 * its file, or NaN. A time in a form that the file does not use counts only within a day of
 * `lastUs`. A local time that came twice is the second one if the first would be before `lastUs`.
 */
export function settle(prefix: LinePrefix, lastUs: number): void {
  const { doubtUs } = prefix;
  prefix.doubtUs = 0;
  if (Number.isNaN(lastUs)) return;
  if (doubtUs === -1) {
    if (Math.abs(prefix.timeUs - lastUs) > NEAR_US) clearPrefix(prefix);
  } else if (prefix.timeUs < lastUs - JITTER_US) prefix.timeUs += doubtUs;
}
