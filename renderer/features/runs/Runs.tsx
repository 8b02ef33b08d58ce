/**
 * The runs view lists every run indexed on this machine, one per row, and the error groups that
 * they share. Ticked runs lead to Compare or to SQL.
 */
import { useCallback, useMemo, useState } from 'react';
import type { RunSummary } from '../../../electron/contract/runs-records.ts';
import { formatCount } from '../../base/format.ts';
import { useChosenRuns } from '../../state/chosen-runs.ts';
import { useNavigation } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { type Column, type Sort, VirtualTable } from '../../widgets/VirtualTable.tsx';
import { AddRuns } from './AddRuns.tsx';
import { RunTrend } from './RunTrend.tsx';
import { groupColumns, keyOf, runColumns } from './run-columns.tsx';
import { matchingRuns, type SharedGroup, sharedGroups } from './run-groups.ts';
import { useRunsState } from './runs-state.ts';
import './runs.css';

const none: readonly RunSummary[] = [];

export function Runs() {
  const { data, error, refresh } = useCommand('runs.list', {});
  const { words, shows, sort, ticked, set } = useRunsState();
  const navigation = useNavigation();
  const all = data?.runs ?? none;
  const runs = useMemo(() => matchingRuns(all, words), [all, words]);
  const groups = useMemo(() => sharedGroups(runs), [runs]);
  const onTick = useCallback(
    (run: RunSummary) => {
      const key = keyOf(run);
      set({ ticked: ticked.includes(key) ? ticked.filter((each) => each !== key) : [...ticked, key] });
    },
    [ticked, set],
  );
  const columns = useMemo(() => runColumns(ticked, onTick), [ticked, onTick]);
  const open = (run: RunSummary) => {
    navigation.navigate({ view: 'overview', source: run.path, root: run.root });
  };
  const tickedRuns = ticked.flatMap((key) => all.filter((run) => keyOf(run) === key));
  const query = () => {
    const chosen = ticked.length > 0 ? tickedRuns : runs;
    useChosenRuns.getState().choose(chosen.map(({ path, root, run }) => ({ path, root, run })));
    navigation.navigate({ view: 'query' });
  };
  const compare = () => {
    const [before, after] = tickedRuns.toSorted((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0));
    if (before === undefined || after === undefined) return;
    const options = { with: before.path, 'with-root': before.root };
    navigation.navigate({ view: 'compare', source: after.path, root: after.root, options });
  };
  if (error !== null) return <ErrorBox error={error} />;
  return (
    <div className="runs">
      <div className="runs__bar">
        <input
          className="text-box"
          type="search"
          aria-label="Filter the runs"
          placeholder="Filter by name, status, cause …"
          value={words}
          onChange={(event) => set({ words: event.target.value })}
        />
        <Button tone="quiet" isPressed={shows === 'runs'} onClick={() => set({ shows: 'runs' })}>
          {formatCount(runs.length, 'run')}
        </Button>
        <Button tone="quiet" isPressed={shows === 'errors'} onClick={() => set({ shows: 'errors' })}>
          {formatCount(groups.length, 'error group')}
        </Button>
        <Button disabled={ticked.length !== 2} onClick={compare} title="Tick two runs to compare them">
          Compare the two
        </Button>
        <Button
          disabled={runs.length === 0}
          onClick={query}
          title="SQL over the ticked runs, or over all that are listed"
        >
          {`Query ${formatCount((ticked.length > 0 ? tickedRuns : runs).length, 'run')}`}
        </Button>
        <AddRuns onAdded={refresh} />
      </div>
      {data !== undefined && data.problems.length > 0 && (
        <p className="soft runs__note">{`${formatCount(data.problems.length, 'case')} of an earlier version cannot be read; open the source again.`}</p>
      )}
      <RunTrend runs={runs} onPick={open} />
      {data !== undefined && runs.length === 0 ? (
        <EmptyState title={all.length === 0 ? 'No run has been indexed yet.' : 'No run has these words.'} />
      ) : shows === 'runs' ? (
        <SortedTable
          label="Runs"
          noun="run"
          rows={runs}
          columns={columns}
          sort={sort}
          onSort={(next) => set({ sort: next })}
          onOpen={open}
        />
      ) : (
        <Groups groups={groups} />
      )}
    </div>
  );
}

function Groups({ groups }: { groups: readonly SharedGroup[] }) {
  const [sort, setSort] = useState<Sort>({ column: 'runs', descending: true });
  return (
    <SortedTable
      label="Error groups across runs"
      noun="error group"
      rows={groups}
      columns={groupColumns}
      sort={sort}
      onSort={setSort}
    />
  );
}

function SortedTable<Row>(props: {
  label: string;
  noun: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  onOpen?: (row: Row) => void;
}) {
  const { rows, columns, sort, onOpen } = props;
  const [active, setActive] = useState<number | null>(null);
  const sorted = useMemo(() => {
    const column = columns.find((each) => each.id === sort.column);
    if (column === undefined) return [...rows];
    const sign = sort.descending ? -1 : 1;
    return [...rows].sort((a, b) => sign * compareCells(column.value(a), column.value(b)));
  }, [rows, columns, sort]);
  const rowAt = useCallback((index: number) => sorted[index], [sorted]);
  return (
    <VirtualTable
      label={props.label}
      noun={props.noun}
      columns={columns}
      count={sorted.length}
      rowAt={rowAt}
      sort={sort}
      onSort={props.onSort}
      active={active}
      onActive={setActive}
      onOpen={(index) => {
        const row = sorted[index];
        if (row !== undefined) onOpen?.(row);
      }}
    />
  );
}

/** Compares two cells. Unknown values come first. */
function compareCells(a: unknown, b: unknown): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}
