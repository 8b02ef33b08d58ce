/**
 * The state of the mini-batches view: how its table and charts are shown, and the attempt that the
 * next one is put beside. Which mini-batches they show is the window's filter.
 */
import { create } from 'zustand';
import type { CommandInput } from '../../../electron/contract/contract.ts';
import type { AttemptKey } from './attempt-pair.ts';

export type BatchSort = NonNullable<CommandInput<'batches.page'>['sort']>;

interface MiniBatchesState {
  sort: BatchSort;
  descending: boolean;
  hasCharts: boolean;
  /** The charts that are shown as tables, by name. */
  asTable: Readonly<Record<string, boolean>>;
  spreadBy: 'node' | 'process';
  /** The attempt that the next one is put beside. */
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
