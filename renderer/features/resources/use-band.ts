/**
 * The band of many curves, and the curves with a name of their own beside it: the outliers and that
 * of the selected node.
 */
import { useMemo } from 'react';
import { type Band, bandOf, type Outlier, outliersOf } from '../../charts/aggregate.ts';
import type { Curve } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useSelection } from '../../state/StoresContext.tsx';
import { type CurveLook, curveLook } from './curve-looks.ts';
import type { SeriesGroup } from './series-groups.ts';
import type { ResourcesView } from './use-resources.ts';

const STEP_PX = 3;
const MOST_OUTLIERS = 5;

export interface NamedCurve {
  group: SeriesGroup;
  curve: Curve;
  look: CurveLook;
  /** Undefined for the selected node, if it does not stand out. */
  outlier: Outlier | undefined;
}

export interface NamedBand {
  /** The curve of each group. */
  curves: readonly Curve[];
  band: Band;
  named: readonly NamedCurve[];
}

export function useBand({ groups, level }: ResourcesView, curveOf: (group: SeriesGroup) => Curve): NamedBand {
  const axis = useTimeAxis();
  const node = useSelection((state) => state.node);
  // Uses the settled range, so that the band is not computed again for each step of a wheel.
  const { fromUs, toUs } = axis.settled;
  const steps = Math.max(10, Math.floor(axis.width / STEP_PX));
  const curves = useMemo(() => groups.map(curveOf), [groups, curveOf]);
  const band = useMemo(() => bandOf(curves, fromUs, toUs, steps), [curves, fromUs, toUs, steps]);
  const outliers = useMemo(() => outliersOf(curves, band, MOST_OUTLIERS), [curves, band]);
  const selected = level === 'node' ? groups.findIndex((group) => group.node === node) : -1;
  const named = useMemo(() => {
    const indices = [...new Set([...outliers.map((each) => each.index), ...(selected < 0 ? [] : [selected])])];
    return indices.flatMap((index, at): NamedCurve[] => {
      const [group, curve] = [groups[index], curves[index]];
      if (group === undefined || curve === undefined) return [];
      // The band has the first look.
      return [{ group, curve, look: curveLook(at + 1), outlier: outliers.find((each) => each.index === index) }];
    });
  }, [outliers, groups, curves, selected]);
  return { curves, band, named };
}
