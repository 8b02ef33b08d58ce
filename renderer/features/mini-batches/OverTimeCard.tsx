/**
 * The card of finished mini-batches over time, by outcome. A click on a bar narrows the filter to
 * its range.
 */
import { useMemo } from 'react';
import { formatDuration } from '../../base/format.ts';
import { StackedBars } from '../../charts/StackedBars.tsx';
import { useCase, useCursorUs, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { type CardProps, ChartCard } from './ChartCard.tsx';
import { CountsTable } from './CountsTable.tsx';
import { CountsTip } from './CountsTip.tsx';
import { bucketRow, bucketTitle, rangeTicks, useChartRange, useTimeBars } from './use-over-time.ts';

export function OverTimeCard({ filter }: CardProps) {
  const caseId = useCase((state) => state.caseId);
  const zone = useView((state) => state.zone);
  const cursorUs = useCursorUs();
  const { fromUs, toUs, buckets } = useChartRange(filter);
  const { data, error } = useCommand(
    'analysis.overTime',
    caseId === null ? null : { caseId, filter, fromUs, toUs, buckets, of: 'miniBatches' },
  );
  const range = data ?? { fromUs, toUs, bucketUs: 1, counts: [] };
  const time = useTimeBars(range);
  const bars = useMemo(
    () =>
      (data?.counts ?? []).map((counts, index) => {
        const from = (data?.fromUs ?? 0) + index * (data?.bucketUs ?? 1);
        const to = from + (data?.bucketUs ?? 1);
        return { key: String(from), counts, label: bucketTitle(from, to, zone), title: bucketRow(from, to, zone) };
      }),
    [data, zone],
  );
  const ticks = useMemo(() => rangeTicks(range.fromUs, range.toUs, zone), [range.fromUs, range.toUs, zone]);
  const isEmpty = data === undefined ? undefined : data.counts.every((counts) => counts.every((count) => count === 0));
  return (
    <ChartCard
      name="overTime"
      title="Finished over time"
      note={data === undefined ? '' : `in ${formatDuration(data.bucketUs / 1e6)}`}
      error={error}
      isEmpty={isEmpty}
      emptyText="None finished in this range."
      picture={
        <StackedBars
          title="Mini-batches finished over time"
          label="Mini-batches finished over time; Enter takes the range of a bar"
          bars={bars}
          ticks={ticks}
          tip={(index) => <CountsTip title={bars[index]?.label} counts={bars[index]?.counts ?? []} />}
          onPick={time.pick}
          onHover={time.hover}
          cursor={cursorUs === null ? null : (cursorUs - range.fromUs) / (range.toUs - range.fromUs)}
        />
      }
      table={
        <CountsTable
          first="Time"
          rows={bars.filter((bar) => bar.counts.some((count) => count > 0))}
          onPick={(index) => {
            const full = bars.filter((bar) => bar.counts.some((count) => count > 0));
            const bar = full[index];
            if (bar !== undefined) time.pick(bars.indexOf(bar));
          }}
        />
      }
    />
  );
}
