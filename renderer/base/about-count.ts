/** An approximate count includes shares of blocks that lie only partly in a range. */
import { formatNumber } from './format.ts';

/** Formats a count of lines, marked as approximate if it is not whole. */
export function aboutCount(count: number): string {
  return Number.isInteger(count) ? formatNumber(count) : `≈ ${formatNumber(Math.max(1, count))}`;
}
