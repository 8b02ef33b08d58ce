/**
 * Returns a function that writes all attempts that the filter leaves as CSV, whether or not the
 * view draws their bars. It reads them page by page when a person saves them.
 */
import { useCallback } from 'react';
import type { AttemptRow } from '../../../electron/contract/batch-records.ts';
import { csvTable } from '../../../electron/contract/csv.ts';
import { isoTime } from '../../../electron/contract/json-rows.ts';
import { useCase, useClient, useFilter } from '../../state/StoresContext.tsx';

const PAGE = 10_000;
const head = ['node', 'process', 'pid', 'mini_batch', 'attempt', 'start', 'end', 'duration_seconds', 'outcome'];

export function useAttemptsCsv(): () => Promise<string> {
  const client = useClient();
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  return useCallback(async () => {
    const rows: AttemptRow[] = [];
    while (caseId !== null) {
      const page = await client.call('attempts.page', {
        caseId,
        filter: { ...filter, query: '' },
        start: rows.length,
        count: PAGE,
      });
      rows.push(...page.rows);
      if (page.rows.length === 0 || rows.length >= page.total) break;
    }
    return csvTable(
      head,
      rows.map((row) => [
        row.node,
        row.process,
        row.pid,
        row.miniBatchId,
        row.attempt,
        isoTime(row.startUs),
        isoTime(row.endUs),
        row.durationSeconds,
        row.outcome,
      ]),
    );
  }, [client, caseId, filter]);
}
