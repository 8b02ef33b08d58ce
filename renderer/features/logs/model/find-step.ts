/**
 * A find step goes from the cursor to the next or previous line found. Behind the last line it goes
 * on at the first, and says so.
 */
import type { EngineClient } from '../../../../electron/contract/client.ts';
import type { SearchState } from '../../../../electron/contract/commands.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { Filter } from '../../../state/filter.ts';
import type { LineKey } from '../../../state/location.ts';
import { ordinalOf } from './searches.ts';

export type Direction = 'next' | 'previous';

export interface FindInFile {
  caseId: string;
  fileId: number;
  filter: Filter;
  /** The number of lines of the file. */
  total: number;
}

/** Where a step leads, and what there is to say about it. */
export interface FindStep {
  /** The number of the line, or null to stay. */
  line: number | null;
  said: string | null;
}

/** Steps from a line of a file, or from its end if the cursor is in another file. */
export async function stepInFile(
  client: EngineClient,
  { caseId, fileId, filter, total }: FindInFile,
  cursor: number | null,
  direction: Direction,
  signal: AbortSignal,
): Promise<FindStep> {
  const ask = (line: number) => client.call('lines.find', { caseId, fileId, filter, line, direction }, { signal });
  const end = direction === 'next' ? 0 : total + 1;
  const from = cursor ?? end;
  const hit = await ask(from);
  if (hit !== null) return { line: hit.line, said: null };
  const again = await ask(end);
  if (again === null) return { line: null, said: 'Nothing is found in this file.' };
  if (again.line === from) return { line: null, said: 'This is the only line that is found.' };
  return { line: again.line, said: direction === 'next' ? 'Found again from the top.' : 'Found again from the end.' };
}

/** Returns the hit of a search that a step from a line leads to, or null if it has none. */
export async function stepInMerged(
  client: EngineClient,
  search: SearchState,
  cursor: { line: LineKey; timeUs: number | null } | null,
  direction: Direction,
  signal: AbortSignal,
): Promise<LineRow | null> {
  const { searchId, matches } = search;
  if (matches === 0) return null;
  const place = cursor === null ? null : await ordinalOf(client, search, cursor.line, cursor.timeUs, signal);
  const from = place?.index ?? 0;
  const wanted = direction === 'previous' ? from - 1 : place?.isHit === true ? from + 1 : from;
  const start = (wanted + matches) % matches;
  const { rows } = await client.call('search.rows', { searchId, start, count: 1, maxChars: 1 });
  return rows[0] ?? null;
}
