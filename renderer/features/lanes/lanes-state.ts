import { useMemo } from 'react';
import { useView } from '../../state/StoresContext.tsx';

export type LaneSize = 'small' | 'medium' | 'large';

/** Height of a lane in pixels. */
export const lanePx: Record<LaneSize, number> = { small: 6, medium: 14, large: 22 };

interface Shown {
  size: LaneSize;
  /** The metric whose curve lies in the head of each node; null for none. */
  metric: string | null;
}

/** How the lanes are drawn; part of the place, so that a link shows the same. */
export function useLanesState() {
  const lanes = useView((state) => state.options.lanes);
  const curve = useView((state) => state.options.curve);
  const setOptions = useView((state) => state.setOptions);
  return useMemo(() => {
    const size: LaneSize = lanes === 'small' || lanes === 'large' ? lanes : 'medium';
    const set = (change: Partial<Shown>) =>
      setOptions({
        ...(change.size === undefined ? {} : { lanes: change.size === 'medium' ? '' : change.size }),
        ...(change.metric === undefined ? {} : { curve: change.metric ?? '' }),
      });
    return { size, metric: curve ?? null, set };
  }, [lanes, curve, setOptions]);
}
