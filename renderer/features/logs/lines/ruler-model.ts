/** What the ruler beside the lines shows: where along them hits, errors, words and marks are. Positions are shares 0 … 1. */
import type { EngineClient } from '../../../../electron/contract/client.ts';
import type { Histogram } from '../../../../electron/contract/commands.ts';
import { histogramLevels } from '../../../base/looks.ts';

export type RulerScale = { of: 'lines'; total: number } | { of: 'time'; fromUs: number; toUs: number };
/** Lanes from left to right. */
export type RulerLane = 'level' | 'hit' | 'word' | 'mark';

export interface RulerTrack {
  id: string;
  lane: RulerLane;
  token: string;
  /** “errors”, “hits of “timeout””. */
  title: string;
  total: number;
  /** Exact places, or with many of them how many lie in each of `DENSITY_BUCKETS` equal parts: counted, not guessed. */
  places: { of: 'each'; at: readonly number[] } | { of: 'parts'; counts: readonly number[] };
}

export const DENSITY_BUCKETS = 200;
const MOST_EXACT = 2_000;
const ROWS_A_CALL = 1_000;
const CALLS_AT_ONCE = 25;

/** Places of a finished search within one file. With many hits each part is counted by where its borders stand among them. */
export async function linePlaces(
  client: EngineClient,
  search: { searchId: string; matches: number },
  fileId: number,
  totalLines: number,
  signal: AbortSignal,
): Promise<RulerTrack['places']> {
  const { searchId, matches } = search;
  if (matches <= MOST_EXACT) {
    const at: number[] = [];
    for (let start = 0; start < matches; start += ROWS_A_CALL) {
      const params = { searchId, start, count: ROWS_A_CALL, maxChars: 1 };
      const { rows } = await client.call('search.rows', params, { signal });
      for (const row of rows) at.push((row.line - 1) / Math.max(1, totalLines));
    }
    return { of: 'each', at };
  }
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

/** Sum of a histogram over the levels asked for, all of them without. */
export function timePlaces(histogram: Histogram, levels: readonly string[] | null): RulerTrack['places'] {
  const counts = new Array<number>(histogram.counts[0]?.length ?? 0).fill(0);
  histogramLevels.forEach((level, index) => {
    if (levels !== null && (level === null || !levels.includes(level))) return;
    histogram.counts[index]?.forEach((count, bucket) => {
      counts[bucket] = (counts[bucket] ?? 0) + count;
    });
  });
  return { of: 'parts', counts };
}

export function sumOf(places: RulerTrack['places']): number {
  return places.of === 'each' ? places.at.length : places.counts.reduce((sum, count) => sum + count, 0);
}

/** How many of a track lie in a stretch. */
export function countIn(places: RulerTrack['places'], from: number, to: number): number {
  if (places.of === 'each') return places.at.reduce((sum, at) => (at >= from && at < to ? sum + 1 : sum), 0);
  const parts = places.counts.length;
  return places.counts.reduce((sum, count, part) => {
    const isIn = (part + 1) / parts > from && part / parts < to;
    return isIn ? sum + count : sum;
  }, 0);
}

/** The place nearest to where somebody points, within a few pixels; null where there is none. */
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
