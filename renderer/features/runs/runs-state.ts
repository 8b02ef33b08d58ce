/**
 * The state of the runs view: filter, table, order and ticks. It outlives a visit to another view.
 */
import { create } from 'zustand';

interface RunsViewState {
  words: string;
  shows: 'runs' | 'errors';
  sort: { column: string; descending: boolean };
  /** The ticked runs by path and root. Two can be compared, any number queried in SQL. */
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
