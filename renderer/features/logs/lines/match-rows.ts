/**
 * Match rows are the hits of a search among the rows in view, with the ranges to colour in each.
 * They come from the search itself, in its order; `use-matches.ts` decides when to ask.
 */
import type { EngineClient } from '../../../../electron/contract/client.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { DRAWN_CHARS } from '../model/use-line-stream.ts';

export type Ranges = readonly (readonly [number, number])[];

/** The ranges found, by `fileId:line`. */
export type Matches = ReadonlyMap<string, Ranges>;

export const lineKey = (row: { fileId: number; line: number }): string => `${row.fileId}:${row.line}`;

const ROWS_A_CALL = 500;
/** Any number of lines can share one time. Beyond these calls, lines stay uncoloured. */
const MOST_CALLS = 6;

export interface Seen {
  /** The rows in view, first to last, without those that have not arrived. */
  rows: readonly LineRow[];
  order: 'time' | 'file';
}

/**
 * Returns what a search found in the rows in view. In file order it reads the hits between the
 * first and the last row. In time order it reads those from the first row's time to the last row's
 * time.
 */
export async function matchesIn(
  client: EngineClient,
  searchId: string,
  { rows, order }: Seen,
  signal: AbortSignal,
): Promise<Matches> {
  const wanted = new Set(rows.map(lineKey));
  const found = new Map<string, Ranges>();
  const target = order === 'file' ? rows[0] : rows.find((row) => row.timeUs !== null);
  const first = target ?? rows[0];
  if (first === undefined) return found;
  const isByTime = order === 'time' && first.timeUs !== null;
  const last = isByTime ? rows.findLast((row) => row.timeUs !== null)?.timeUs : null;
  const place = isByTime ? { timeUs: first.timeUs } : { fileId: first.fileId, line: first.line };
  let { index } = await client.call('search.locate', { searchId, ...place }, { signal });
  for (let call = 0; call < MOST_CALLS; call++) {
    const params = { searchId, start: index, count: ROWS_A_CALL, maxChars: DRAWN_CHARS };
    const { rows: hits } = await client.call('search.rows', params, { signal });
    for (const hit of hits) if (wanted.has(lineKey(hit))) found.set(lineKey(hit), hit.matches);
    const end = hits.at(-1);
    const isPast =
      end === undefined ||
      hits.length < ROWS_A_CALL ||
      (typeof last === 'number' ? end.timeUs !== null && end.timeUs > last : !wanted.has(lineKey(end)));
    if (isPast) return found;
    index += hits.length;
  }
  return found;
}
