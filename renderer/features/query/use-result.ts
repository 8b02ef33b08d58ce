/**
 * The rows of a result: by range for the table, and the first ones at once, from which the columns
 * get their widths and the chart its curves.
 */
import { useCallback, useEffect, useState } from 'react';
import type { SqlCell, SqlState } from '../../../electron/contract/sql-records.ts';
import { useClient } from '../../state/StoresContext.tsx';
import { type RowsView, usePagedRows } from '../../state/use-paged-rows.ts';

/** The most rows that a chart draws. */
export const CHART_ROWS = 10_000;
const MOST_CHARACTERS = 200;
const noRows: SqlCell[][] = [];

export function useResultRows({ queryId, rows }: SqlState): RowsView<SqlCell[]> {
  const client = useClient();
  const fetch = useCallback(
    async (start: number, count: number, signal: AbortSignal) => {
      const page = await client.call('sql.rows', { queryId, start, count }, { signal });
      return { total: page.state.rows, rows: page.rows };
    },
    [client, queryId],
  );
  return usePagedRows<SqlCell[]>('query rows', `${queryId} ${rows}`, fetch);
}

/** Returns the first rows, with long texts cut. */
export function useFirstRows({ queryId, complete }: SqlState): SqlCell[][] {
  const client = useClient();
  const [rows, setRows] = useState(noRows);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a complete result has more rows
  useEffect(() => {
    let isGone = false;
    client
      .call('sql.rows', { queryId, start: 0, count: CHART_ROWS, maxChars: MOST_CHARACTERS })
      .then((page) => !isGone && setRows(page.rows))
      .catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [client, queryId, complete]);
  return rows;
}
