/**
 * The model of the ruler beside the lines: where hits, errors, words and marks lie along them.
 * Positions are shares 0 … 1.
 */
import type { EngineClient } from '../../../../electron/contract/client.ts';
import type { Histogram } from '../../../../electron/contract/commands.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatNumber } from '../../../base/format.ts';
import { formatDateTime, type Zone } from '../../../base/format-time.ts';
import { safeText } from '../../../base/safe-text.ts';

export type RulerScale = { of: 'lines'; total: number } | { of: 'time'; fromUs: number; toUs: number };
/** The lanes from left to right. */
export type RulerLane = 'level' | 'hit' | 'word' | 'mark';

export interface RulerTrack {
  id: string;
  lane: RulerLane;
  token: string;
  /** “errors”, “hits of “timeout””. */
  title: string;
  total: number;
  /**
   * Exact places or, if there are many, how many lie in each of `DENSITY_BUCKETS` equal parts. The
   * numbers are counted, not estimated.
   */
  places: { of: 'each'; at: readonly number[] } | { of: 'parts'; counts: readonly number[] };
}

/** A search whose count is complete. */
export interface FoundLines {
  searchId: string;
  matches: number;
}

const DENSITY_BUCKETS = 200;
const MOST_EXACT = 2_000;
const ROWS_A_CALL = 1_000;
const CALLS_AT_ONCE = 25;

/**
 * Returns the exact places of a search with few hits. Leaves out hits that `shareOf` cannot place.
 */
async function eachPlace(
  client: EngineClient,
  { searchId, matches }: FoundLines,
  shareOf: (row: LineRow) => number | null,
  signal: AbortSignal,
): Promise<RulerTrack['places']> {
  const at: number[] = [];
  for (let start = 0; start < matches; start += ROWS_A_CALL) {
    const params = { searchId, start, count: ROWS_A_CALL, maxChars: 1 };
    const { rows } = await client.call('search.rows', params, { signal });
    for (const row of rows) {
      const share = shareOf(row);
      if (share !== null && share >= 0 && share <= 1) at.push(share);
    }
  }
  return { of: 'each', at };
}

/**
 * Returns the places of a finished search along a scale. With many hits, counts how many lie in
 * each part.
 */
export async function placesOf(
  client: EngineClient,
  search: FoundLines,
  fileId: number | undefined,
  scale: RulerScale,
  signal: AbortSignal,
): Promise<RulerTrack['places']> {
  const isExact = search.matches <= MOST_EXACT;
  if (scale.of === 'lines') {
    if (isExact) return eachPlace(client, search, (row) => (row.line - 1) / Math.max(1, scale.total), signal);
    return fileId === undefined ? { of: 'each', at: [] } : partsOf(client, search, fileId, scale.total, signal);
  }
  const { fromUs, toUs } = scale;
  if (isExact) {
    const shareOf = ({ timeUs }: LineRow) => (timeUs === null ? null : (timeUs - fromUs) / (toUs - fromUs));
    return eachPlace(client, search, shareOf, signal);
  }
  const params = { searchId: search.searchId, fromUs, toUs, buckets: DENSITY_BUCKETS };
  return timePlaces(await client.call('search.histogram', params, { signal }));
}

/** Counts the hits in each part of a file by locating the borders of the parts among the hits. */
async function partsOf(
  client: EngineClient,
  { searchId, matches }: FoundLines,
  fileId: number,
  totalLines: number,
  signal: AbortSignal,
): Promise<RulerTrack['places']> {
  const borders: number[] = [];
  for (let from = 1; from < DENSITY_BUCKETS; from += CALLS_AT_ONCE) {
    const parts = Array.from({ length: Math.min(CALLS_AT_ONCE, DENSITY_BUCKETS - from) }, (_, k) => from + k);
    const found = await Promise.all(
      parts.map((part) => {
        const line = Math.floor((part / DENSITY_BUCKETS) * totalLines) + 1;
        return client.call('search.locate', { searchId, fileId, line }, { signal });
      }),
    );
    borders.push(...found.map(({ index }) => Math.min(index, matches)));
  }
  borders.push(matches);
  const counts = borders.map((border, part) => Math.max(0, border - (borders[part - 1] ?? 0)));
  return { of: 'parts', counts };
}

/** Sums a histogram over all levels. */
function timePlaces(histogram: Histogram): RulerTrack['places'] {
  const counts = new Array<number>(histogram.counts[0]?.length ?? 0).fill(0);
  for (const series of histogram.counts)
    series.forEach((count, bucket) => {
      counts[bucket] = (counts[bucket] ?? 0) + count;
    });
  return { of: 'parts', counts };
}

/** Counts how many places of a track lie in a stretch. */
export function countIn(places: RulerTrack['places'], from: number, to: number): number {
  if (places.of === 'each') return places.at.reduce((sum, at) => (at >= from && at < to ? sum + 1 : sum), 0);
  const parts = places.counts.length;
  return places.counts.reduce((sum, count, part) => {
    const isIn = (part + 1) / parts > from && part / parts < to;
    return isIn ? sum + count : sum;
  }, 0);
}

/** Returns the place nearest to the pointer, or null if none is within reach. */
export function nearestPlace(tracks: readonly RulerTrack[], at: number, within: number): number | null {
  let best: number | null = null;
  for (const { places } of tracks) {
    if (places.of !== 'each') continue;
    for (const place of places.at) {
      const distance = Math.abs(place - at);
      if (distance <= within && (best === null || distance < Math.abs(best - at))) best = place;
    }
  }
  return best;
}

/** Returns the track of the marked lines, which are shares of the scale. */
export function markTrack(marks: readonly number[]): RulerTrack {
  return {
    id: 'marks',
    lane: 'mark',
    token: 'accent',
    title: marks.length === 1 ? 'marked line' : 'marked lines',
    total: marks.length,
    places: { of: 'each', at: marks },
  };
}

/** Says which line or time a share of the scale is, and what lies within reach of it. */
export function describeShare(
  share: number,
  scale: RulerScale,
  tracks: readonly RulerTrack[],
  reach: number,
  zone: Zone,
): string {
  const place =
    scale.of === 'lines'
      ? `Line ${formatNumber(Math.min(scale.total, Math.floor(share * scale.total) + 1))}`
      : formatDateTime(scale.fromUs + share * (scale.toUs - scale.fromUs), zone, 'second');
  const near = tracks
    .map(({ places, title }) => ({ title, count: countIn(places, share - reach, share + reach) }))
    .filter(({ count }) => count > 0)
    // Counts over time are spread within their blocks, so a fraction of a line counts as one.
    .map(({ title, count }) => `${formatNumber(Math.max(1, Math.round(count)))} ${safeText(title)}`);
  return [place, ...near].join(' · ');
}
