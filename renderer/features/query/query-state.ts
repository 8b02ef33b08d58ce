/**
 * The state of the query view: the statement and the result of the last run. Both survive a visit
 * to other views.
 */
import { create } from 'zustand';
import type { ErrorInfo } from '../../../electron/contract/errors.ts';
import type { SqlState } from '../../../electron/contract/sql-records.ts';
import type { ChosenRun } from '../../state/chosen-runs.ts';

interface QueryViewState {
  /** The case of the result. */
  caseId: string | null;
  /** The runs of the result if it spans several, otherwise empty. */
  runs: readonly ChosenRun[];
  text: string;
  state: SqlState | null;
  error: ErrorInfo | null;
  isStarting: boolean;
  /** The work to finish before the query can start. */
  says: string | null;
  shows: 'table' | 'chart';
  /** Grows each time a statement enters the history. */
  kept: number;
  set: (change: Partial<Omit<QueryViewState, 'set' | 'openCase'>>) => void;
  /** Handles the opening of another run: drops the result of one run, keeps that of several. */
  openCase: (caseId: string | null) => void;
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
  openCase: (caseId) =>
    set((now) => (now.runs.length === 0 && now.caseId !== caseId ? { caseId, state: null, error: null } : now)),
}));
