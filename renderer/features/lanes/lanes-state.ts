/**
 * The state of the lanes view: the height of a lane, and which curves it has. It lives in the
 * options of the place, so that a link shows the same.
 */
import { useMemo } from 'react';
import { useView } from '../../state/StoresContext.tsx';

export type LaneSize = 'small' | 'medium' | 'large';

/** The height of a lane in pixels. */
export const lanePx: Record<LaneSize, number> = { small: 6, medium: 14, large: 22 };

/** The option value that asks for curves of processes instead of nodes. */
const PROCESS_CURVES = 'process';
/** The room below a lane for the curves of its process. */
export const CURVES_PX = 26;

interface Shown {
  size: LaneSize;
  /** The metric of the curve in each node's head; null for none. */
  metric: string | null;
  /** Shows memory and CPU of each process below its lane. */
  hasProcessCurves: boolean;
}

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
        ...(change.hasProcessCurves === undefined ? {} : { curve: change.hasProcessCurves ? PROCESS_CURVES : '' }),
      });
    const hasProcessCurves = curve === PROCESS_CURVES;
    return { size, metric: hasProcessCurves ? null : (curve ?? null), hasProcessCurves, set };
  }, [lanes, curve, setOptions]);
}
