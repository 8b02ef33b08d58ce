/** The result of a query: its rows as a table or, if they have a time and numbers, over time. */
import { useMemo, useState } from 'react';
import type { SqlState } from '../../../electron/contract/sql-records.ts';
import { formatNumber } from '../../base/format.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { VirtualTable } from '../../widgets/VirtualTable.tsx';
import { chartOf } from './chart-series.ts';
import { useQueryState } from './query-state.ts';
import { ResultChart } from './ResultChart.tsx';
import { resultColumns } from './result-columns.tsx';
import { useOpenRow } from './use-open-row.ts';
import { CHART_ROWS, useFirstRows, useResultRows } from './use-result.ts';

export function QueryResult({ state }: { state: SqlState }) {
  const { queryId, columns, rows: total, complete, error } = state;
  const { runs, shows } = useQueryState();
  const [active, setActive] = useState<number | null>(null);
  const { rowAt, want } = useResultRows(state);
  const first = useFirstRows(state);
  const shown = useMemo(() => resultColumns(columns, first, runs.length === 0), [columns, first, runs]);
  const chart = useMemo(() => chartOf(columns, first), [columns, first]);
  const open = useOpenRow(columns, runs);
  return (
    <div className="query__result">
      {chart !== null && <Modes total={total} />}
      {error !== null && <p className="query__stopped">{error.message}</p>}
      {chart !== null && shows === 'chart' ? (
        <ResultChart chart={chart} />
      ) : total === 0 && complete ? (
        <EmptyState title="No rows." />
      ) : (
        <VirtualTable
          label="Result"
          noun="row"
          fileName="query"
          columns={shown}
          count={total}
          rowAt={rowAt}
          listing={{ of: 'query', queryId }}
          onRange={want}
          active={active}
          onActive={setActive}
          onOpen={(index) => void open(rowAt(index))}
        />
      )}
    </div>
  );
}

/** Chooses between the table and the chart. */
function Modes({ total }: { total: number }) {
  const { shows, set } = useQueryState();
  return (
    <div className="query__modes">
      {(['table', 'chart'] as const).map((mode) => (
        <Button key={mode} tone="quiet" isPressed={shows === mode} onClick={() => set({ shows: mode })}>
          {mode === 'table' ? 'Table' : 'Over time'}
        </Button>
      ))}
      {total > CHART_ROWS && shows === 'chart' && (
        <span className="faint">{`the first ${formatNumber(CHART_ROWS)} rows`}</span>
      )}
    </div>
  );
}
