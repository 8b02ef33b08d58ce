/**
 * The processes of one node as curves in one graph, with the attempts of the selected one behind
 * them. The table of values is the legend.
 */
import { useCallback, useMemo } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { TimePlot } from '../../charts/TimePlot.tsx';
import { useSize } from '../../charts/use-size.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { CurveTip } from './CurveTip.tsx';
import { curveLook } from './curve-looks.ts';
import { useResourcesState } from './resources-state.ts';
import { Swatch } from './Swatch.tsx';
import type { SeriesGroup } from './series-groups.ts';
import { TOP_PX, useCurvePlot } from './use-curve-plot.ts';
import { type Failures, useAttemptSpans } from './use-events.ts';
import { useGroupSelection } from './use-group-selection.ts';
import { useHoveredCurve } from './use-hovered-curve.ts';
import { type ResourcesView, useGreatest, useGroupCurves } from './use-resources.ts';
import { ValueTable } from './ValueTable.tsx';

export interface NodeProcessesProps {
  view: ResourcesView;
  look: MetricLook;
  failures: Failures;
  node: string;
}

export function NodeProcesses({ view, look, failures, node }: NodeProcessesProps) {
  const { pidsOf } = view;
  const { hasEvents } = useResourcesState();
  const groups = useMemo(() => view.groups.filter((group) => group.node === node), [view.groups, node]);
  const { curveOf } = useGroupCurves(groups);
  const all = useMemo(() => groups.map(curveOf), [groups, curveOf]);
  const max = look.scaleTo(useGreatest(groups, curveOf));
  const { ref: area, height } = useSize<HTMLDivElement>();
  const { activeOf, choose } = useGroupSelection(pidsOf);
  const activeIndex = activeOf(groups);
  const active = groups[activeIndex];
  const spans = useAttemptSpans(hasEvents && active !== undefined ? { node: active.node, pids: pidsOf(active) } : null);
  const plot = useCurvePlot(area, height, all, max);
  const { hovered, pointer } = useHoveredCurve(area, plot, all, (index) => choose(groups[index]));
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
  const swatchOf = useCallback(
    (group: SeriesGroup) => <Swatch look={curveLook(Math.max(0, groups.indexOf(group)))} />,
    [groups],
  );
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
            marks={failures.marksOf(node, null)}
          />
        )}
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
        {hovered !== null && over !== undefined && pointer.brush === null && (
          <CurveTip x={hovered.x} y={hovered.y} title={over.process ?? over.node} look={look} curve={curveOf(over)} />
        )}
        {active !== undefined && hasEvents && <Caption process={active.process ?? ''} />}
      </div>
      <ValueTable groups={groups} look={look} curveOf={curveOf} pidsOf={pidsOf} swatchOf={swatchOf} />
    </div>
  );
}

/** Says whose attempts are behind the curves. */
function Caption({ process }: { process: string }) {
  const axis = useTimeAxis();
  return (
    <p className="resources__caption" style={{ left: axis.left + 6 }}>
      Behind the curves: the attempts of <SafeText text={process} />
    </p>
  );
}
