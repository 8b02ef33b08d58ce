/**
 * The durations card shows how long attempts took, by outcome, on a logarithmic scale. A click on a
 * bar sorts the table by duration and goes to the rows of the bar.
 */
import { useMemo } from 'react';
import { formatDuration } from '../../base/format.ts';
import { StackedBars } from '../../charts/StackedBars.tsx';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { type CardProps, ChartCard } from './ChartCard.tsx';
import { CountsTip } from './CountsTip.tsx';
import { DurationsTable } from './DurationsTable.tsx';
import { durationBars, durationMarks, durationTicks } from './duration-bars.ts';
import { useJumpToDuration } from './use-jump-to-duration.ts';

const BINS = 48;

export function DurationsCard({ filter, onJump }: CardProps) {
  const caseId = useCase((state) => state.caseId);
  const { data, error } = useCommand('analysis.durations', caseId === null ? null : { caseId, filter, bins: BINS });
  const all = data?.quantiles.find((each) => each.outcome === null);
  const bars = useMemo(() => (data === undefined ? [] : durationBars(data)), [data]);
  const ticks = useMemo(() => durationTicks(bars), [bars]);
  const marks = useMemo(() => (all === undefined ? [] : durationMarks(bars, all)), [bars, all]);
  const jump = useJumpToDuration(filter, onJump);
  return (
    <ChartCard
      name="durations"
      title="Durations"
      note={all === undefined ? '' : `median ${formatDuration(all.p50)}, longest ${formatDuration(all.max)}`}
      error={error}
      isEmpty={data === undefined ? undefined : data.edges.length === 0 || all === undefined || all.count === 0}
      emptyText="No attempt with a duration in this range."
      picture={
        <StackedBars
          title="Durations of attempts"
          label="Durations of attempts; Enter goes to the rows of a bar"
          bars={bars}
          ticks={ticks}
          marks={marks}
          tip={(index) => (
            <CountsTip title={bars[index]?.label} counts={bars[index]?.counts ?? []}>
              <p className="soft">Click: the table from there, longest first</p>
            </CountsTip>
          )}
          onPick={(index) => {
            const bar = bars[index];
            if (bar !== undefined) jump(bar.to);
          }}
        />
      }
      table={<DurationsTable rows={data?.quantiles ?? []} />}
    />
  );
}
