/**
 * The selection is what the person points at: a line, a time, a mini-batch, a process, a node or an
 * error. The store also holds the time under the pointer, which is not part of the place.
 */
import { createStore } from 'zustand/vanilla';
import { noSelection, type Selection } from './location.ts';

export interface SelectionState extends Selection {
  /**
   * The time under the pointer in any view. It goes before `timeUs` while it is set, and is never
   * part of the location.
   */
  hoverUs: number | null;
  select(change: Partial<Selection>): void;
  setHover(us: number | null): void;
}

export function createSelectionStore() {
  return createStore<SelectionState>()((set) => ({
    ...noSelection,
    hoverUs: null,
    select: (change) => set(change),
    setHover: (hoverUs) => set((state) => (state.hoverUs === hoverUs ? state : { hoverUs })),
  }));
}

/** Returns the part that belongs to the place. */
export function selectionOf(state: SelectionState): Selection {
  const { timeUs, line, miniBatchId, process, node, error, detail } = state;
  return { timeUs, line, miniBatchId, process, node, error, detail };
}
