/** Settling decides the time of a line whose clock reading can mean two times. */
import type { LinePrefix } from '../types.ts';
import { clearPrefix } from './empty-prefix.ts';

const NEAR_US = 86_400_000_000;
/** Lines of several threads stand a little out of order. */
const JITTER_US = 600_000_000;

/**
 * Decide what a prefix leaves to the lines before it in its file (`doubtUs` is not 0), `lastUs`
 * being the last time there, NaN where there is none: a time of a form that the file does not have
 * is one only within a day of it; a local time that came twice is the second one where the first
 * would be before it.
 */
export function settle(prefix: LinePrefix, lastUs: number): void {
  const { doubtUs } = prefix;
  prefix.doubtUs = 0;
  if (Number.isNaN(lastUs)) return;
  if (doubtUs === -1) {
    if (Math.abs(prefix.timeUs - lastUs) > NEAR_US) clearPrefix(prefix);
  } else if (prefix.timeUs < lastUs - JITTER_US) prefix.timeUs += doubtUs;
}
