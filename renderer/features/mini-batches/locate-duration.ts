/**
 * The first row of a table that is sorted by duration, longest first, which is not longer than a
 * limit. Pure but for `durationAt`.
 */
export async function locateDuration(
  total: number,
  limit: number,
  durationAt: (index: number) => Promise<number | null>,
): Promise<number> {
  let low = 0;
  let high = total;
  while (low < high) {
    const middle = (low + high) >> 1;
    const duration = await durationAt(middle);
    // Those without a duration are last.
    if (duration !== null && duration > limit) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, Math.max(0, total - 1));
}
