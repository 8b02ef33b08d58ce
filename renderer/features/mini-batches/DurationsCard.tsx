/**
 * The durations card shows how long attempts took, by outcome, on a logarithmic scale. A click on a
 * bar sorts the table by duration and goes to the rows of the bar.
 */
import { useMemo } from 'react';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { outcomeLooks } from '../../base/looks.ts';
import { StackedBars } from '../../charts/StackedBars.tsx';
import { useCase, useStores } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { type CardProps, ChartCard } from './ChartCard.tsx';
import { CountsTip } from './CountsTip.tsx';
import { durationBars, shareOf } from './duration-bars.ts';
import { locateDuration } from './locate-duration.ts';
import { useMiniBatchesState } from './mini-batches-state.ts';

const BINS = 48;

export function DurationsCard({ filter, onJump }: CardProps) {
  const { client, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  const { set } = useMiniBatchesState();
  const { data, error } = useCommand('analysis.durations', caseId === null ? null : { caseId, filter, bins: BINS });
  const bars = useMemo(() => (data === undefined ? [] : durationBars(data)), [data]);
  const all = data?.quantiles.find((each) => each.outcome === null);
  const edges = data?.edges ?? [];
  const ticks = useMemo(
    () => [0, 0.5, 1].map((share) => ({ share, label: bars.length === 0 ? '' : formatDuration(edgeAt(bars, share)) })),
    [bars],
  );
  const marks = useMemo(
    () =>
      all === undefined || all.count < 5
        ? []
        : [
            { share: shareOf(bars, all.p50), label: 'p50' },
            { share: shareOf(bars, all.p95), label: 'p95' },
          ],
    [bars, all],
  );
  const pick = (index: number) => {
    const limit = bars[index]?.to;
    if (limit === undefined || caseId === null) return;
    set({ sort: 'durationSeconds', descending: true });
    const end = busy.begin('rows of a duration');
    const page = (start: number, count: number) =>
      client.call('batches.page', { caseId, filter, sort: 'durationSeconds', descending: true, start, count });
    page(0, 0)
      .then(({ total }) =>
        locateDuration(total, limit, async (at) => (await page(at, 1)).rows[0]?.durationSeconds ?? null),
      )
      .then(onJump, () => {})
      .finally(end);
  };
  return (
    <ChartCard
      name="durations"
      title="Durations"
      note={all === undefined ? '' : `median ${formatDuration(all.p50)}, longest ${formatDuration(all.max)}`}
      error={error}
      isEmpty={data === undefined ? undefined : edges.length === 0 || all === undefined || all.count === 0}
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
          onPick={pick}
        />
      }
      table={
        <PlainTable noun="outcome" nouns="outcomes" fileName="durations" className="counts-table">
          <thead>
            <tr>
              {['Outcome', 'Attempts', 'p05', 'p25', 'Median', 'p75', 'p95', 'p99', 'Longest'].map((title, at) => (
                <th key={title} scope="col" className={at === 0 ? undefined : 'number'}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data?.quantiles
              .filter((row) => row.count > 0)
              .map((row) => (
                <tr key={row.outcome ?? 'all'}>
                  <th scope="row">{row.outcome === null ? 'All' : outcomeLooks[row.outcome].word}</th>
                  <td className="number">{formatNumber(row.count)}</td>
                  {[row.p05, row.p25, row.p50, row.p75, row.p95, row.p99, row.max].map((seconds, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
                    <td key={at} className="number">
                      {formatDuration(seconds)}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </PlainTable>
      }
    />
  );
}

function edgeAt(bars: readonly { from: number; to: number }[], share: number): number {
  const at = Math.round(share * bars.length);
  return at >= bars.length ? (bars.at(-1)?.to ?? 0) : (bars[at]?.from ?? 0);
}
