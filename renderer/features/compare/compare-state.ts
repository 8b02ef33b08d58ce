import { create } from 'zustand';

export interface OtherRun {
  path: string;
  root: string | null;
}

interface CompareState {
  /** The run that this one is held against; kept while the window is open, so that coming back shows it again. */
  other: OtherRun | null;
  /** This run is the one before. */
  isSwapped: boolean;
  set: (change: Partial<Omit<CompareState, 'set'>>) => void;
}

export const useCompareState = create<CompareState>()((set) => ({
  other: null,
  isSwapped: false,
  set: (change) => set(change),
}));
