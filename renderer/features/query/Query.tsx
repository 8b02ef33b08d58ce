/**
 * The query view asks the run any question in SQL: a statement above, its rows as a table or over
 * time below. `use-query.ts` runs the statement; `query-state.ts` keeps it with its result.
 */
import { Download, Play, Square, X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { sqlQuestions } from '../../../electron/contract/sql-questions.ts';
import type { SqlCell, SqlState } from '../../../electron/contract/sql-records.ts';
import { sqlTables } from '../../../electron/contract/sql-schema.ts';
import { formatBytes, formatCount, formatNumber } from '../../base/format.ts';
import { type ChosenRun, heldCase, useChosenRuns } from '../../state/chosen-runs.ts';
import { useCase, useClient, useNavigation } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { usePagedRows } from '../../state/use-paged-rows.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { VirtualTable } from '../../widgets/VirtualTable.tsx';
import { chartOf } from './chart-series.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { useQueryState } from './query-state.ts';
import { ResultChart } from './ResultChart.tsx';
import { linePlaces, resultColumns } from './result-columns.tsx';
import { SqlEditor } from './SqlEditor.tsx';
import { useQuery } from './use-query.ts';
import './query.css';

/** The most rows that a chart draws. */
const CHART_ROWS = 10_000;
const noRows: SqlCell[][] = [];

export function Query() {
  const caseId = useCase((state) => state.caseId);
  const { text, state, error, isStarting, says, runs, shows, kept, set } = useQueryState();
  const { runs: chosen, choose } = useChosenRuns();
  const runName = useCase((each) => each.info?.name ?? 'run');
  const [isExporting, setIsExporting] = useState(false);
  const { run, stop } = useQuery();
  const history = useCommand('sql.history', caseId === null ? null : { caseId });
  const isRunning = isStarting || (state !== null && !state.complete);
  const { refresh } = history;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the history has grown
  useEffect(() => refresh(), [kept]);
  const put = (sql: string) => set({ text: sql });
  return (
    <div className="query">
      <div className="query__ask">
        <SqlEditor text={text} onChange={put} onRun={() => void run()} />
        <div className="query__tools">
          {isRunning ? (
            <Button icon={<Square size={14} />} onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button tone="primary" icon={<Play size={14} />} onClick={() => void run()} title="Ctrl+Enter">
              Run
            </Button>
          )}
          <MenuButton
            label="Worked questions"
            items={sqlQuestions.map(({ id, question, sql }) => ({ id, title: question, run: () => put(sql) }))}
          >
            Questions
          </MenuButton>
          <MenuButton
            label="Tables"
            items={sqlTables.map(({ name }) => ({
              id: name,
              title: name,
              run: () => put(`SELECT * FROM ${name}${name === 'lines' || name === 'samples' ? ' LIMIT 1000' : ''}`),
            }))}
          >
            Tables
          </MenuButton>
          <MenuButton
            label="History of queries"
            items={(history.data ?? []).map((entry, index) => ({
              id: String(index),
              title: entry.sql.replace(/\s+/g, ' ').slice(0, 100),
              run: () => put(entry.sql),
            }))}
          >
            History
          </MenuButton>
          {caseId !== null && (
            <Button tone="quiet" icon={<Download size={14} />} onClick={() => setIsExporting(true)}>
              Export the run …
            </Button>
          )}
          {chosen.length > 0 && (
            <Button tone="quiet" icon={<X size={14} />} title="Ask the open run alone" onClick={() => choose([])}>
              {`Over ${formatCount(chosen.length, 'run')}`}
            </Button>
          )}
          {says !== null && (
            <span className="soft" role="status">
              {says}
            </span>
          )}
          {state !== null && <Figures state={state} />}
        </div>
      </div>
      {isExporting && caseId !== null && (
        <ExportDialog caseId={caseId} name={runName} onClose={() => setIsExporting(false)} />
      )}
      {error !== null && <ErrorBox error={error} />}
      {error === null && state === null && !isStarting && (
        <EmptyState title="Write a SELECT over the run's tables, or pick a question." />
      )}
      {state !== null && (
        <Result key={state.queryId} state={state} runs={runs} shows={shows} onShow={(next) => set({ shows: next })} />
      )}
    </div>
  );
}

function Figures({ state }: { state: SqlState }) {
  const { rows, complete, milliseconds, reads } = state;
  return (
    <span className="query__figures soft" role="status">
      {formatCount(rows, 'row')}
      {complete ? ` · ${formatNumber(Math.round(milliseconds))} ms` : ' so far'}
      {reads.scans > 0 &&
        ` · read ${formatBytes(reads.bytesRead)} of the logs, ${formatNumber(reads.blocksRead)} of ${formatNumber(reads.blocksTotal)} blocks`}
    </span>
  );
}

function Result({
  state,
  runs,
  shows,
  onShow,
}: {
  state: SqlState;
  runs: readonly ChosenRun[];
  shows: 'table' | 'chart';
  onShow: (shows: 'table' | 'chart') => void;
}) {
  const { queryId, columns, rows: total, complete, error } = state;
  const client = useClient();
  const navigation = useNavigation();
  const [active, setActive] = useState<number | null>(null);
  const { data: files } = useCommand('files.list', useCaseParams());
  const fetch = useCallback(
    async (start: number, count: number, signal: AbortSignal) => {
      const page = await client.call('sql.rows', { queryId, start, count }, { signal });
      return { total: page.state.rows, rows: page.rows };
    },
    [client, queryId],
  );
  const rows = usePagedRows<SqlCell[]>('query rows', `${queryId} ${total}`, fetch);
  const [sample, setSample] = useState(noRows);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a complete result has more rows
  useEffect(() => {
    let isGone = false;
    client
      .call('sql.rows', { queryId, start: 0, count: CHART_ROWS, maxChars: 200 })
      .then((page) => !isGone && setSample(page.rows))
      .catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [client, queryId, complete]);
  const shown = useMemo(() => resultColumns(columns, sample, runs.length === 0), [columns, sample, runs]);
  const chart = useMemo(() => chartOf(columns, sample), [columns, sample]);
  const places = linePlaces(columns);
  const { rowAt } = rows;
  const open = async (index: number) => {
    const row = rowAt(index);
    if (row === undefined || places === null) return;
    const line = row[places.line];
    const runAt = columns.findIndex(({ name }) => name === 'run');
    const run = runs.find((each) => each.run === row[runAt]);
    const caseOfRun = run === undefined ? null : heldCase(run);
    // With several runs, a row can link to a line only if it says which run it belongs to.
    const list =
      runs.length === 0
        ? files
        : caseOfRun === null
          ? undefined
          : await client.call('files.list', { caseId: caseOfRun }).catch(() => undefined);
    const file = list?.find((each) => each.path === row[places.file]);
    if (file === undefined || typeof line !== 'number') return;
    const place = run === undefined ? {} : { source: run.path, root: run.root };
    navigation.navigate({ ...place, view: 'logs', selection: { line: { fileId: file.fileId, line }, detail: 'line' } });
  };
  return (
    <div className="query__result">
      {chart !== null && (
        <div className="query__modes">
          {(['table', 'chart'] as const).map((mode) => (
            <Button key={mode} tone="quiet" isPressed={shows === mode} onClick={() => onShow(mode)}>
              {mode === 'table' ? 'Table' : 'Over time'}
            </Button>
          ))}
          {total > CHART_ROWS && shows === 'chart' && (
            <span className="faint">{`the first ${formatNumber(CHART_ROWS)} rows`}</span>
          )}
        </div>
      )}
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
          onRange={rows.want}
          active={active}
          onActive={setActive}
          onOpen={(index) => void open(index)}
        />
      )}
    </div>
  );
}

function useCaseParams() {
  const caseId = useCase((state) => state.caseId);
  return caseId === null ? null : { caseId };
}
