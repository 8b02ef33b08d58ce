/** Finds figures of a run that nobody could believe. */

/** Longest duration in seconds that a person could believe of a run: ten years. */
const MOST_SECONDS = 10 * 366 * 86_400;

/** Finds the numbers in an answer that nobody could believe, and returns their places. */
export function unbelievable(value: unknown, path = ''): string[] {
  if (typeof value === 'number') {
    const isDuration = /seconds/i.test(path.slice(path.lastIndexOf('.')));
    const most = isDuration ? MOST_SECONDS : 1e18;
    return Number.isFinite(value) && Math.abs(value) <= most ? [] : [`${path} = ${value}`];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => unbelievable(each, `${path}.${key}`));
}
