/**
 * The range store holds which rows are in view. It is apart from the list, so that following it
 * draws no line again.
 */
import { createStore } from 'zustand/vanilla';

/** Rows that are in view, both ends included. */
export interface ViewRange {
  first: number;
  last: number;
}

/** What the list adds at both ends of what is in view. */
const OVERSCAN_ROWS = 8;

export function createRangeStore() {
  const store = createStore<ViewRange>()(() => ({ first: 0, last: -1 }));
  return {
    ...store,
    /** From the range that the list asks for. */
    take(first: number, last: number, count: number): void {
      store.setState({
        first: first === 0 ? 0 : first + OVERSCAN_ROWS,
        last: last >= count - 1 ? count - 1 : last - OVERSCAN_ROWS,
      });
    },
    has(row: number): boolean {
      const { first, last } = store.getState();
      return row >= first && row <= last;
    },
  };
}

export type RangeStore = ReturnType<typeof createRangeStore>;
