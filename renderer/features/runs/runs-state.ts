/**
 * The state of the view Runs says how the runs are shown: filter, table, order, ticks. It outlives
 * a look at another view.
 */
import { create } from 'zustand';

interface RunsViewState {
  words: string;
  shows: 'runs' | 'errors';
  sort: { column: string; descending: boolean };
  /** Ticked runs by path and root: two can be compared, any number asked in SQL. */
  ticked: readonly string[];
  set: (change: Partial<Omit<RunsViewState, 'set'>>) => void;
}

export const useRunsState = create<RunsViewState>()((set) => ({
  words: '',
  shows: 'runs',
  sort: { column: 'started', descending: true },
  ticked: [],
  set: (change) => set(change),
}));
