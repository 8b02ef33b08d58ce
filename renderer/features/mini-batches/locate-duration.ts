/**
 * Finds the first row that is not longer than a limit, in a table sorted by duration with the
 * longest first.
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
    // Rows without a duration come last.
    if (duration !== null && duration > limit) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, Math.max(0, total - 1));
}
