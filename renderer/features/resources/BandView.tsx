/**
 * The band shows all nodes or processes as one: minimum, middle half, median and maximum. Outliers
 * and the selected node have curves of their own, with their names.
 */
import { useCallback, useMemo } from 'react';
import type { Band } from '../../charts/aggregate.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { type PlotBand, type PlotCurve, TimePlot } from '../../charts/TimePlot.tsx';
import { useSize } from '../../charts/use-size.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { useSelection } from '../../state/StoresContext.tsx';
import { BandLegend } from './BandLegend.tsx';
import { BandReadout } from './BandReadout.tsx';
import { useResourcesState } from './resources-state.ts';
import { Swatch } from './Swatch.tsx';
import type { SeriesGroup } from './series-groups.ts';
import { useBand } from './use-band.ts';
import { TOP_PX, useCurvePlot } from './use-curve-plot.ts';
import { type ResourcesView, useGreatest, useGroupCurves } from './use-resources.ts';
import { ValueTable } from './ValueTable.tsx';

const fills: readonly PlotBand[] = [
  { high: 'max', low: 'min', token: 'series-1', opacity: 0.14 },
  { high: 'high', low: 'low', token: 'series-1', opacity: 0.3 },
];

export function BandView({ view, look }: { view: ResourcesView; look: MetricLook }) {
  const { groups, pidsOf } = view;
  const { hasTable } = useResourcesState();
  const select = useSelection((state) => state.select);
  const node = useSelection((state) => state.node);
  const { curveOf } = useGroupCurves(groups);
  const { curves: all, band, named } = useBand(view, curveOf);
  const max = look.scaleTo(useGreatest(groups, curveOf));
  const { ref: area, height } = useSize<HTMLDivElement>();
  const curves = useMemo(
    () => [
      ...edgesOf(band),
      ...named.map(
        (each): PlotCurve => ({
          key: `node ${each.group.key}`,
          curve: each.curve,
          ...each.look,
          width: each.group.node === node ? 2.5 : 1.5,
        }),
      ),
    ],
    [band, named, node],
  );
  const plot = useCurvePlot(area, height, all, max);
  const pointer = useTimePointer(area, {
    wheel: 'zoom',
    onClick: (us, event) => {
      const group = groups[plot.nearest(us, event) ?? -1];
      if (group !== undefined) select({ node: group.node, process: null, detail: 'node' });
    },
  });
  const swatchOf = useCallback(
    (group: SeriesGroup) => {
      const own = named.find((each) => each.group === group);
      return own === undefined ? <span className="swatch" /> : <Swatch look={own.look} />;
    },
    [named],
  );
  return (
    <div className="resources__split">
      <BandLegend view={view} look={look} named={named} />
      <div ref={area} className="resources__area resources__area--plot" {...pointer.handlers}>
        {height > 0 && (
          <TimePlot height={height} top={TOP_PX} curves={curves} bands={fills} max={max} formatY={look.formatAxis} />
        )}
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
        <BandReadout band={band} groups={groups} look={look} />
      </div>
      {hasTable && <ValueTable groups={groups} look={look} curveOf={curveOf} pidsOf={pidsOf} swatchOf={swatchOf} />}
    </div>
  );
}

/** Returns the lines of the band, between which its fills are: edges, quartiles and the median. */
function edgesOf({ timesUs, ...of }: Band): PlotCurve[] {
  const edge = { token: 'series-1', width: 1, line: 0.5 };
  return [
    { key: 'max', curve: { timesUs, values: of.max }, ...edge },
    { key: 'min', curve: { timesUs, values: of.min }, ...edge },
    { key: 'high', curve: { timesUs, values: of.high }, ...edge, line: 0 },
    { key: 'low', curve: { timesUs, values: of.low }, ...edge, line: 0 },
    { key: 'median', curve: { timesUs, values: of.median }, token: 'series-1', width: 2 },
  ];
}
