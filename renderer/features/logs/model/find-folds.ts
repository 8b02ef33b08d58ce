/**
 * Finding folds reads the lines of a file that matter for them: those around one line for its
 * traceback, those that a search finds for all tracebacks or records.
 */
import type { EngineClient } from '../../../../electron/contract/client.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { noFilter } from '../../../state/filter.ts';
import type { Fold } from './fold-map.ts';
import { recordFolds } from './record-folds.ts';
import { startSearch, stopSearch } from './searches.ts';
import { tracebackFolds } from './traceback.ts';

export type FoldedBy = 'tracebacks' | 'records';

export interface FoldedFile {
  caseId: string;
  fileId: number;
  /** The number of its lines, or null while it is unknown. */
  total: number | null;
}

/** The number of lines around a row to search for the ends of its traceback. */
const REACH = 2_000;
const ROWS_A_CALL = 5_000;
/** The most rows that folding the whole file reads. A larger file is only folded in part. */
const MOST_ROWS = 500_000;

/** The kinds of folding: which lines of the file matter, and what they fold. */
const kinds = {
  tracebacks: {
    // Every line of a traceback counts as an error, so a search for errors returns all of them in
    // file order.
    filter: { ...noFilter, minLevel: 'error' as const },
    folds: (rows: readonly LineRow[]) => tracebackFolds(rows),
  },
  records: {
    filter: { ...noFilter, firstLines: true },
    folds: (rows: readonly LineRow[], total: number | null) =>
      recordFolds(
        rows.map(({ line }) => line),
        total,
      ),
  },
};

/** Returns the fold of the traceback that a line belongs to. */
export async function tracebackFold(
  client: EngineClient,
  { caseId, fileId }: FoldedFile,
  line: number,
): Promise<Fold | undefined> {
  const at = line - 1;
  const start = Math.max(0, at - REACH);
  const { rows } = await client.call('lines.page', { caseId, fileId, start, count: REACH * 2, maxChars: 1 });
  return tracebackFolds(rows).find(({ head, to }) => head <= at && at <= to + 1);
}

/** Returns all folds of a kind in a file, and whether the file was read whole. */
export async function foldsOf(
  client: EngineClient,
  { caseId, fileId, total }: FoldedFile,
  by: FoldedBy,
): Promise<{ folds: readonly Fold[]; isWhole: boolean }> {
  const { filter, folds } = kinds[by];
  const question = { caseId, filter, order: 'file' as const, fileIds: [fileId] };
  const { searchId, matches } = await startSearch(client, question, new AbortController().signal);
  try {
    const rows: LineRow[] = [];
    for (let start = 0; start < Math.min(matches, MOST_ROWS); start += ROWS_A_CALL) {
      const page = await client.call('search.rows', { searchId, start, count: ROWS_A_CALL, maxChars: 1 });
      rows.push(...page.rows);
    }
    const isWhole = matches <= MOST_ROWS;
    return { folds: folds(rows, isWhole ? total : null), isWhole };
  } finally {
    stopSearch(client, searchId);
  }
}
