/**
 * The legend of the progress curve: what its lines mean, with their values at the cursor or
 * otherwise at the end.
 */
import { formatNumber } from '../../base/format.ts';
import { formatClock } from '../../base/format-time.ts';
import { useCursorUs, useView } from '../../state/StoresContext.tsx';
import { type CurvePoint, valueAt } from './progress-points.ts';

interface ProgressLegendProps {
  /** Finished and failed follow the filter; what the run itself reports covers everything. */
  isNarrowed: boolean;
  finished: readonly CurvePoint[];
  processed: readonly CurvePoint[];
  scheduled: readonly CurvePoint[];
  failed: readonly CurvePoint[];
  total: number | null;
  /** Totals of the whole run, whatever range is visible. */
  finishedInAll: number;
  failedInAll: number;
}

export function ProgressLegend({
  isNarrowed,
  finished,
  processed,
  scheduled,
  failed,
  total,
  finishedInAll,
  failedInAll,
}: ProgressLegendProps) {
  const us = useCursorUs();
  const zone = useView((state) => state.zone);
  const at = (curve: readonly CurvePoint[]) =>
    formatNumber((us === null ? curve.at(-1)?.value : valueAt(curve, us)) ?? null);
  const counted = (curve: readonly CurvePoint[], inAll: number) => (us === null ? formatNumber(inAll) : at(curve));
  return (
    <p className="progress-curve__legend">
      <strong>Progress</strong>
      <span className="soft">{us === null ? 'at the end' : `at ${formatClock(us, zone, 'second')}`}</span>
      {finishedInAll > 0 && (
        <span className="progress-curve__key">
          {counted(finished, finishedInAll)} finished
          {isNarrowed ? ', filtered' : total !== null && ` of ${formatNumber(total)}`}
        </span>
      )}
      {processed.length > 0 && (
        <span className="progress-curve__key progress-curve__key--processed">
          {at(processed)} reported as processed
        </span>
      )}
      {scheduled.length > 0 && (
        <span className="progress-curve__key progress-curve__key--scheduled">{at(scheduled)} scheduled</span>
      )}
      <span className="progress-curve__key progress-curve__key--failed">
        {failedInAll === 0 ? 'none' : counted(failed, failedInAll)} failed{isNarrowed && ', filtered'}
      </span>
    </p>
  );
}
