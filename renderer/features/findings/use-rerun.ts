/**
 * What to run again, as the engine lists it for the filter: by pages for the screen, and as a whole
 * to copy or save.
 */
import type { RerunItem } from '../../../electron/contract/analysis.ts';
import { recordFilter } from '../../state/record-filter.ts';
import { useCase, useClient, useFilter } from '../../state/StoresContext.tsx';
import { type RowsView, usePagedRows } from '../../state/use-paged-rows.ts';

const PAGE = 10_000;

export interface Rerun {
  rows: RowsView<RerunItem>;
  readAll: () => Promise<RerunItem[]>;
}

export function useRerun(): Rerun {
  const client = useClient();
  const caseId = useCase((state) => state.caseId);
  const whole = useFilter((state) => state.filter);
  const filter = recordFilter(whole);
  const key = caseId === null ? null : JSON.stringify({ caseId, filter });
  const rows = usePagedRows<RerunItem>('analysis.rerun', key, (start, count, signal) =>
    caseId === null
      ? Promise.resolve({ total: 0, rows: [] })
      : client.call('analysis.rerun', { caseId, filter, start, count }, { signal }),
  );
  const readAll = async () => {
    const found: RerunItem[] = [];
    for (;;) {
      if (caseId === null) return found;
      const page = await client.call('analysis.rerun', { caseId, filter, start: found.length, count: PAGE });
      found.push(...page.rows);
      if (page.rows.length === 0 || found.length >= page.total) return found;
    }
  };
  return { rows, readAll };
}
