/**
 * The state of the query view: the statement, and the result of the last one that was run. Both
 * stay while a person looks at other views.
 */
import { create } from 'zustand';
import type { ErrorInfo } from '../../../electron/contract/errors.ts';
import type { SqlState } from '../../../electron/contract/sql-records.ts';
import type { ChosenRun } from '../../state/chosen-runs.ts';

interface QueryViewState {
  /** The case that the result is of. */
  caseId: string | null;
  /** The runs that the result is of where it is of several; else empty. */
  runs: readonly ChosenRun[];
  text: string;
  state: SqlState | null;
  error: ErrorInfo | null;
  isStarting: boolean;
  /** What is under way before the query can start. */
  says: string | null;
  shows: 'table' | 'chart';
  /** Grows whenever a statement was put into the history. */
  kept: number;
  set: (change: Partial<Omit<QueryViewState, 'set'>>) => void;
}

export const useQueryState = create<QueryViewState>()((set) => ({
  caseId: null,
  runs: [],
  text: 'SELECT node, count(*) AS attempts, avg(duration_seconds) AS mean_seconds\nFROM attempts GROUP BY node ORDER BY node',
  state: null,
  error: null,
  isStarting: false,
  says: null,
  shows: 'table',
  kept: 0,
  set: (change) => set(change),
}));
