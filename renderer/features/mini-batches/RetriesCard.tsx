/**
 * The card of mini-batches that were picked up more than once: when, how often, and how the later
 * attempts ended.
 */
import { useMemo } from 'react';
import { formatCount, formatNumber } from '../../base/format.ts';
import { StackedBars } from '../../charts/StackedBars.tsx';
import { useCase, useCursorUs, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { type CardProps, ChartCard } from './ChartCard.tsx';
import { CountsTip } from './CountsTip.tsx';
import { useMiniBatchesState } from './mini-batches-state.ts';
import { bucketTitle, rangeTicks, useChartRange, useTimeBars } from './use-over-time.ts';

export function RetriesCard({ filter, onJump }: CardProps) {
  const caseId = useCase((state) => state.caseId);
  const zone = useView((state) => state.zone);
  const cursorUs = useCursorUs();
  const { set } = useMiniBatchesState();
  const { fromUs, toUs, buckets } = useChartRange(filter);
  const { data, error } = useCommand(
    'analysis.retries',
    caseId === null ? null : { caseId, filter, fromUs, toUs, buckets: Math.max(1, Math.floor(buckets / 2)) },
  );
  const over = data?.overTime ?? { fromUs, toUs, bucketUs: 1, counts: [] };
  const time = useTimeBars(over);
  const bars = useMemo(() => {
    const { fromUs: from = 0, bucketUs = 1, counts = [] } = data?.overTime ?? {};
    return counts.map((each, index) => ({
      key: String(index),
      counts: each,
      label: bucketTitle(from + index * bucketUs, from + (index + 1) * bucketUs, zone),
    }));
  }, [data, zone]);
  const ticks = useMemo(() => rangeTicks(over.fromUs, over.toUs, zone), [over.fromUs, over.toUs, zone]);
  const retried = data?.byPicks.slice(2).reduce((sum, count) => sum + count, 0) ?? 0;
  const byAttempts = () => {
    set({ sort: 'attempts', descending: true });
    onJump(0);
  };
  return (
    <ChartCard
      name="retries"
      title="Retried"
      note={
        data === undefined
          ? ''
          : `${formatCount(retried, 'mini-batch', 'mini-batches')}, ${formatNumber(data.moved)} on another node`
      }
      error={error}
      isEmpty={data === undefined ? undefined : retried === 0}
      emptyText="No mini-batch was retried."
      picture={
        <StackedBars
          title="Retried mini-batches"
          label="Second and later attempts over time; Enter selects the range of a bar"
          bars={bars}
          ticks={ticks}
          tip={(index) => <CountsTip title={bars[index]?.label} counts={bars[index]?.counts ?? []} />}
          onPick={time.pick}
          onHover={time.hover}
          cursor={cursorUs === null ? null : (cursorUs - over.fromUs) / (over.toUs - over.fromUs)}
        />
      }
      table={
        <PlainTable noun="row" nouns="rows" fileName="retries" className="counts-table">
          <thead>
            <tr>
              <th scope="col">Picked up</th>
              <th scope="col" className="number">
                Mini-batches
              </th>
            </tr>
          </thead>
          <tbody>
            {data?.byPicks.map((count, picks) =>
              count === 0 ? null : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is the number of pick-ups
                <tr key={picks}>
                  <th scope="row">
                    <button type="button" className="counts-table__pick" onClick={byAttempts}>
                      {picks === 0 ? 'never' : picks === 1 ? 'once' : `${picks} times`}
                    </button>
                  </th>
                  <td className="number">{formatNumber(count)}</td>
                </tr>
              ),
            )}
          </tbody>
        </PlainTable>
      }
    />
  );
}
