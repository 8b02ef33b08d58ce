/**
 * The range store holds which rows are in view. It is separate from the list, so that a change
 * redraws no line.
 */
import { createStore } from 'zustand/vanilla';

/** The rows in view, both ends included. */
export interface ViewRange {
  first: number;
  last: number;
}

export function createRangeStore() {
  const store = createStore<ViewRange>()(() => ({ first: 0, last: -1 }));
  return {
    ...store,
    take(first: number, last: number): void {
      store.setState({ first, last });
    },
    has(row: number): boolean {
      const { first, last } = store.getState();
      return row >= first && row <= last;
    },
  };
}

export type RangeStore = ReturnType<typeof createRangeStore>;
