import { create } from 'zustand';

export type LaneSize = 'small' | 'medium' | 'large';

/** Height of a lane in pixels. */
export const lanePx: Record<LaneSize, number> = { small: 6, medium: 14, large: 22 };

interface LanesState {
  size: LaneSize;
  /** The metric whose curve lies in the head of each node; null for none. */
  metric: string | null;
  set: (change: Partial<Omit<LanesState, 'set'>>) => void;
}

export const useLanesState = create<LanesState>()((set) => ({
  size: 'medium',
  metric: null,
  set: (change) => set(change),
}));
