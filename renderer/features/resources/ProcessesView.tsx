/**
 * The processes of one node as curves in one graph, with the attempts of the selected one behind
 * them. Without a node, `RowsView` shows one row per process.
 */
import { type PointerEvent, useCallback, useMemo, useState } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';
import { noCurve, valueAt } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { FOOT_PX, TimePlot } from '../../charts/TimePlot.tsx';
import { useSize } from '../../charts/use-size.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { useSelection } from '../../state/StoresContext.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { CurveTip } from './CurveTip.tsx';
import { curveLook, nearestCurve } from './curve-looks.ts';
import { RowsView } from './RowsView.tsx';
import { useResourcesState } from './resources-state.ts';
import { Swatch } from './Swatch.tsx';
import type { SeriesGroup } from './series-groups.ts';
import { type Failures, useAttemptSpans } from './use-events.ts';
import { type ResourcesView, useChosenNode, useGreatest, useGroupCurves } from './use-resources.ts';
import { ValueTable } from './ValueTable.tsx';

const TOP_PX = 12;
/** A curve within this many pixels of the pointer counts as under it. */
const NEAR_PX = 24;

interface Props {
  view: ResourcesView;
  look: MetricLook;
  failures: Failures;
}

export function ProcessesView(props: Props) {
  const { groups } = props.view;
  const chosen = useChosenNode(groups);
  const only = groups.every((group) => group.node === groups[0]?.node) ? (groups[0]?.node ?? null) : null;
  const node = chosen ?? only;
  return node === null ? <RowsView {...props} /> : <NodeProcesses {...props} node={node} />;
}

function NodeProcesses({ view, look, failures, node }: Props & { node: string }) {
  const { pidsOf } = view;
  const axis = useTimeAxis();
  const { hasEvents } = useResourcesState();
  const select = useSelection((state) => state.select);
  const process = useSelection((state) => state.process);
  const groups = useMemo(() => view.groups.filter((group) => group.node === node), [view.groups, node]);
  const { curveOf } = useGroupCurves(groups);
  const greatest = useGreatest(groups, curveOf);
  const max = look.scaleTo(greatest);
  const { ref: area, height } = useSize<HTMLDivElement>();
  const [hovered, setHovered] = useState<{ index: number; x: number; y: number } | null>(null);

  const activeIndex = groups.findIndex((group) => group.node === process?.node && group.process === process.process);
  const active = groups[activeIndex];
  const spans = useAttemptSpans(
    useMemo(
      () => (hasEvents && active !== undefined ? { node: active.node, pids: pidsOf(active) } : null),
      [hasEvents, active, pidsOf],
    ),
  );
  const marks = failures.marksOf(node, null);
  const strong = hovered?.index ?? (activeIndex < 0 ? null : activeIndex);
  const curves = useMemo(
    () =>
      groups.map((group, index) => ({
        key: group.key,
        curve: curveOf(group),
        ...curveLook(index),
        width: strong === index ? 2.5 : 1.25,
        opacity: strong === null || strong === index ? 1 : 0.45,
      })),
    [groups, curveOf, strong],
  );

  const plotHeight = Math.max(0, height - TOP_PX - FOOT_PX);
  const nearest = (us: number, event: PointerEvent<HTMLElement>) => {
    const y = event.clientY - (area.current?.getBoundingClientRect().top ?? 0) - TOP_PX;
    const value = max * (1 - y / Math.max(1, plotHeight));
    return nearestCurve(
      curves.map((each) => each.curve),
      us,
      value,
      (max * NEAR_PX) / Math.max(1, plotHeight),
    );
  };
  const choose = (index: number) => {
    const group = groups[index];
    if (group === undefined) return;
    select({
      node,
      process: { node, process: group.process, pid: pidsOf(group).at(-1) ?? null },
      detail: 'process',
    });
  };
  const pointer = useTimePointer(area, {
    wheel: 'zoom',
    onMove: (us, event) => {
      const index = nearest(us, event);
      const value = index === null ? null : valueAt(curves[index]?.curve ?? noCurve, us);
      if (index === null || value === null) setHovered(null);
      else setHovered({ index, x: axis.xOf(us), y: TOP_PX + plotHeight * (1 - value / max) });
    },
    onLeave: () => setHovered(null),
    onClick: (us, event) => {
      const index = nearest(us, event);
      if (index !== null) choose(index);
    },
  });
  const looks = useMemo(() => new Map(groups.map((group, index) => [group.key, index])), [groups]);
  const swatchOf = useCallback((group: SeriesGroup) => <Swatch look={curveLook(looks.get(group.key) ?? 0)} />, [looks]);
  const over = hovered === null ? undefined : groups[hovered.index];
  return (
    <div className="resources__split">
      <div ref={area} className="resources__area resources__area--plot" {...pointer.handlers}>
        {height > 0 && (
          <TimePlot
            height={height}
            top={TOP_PX}
            curves={curves}
            max={max}
            formatY={look.formatAxis}
            spans={spans}
            marks={marks}
          />
        )}
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
        {hovered !== null && over !== undefined && pointer.brush === null && (
          <CurveTip x={hovered.x} y={hovered.y} title={over.process ?? over.node} look={look} curve={curveOf(over)} />
        )}
        {active !== undefined && hasEvents && (
          <p className="resources__caption" style={{ left: axis.left + 6 }}>
            Behind the curves: the attempts of <SafeText text={active.process ?? ''} />
          </p>
        )}
      </div>
      <ValueTable groups={groups} look={look} curveOf={curveOf} pidsOf={pidsOf} swatchOf={swatchOf} />
    </div>
  );
}
