import { formatNumber } from '../../base/format.ts';
import { formatClock } from '../../base/format-time.ts';
import { useCursorUs, useView } from '../../state/StoresContext.tsx';
import type { Failures } from '../../state/use-failures.ts';
import { type CurvePoint, valueAt } from './progress-points.ts';

interface ProgressLegendProps {
  /** Finished and failed ones are those that the filter leaves; what the run reports is of all. */
  isNarrowed: boolean;
  finished: readonly CurvePoint[];
  processed: readonly CurvePoint[];
  scheduled: readonly CurvePoint[];
  failed: readonly CurvePoint[];
  total: number | null;
  failures: Failures;
}

/** What the lines mean, with their values at the cursor, else at the end. */
export function ProgressLegend({
  isNarrowed,
  finished,
  processed,
  scheduled,
  failed,
  total,
  failures,
}: ProgressLegendProps) {
  const us = useCursorUs();
  const zone = useView((state) => state.zone);
  const at = (curve: readonly CurvePoint[]) =>
    formatNumber((us === null ? curve.at(-1)?.value : valueAt(curve, us)) ?? null);
  const isCut = failures.total > failures.rows.length;
  return (
    <p className="progress-curve__legend">
      <strong>Progress</strong>
      <span className="soft">{us === null ? 'at the end' : `at ${formatClock(us, zone, 'second')}`}</span>
      {finished.length > 0 && (
        <span className="progress-curve__key">
          {at(finished)} finished{isNarrowed ? ', filtered' : total !== null && ` of ${formatNumber(total)}`}
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
        {failed.length === 0 ? 'none' : at(failed)} failed{isNarrowed && ', filtered'}
        {isCut && ` (the first ${formatNumber(failures.rows.length)} of ${formatNumber(failures.total)})`}
      </span>
    </p>
  );
}
