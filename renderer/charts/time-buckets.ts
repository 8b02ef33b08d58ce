/**
 * Round buckets on the time axis. Their edges do not depend on the visible range, so bars do not
 * shimmer during a pan or a zoom.
 */

const MS = 1_000;
const SECOND = 1_000 * MS;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const sizes = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((ms) => ms * MS),
  ...[1, 2, 5, 10, 15, 30].map((s) => s * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((m) => m * MINUTE),
  ...[1, 2, 3, 6, 12].map((h) => h * HOUR),
  ...[1, 2, 7, 14, 28].map((d) => d * DAY),
];

export interface TimeBuckets {
  /** Multiples of `bucketUs` that enclose the requested range. */
  fromUs: number;
  toUs: number;
  bucketUs: number;
  buckets: number;
}

/** Returns buckets that cover a range: at most `most`, and two more at its ends. */
export function timeBuckets(fromUs: number, toUs: number, most: number): TimeBuckets {
  const span = Math.max(1, toUs - fromUs);
  const room = Math.max(1, most);
  const bucketUs = sizes.find((size) => span / size <= room) ?? Math.ceil(span / room / DAY) * DAY;
  const from = Math.floor(fromUs / bucketUs) * bucketUs;
  const buckets = Math.max(1, Math.ceil((toUs - from) / bucketUs));
  return { fromUs: from, toUs: from + buckets * bucketUs, bucketUs, buckets };
}
