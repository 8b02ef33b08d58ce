/**
 * The band shows all nodes or processes as one: minimum, middle half, median and maximum. Outliers
 * and the selected node have curves of their own, with their names.
 */
import { type PointerEvent, useCallback, useMemo } from 'react';
import { formatCount, formatTimes } from '../../base/format.ts';
import { bandOf, outliersOf } from '../../charts/aggregate.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { FOOT_PX, type PlotBand, type PlotCurve, TimePlot } from '../../charts/TimePlot.tsx';
import { useSize } from '../../charts/use-size.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { useSelection } from '../../state/StoresContext.tsx';
import { Value } from '../../widgets/Value.tsx';
import { BandReadout } from './BandReadout.tsx';
import { curveLook, nearestCurve } from './curve-looks.ts';
import { useResourcesState } from './resources-state.ts';
import { Swatch } from './Swatch.tsx';
import type { SeriesGroup } from './series-groups.ts';
import { type ResourcesView, useGreatest, useGroupCurves } from './use-resources.ts';
import { ValueTable } from './ValueTable.tsx';

const TOP_PX = 12;
const STEP_PX = 3;
const MOST_OUTLIERS = 5;
const NEAR_PX = 24;
const bands: readonly PlotBand[] = [
  { high: 'max', low: 'min', token: 'series-1', opacity: 0.14 },
  { high: 'high', low: 'low', token: 'series-1', opacity: 0.3 },
];

export function BandView({ view, look }: { view: ResourcesView; look: MetricLook }) {
  const { groups, level, pidsOf } = view;
  const axis = useTimeAxis();
  const { hasTable } = useResourcesState();
  const select = useSelection((state) => state.select);
  const node = useSelection((state) => state.node);
  // Uses the settled range, so that the band is not computed again for each step of a wheel.
  const { fromUs, toUs } = axis.settled;
  const { curveOf } = useGroupCurves(groups);
  const steps = Math.max(10, Math.floor(axis.width / STEP_PX));
  const all = useMemo(() => groups.map(curveOf), [groups, curveOf]);
  const band = useMemo(() => bandOf(all, fromUs, toUs, steps), [all, fromUs, toUs, steps]);
  const outliers = useMemo(() => outliersOf(all, band, MOST_OUTLIERS), [all, band]);
  const greatest = useGreatest(groups, curveOf);
  const max = look.scaleTo(greatest);
  const { ref: area, height } = useSize<HTMLDivElement>();

  const named = useMemo(() => {
    const indices = outliers.map((each) => each.index);
    const selected = level === 'node' ? groups.findIndex((group) => group.node === node) : -1;
    return selected < 0 || indices.includes(selected) ? indices : [...indices, selected];
  }, [outliers, groups, level, node]);
  const curves = useMemo((): PlotCurve[] => {
    const { timesUs } = band;
    const edge = { token: 'series-1', width: 1, line: 0.5 };
    return [
      { key: 'max', curve: { timesUs, values: band.max }, ...edge },
      { key: 'min', curve: { timesUs, values: band.min }, ...edge },
      { key: 'high', curve: { timesUs, values: band.high }, ...edge, line: 0 },
      { key: 'low', curve: { timesUs, values: band.low }, ...edge, line: 0 },
      { key: 'median', curve: { timesUs, values: band.median }, token: 'series-1', width: 2 },
      ...named.map((index, at) => ({
        key: `node ${groups[index]?.key ?? ''}`,
        curve: all[index] ?? { timesUs: [], values: [] },
        ...curveLook(at + 1),
        width: groups[index]?.node === node ? 2.5 : 1.5,
      })),
    ];
  }, [band, named, groups, all, node]);

  const plotHeight = Math.max(1, height - TOP_PX - FOOT_PX);
  const pointer = useTimePointer(area, {
    wheel: 'zoom',
    onClick: (us: number, event: PointerEvent<HTMLElement>) => {
      const y = event.clientY - (area.current?.getBoundingClientRect().top ?? 0) - TOP_PX;
      const index = nearestCurve(all, us, max * (1 - y / plotHeight), (max * NEAR_PX) / plotHeight);
      const group = index === null ? undefined : groups[index];
      if (group !== undefined) select({ node: group.node, process: null, detail: 'node' });
    },
  });
  const swatchOf = useCallback(
    (group: SeriesGroup) => {
      const at = named.findIndex((index) => groups[index] === group);
      return at < 0 ? <span className="swatch" /> : <Swatch look={curveLook(at + 1)} />;
    },
    [named, groups],
  );
  return (
    <div className="resources__split">
      <div className="band-legend" style={{ paddingLeft: axis.left }}>
        <span className="band-legend__item">
          <Swatch look={{ token: 'series-1', dash: undefined }} /> median
        </span>
        <span className="band-legend__item">
          <span className="band-legend__fill band-legend__fill--half" /> middle half
        </span>
        <span className="band-legend__item">
          <span className="band-legend__fill" /> min to max of{' '}
          {formatCount(groups.length, level === 'node' ? 'node' : 'process', level === 'node' ? 'nodes' : 'processes')}
        </span>
        {named.map((index, at) => {
          const group = groups[index];
          const outlier = outliers.find((each) => each.index === index);
          if (group === undefined) return null;
          return (
            <span key={group.key} className="band-legend__item">
              <Swatch look={curveLook(at + 1)} />
              {group.process === null ? (
                <Value value={{ of: 'node', node: group.node }} />
              ) : (
                <Value value={{ of: 'process', node: group.node, process: group.process, pid: group.pid }}>
                  {group.node} · {group.process}
                </Value>
              )}
              {outlier !== undefined && (
                <span
                  className="soft"
                  title={`Its mean distance from the median is ${formatTimes(outlier.times)} that of a typical node.`}
                >
                  {outlier.distance > 0 ? 'above' : 'below'} by {look.format(Math.abs(outlier.distance))}
                </span>
              )}
            </span>
          );
        })}
        {outliers.length === 0 && groups.length >= 4 && <span className="faint">no outlier</span>}
      </div>
      <div ref={area} className="resources__area resources__area--plot" {...pointer.handlers}>
        {height > 0 && (
          <TimePlot height={height} top={TOP_PX} curves={curves} bands={bands} max={max} formatY={look.formatAxis} />
        )}
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
        <BandReadout band={band} groups={groups} look={look} />
      </div>
      {hasTable && <ValueTable groups={groups} look={look} curveOf={curveOf} pidsOf={pidsOf} swatchOf={swatchOf} />}
    </div>
  );
}
