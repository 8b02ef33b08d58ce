/**
 * A series row is the graph of one node or process, with its figures and the marks of its failed
 * attempts. Without a given curve, it asks for its own when it comes into view.
 */
import { useMemo } from 'react';
import { formatNumber } from '../../base/format.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { type Curve, summaryOf, valueAt } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimePlot } from '../../charts/TimePlot.tsx';
import type { TimeMark } from '../../charts/time-marks.ts';
import { useCursorUs } from '../../state/StoresContext.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import type { SeriesGroup } from './series-groups.ts';
import { badOutcomes, type Failures } from './use-events.ts';
import { useGroupCurves } from './use-resources.ts';

export interface SeriesRowProps {
  group: SeriesGroup;
  look: MetricLook;
  height: number;
  /** The top of the shared scale. With null, each row has its own. */
  max: number | null;
  failures: Failures;
  /** The pids that the process had; null for a node. */
  pids: readonly number[] | null;
  /** The curve to draw. With null, the row asks for its own. */
  curve: Curve | null;
  isLoading: boolean;
}

/** A row scrolled past faster does not ask for its curve. */
const REST_MS = 60;

export function SeriesRow(props: SeriesRowProps) {
  return props.curve === null ? <FetchedRow {...props} /> : <DrawnRow {...props} curve={props.curve} />;
}

function FetchedRow(props: SeriesRowProps) {
  const groups = useMemo(() => [props.group], [props.group]);
  const { curveOf, isLoading } = useGroupCurves(groups, { delayMs: REST_MS });
  return <DrawnRow {...props} curve={curveOf(props.group)} isLoading={isLoading} />;
}

function DrawnRow({ group, look, height, max, failures, pids, curve, isLoading }: SeriesRowProps & { curve: Curve }) {
  const axis = useTimeAxis();
  const summary = useMemo(() => summaryOf(curve, axis.fromUs, axis.toUs), [curve, axis.fromUs, axis.toUs]);
  const curves = useMemo(() => [{ key: group.key, curve, token: 'series-1', isFilled: true }], [group.key, curve]);
  const marks = failures.marksOf(group.node, pids);
  const count = (outcome: TimeMark['outcome']) =>
    marks.reduce((sum, mark) => sum + (mark.outcome === outcome ? mark.count : 0), 0);
  return (
    <div className="series-row" style={{ height }}>
      <div className="series-row__head" style={{ left: axis.left, width: axis.width }}>
        <span className="series-row__name ellipsis">
          {group.process === null ? (
            <Value isInList value={{ of: 'node', node: group.node }} />
          ) : (
            <Value isInList value={{ of: 'process', node: group.node, pid: group.pid, process: group.process }}>
              <SafeText text={`${group.node} · ${group.process}`} />
            </Value>
          )}
        </span>
        <CursorValue curve={curve} look={look} />
        <span className="series-row__figures soft">
          {badOutcomes.map(
            (outcome) =>
              count(outcome) > 0 && (
                <span key={outcome} className="series-row__failures">
                  <Mark of={{ outcome }} /> {formatNumber(count(outcome))}
                </span>
              ),
          )}
          {summary.last === null ? (
            <span className="faint">{isLoading ? '' : 'no samples in this range'}</span>
          ) : (
            <>
              <span>last {look.format(summary.last)}</span>
              <span>min {look.format(summary.min)}</span>
              <span>max {look.format(summary.max)}</span>
            </>
          )}
        </span>
      </div>
      <TimePlot
        height={height}
        top={22}
        curves={curves}
        max={max ?? look.scaleTo(summary.max ?? 0)}
        formatY={look.formatAxis}
        marks={marks}
      />
    </div>
  );
}

function CursorValue({ curve, look }: { curve: Curve; look: MetricLook }) {
  const us = useCursorUs();
  if (us === null) return null;
  const value = valueAt(curve, us);
  return <span className="series-row__cursor">{value === null ? 'no sample' : look.format(value)}</span>;
}
