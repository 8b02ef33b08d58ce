/**
 * Charts of two runs over each other: progress and throughput by the time since each run began, and
 * the durations of attempts. `compare-plots.ts` lays them out.
 */
import { useMemo } from 'react';
import type { Durations, OverTime } from '../../../electron/contract/analysis.ts';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatCompact, formatDuration } from '../../base/format.ts';
import { Plot } from '../../charts/Plot.tsx';
import { useCommand } from '../../state/use-command.ts';
import { durationsOver, progressOver, throughputOver } from './compare-plots.ts';

const HEIGHT = 150;
const BUCKETS = 120;
const THROUGHPUT_BUCKETS = 30;

export interface CompareChartsProps {
  a: { caseId: string; info: RunInfo };
  b: { caseId: string; info: RunInfo };
}

export function CompareCharts({ a, b }: CompareChartsProps) {
  const fine = useOverTime(a.caseId, b.caseId, BUCKETS);
  const coarse = useOverTime(a.caseId, b.caseId, THROUGHPUT_BUCKETS);
  const durations: [Durations | undefined, Durations | undefined] = [
    useCommand('analysis.durations', { caseId: a.caseId, bins: 40 }).data,
    useCommand('analysis.durations', { caseId: b.caseId, bins: 40 }).data,
  ];
  const [first, second] = durations;
  const specs = useMemo(
    () =>
      [
        fine === null ? null : progressOver(fine, formatCompact, formatDuration),
        coarse === null ? null : throughputOver(coarse, formatCompact, formatDuration),
        first === undefined || second === undefined
          ? null
          : durationsOver([first, second], formatCompact, formatDuration),
      ].filter((spec) => spec !== null),
    [fine, coarse, first, second],
  );
  return (
    <section className="comparison__charts" aria-label="Charts of both runs">
      {specs.map((spec) => (
        <Plot key={spec.title} spec={spec} height={HEIGHT} head={<strong>{spec.title}</strong>} />
      ))}
    </section>
  );
}

function useOverTime(a: string, b: string, buckets: number): [OverTime, OverTime] | null {
  const before = useCommand('analysis.overTime', { caseId: a, buckets }).data;
  const after = useCommand('analysis.overTime', { caseId: b, buckets }).data;
  return useMemo(() => (before === undefined || after === undefined ? null : [before, after]), [before, after]);
}
