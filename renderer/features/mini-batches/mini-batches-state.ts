/**
 * The state of the mini-batches view: how its table and charts are shown, and the attempt kept for
 * a comparison. The window's filter decides which mini-batches they show.
 */
import { create } from 'zustand';
import type { CommandInput } from '../../../electron/contract/contract.ts';
import type { AttemptKey } from './attempt-pair.ts';

type BatchSort = NonNullable<CommandInput<'batches.page'>['sort']>;

interface MiniBatchesState {
  sort: BatchSort;
  descending: boolean;
  hasCharts: boolean;
  /** The names of charts shown as tables. */
  asTable: Readonly<Record<string, boolean>>;
  spreadBy: 'node' | 'process';
  /** The attempt to compare the next one with. */
  kept: AttemptKey | null;
  set: (change: Partial<Omit<MiniBatchesState, 'set'>>) => void;
}

export const useMiniBatchesState = create<MiniBatchesState>()((set) => ({
  sort: 'startUs',
  descending: false,
  hasCharts: true,
  asTable: {},
  spreadBy: 'node',
  kept: null,
  set: (change) => set(change),
}));
