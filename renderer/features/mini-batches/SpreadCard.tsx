/**
 * The card that shows how the attempts spread over nodes or processes. A click on a bar filters by
 * it.
 */
import { useMemo } from 'react';
import { formatCount, formatDuration } from '../../base/format.ts';
import { StackedBars } from '../../charts/StackedBars.tsx';
import { useCase, useNavigation } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Segments } from '../../widgets/Segments.tsx';
import { type CardProps, ChartCard } from './ChartCard.tsx';
import { CountsTable } from './CountsTable.tsx';
import { CountsTip } from './CountsTip.tsx';
import { useMiniBatchesState } from './mini-batches-state.ts';
import { spreadBars } from './spread-bars.ts';

const levels = [
  { value: 'node', title: 'nodes' },
  { value: 'process', title: 'processes' },
] as const;

export function SpreadCard({ filter }: CardProps) {
  const navigation = useNavigation();
  const caseId = useCase((state) => state.caseId);
  const { spreadBy, set } = useMiniBatchesState();
  const { data, error } = useCommand('analysis.spread', caseId === null ? null : { caseId, filter, by: spreadBy });
  const bars = useMemo(() => spreadBars(data ?? [], spreadBy), [data, spreadBy]);
  const rows = useMemo(() => spreadBars(data ?? [], spreadBy, Number.POSITIVE_INFINITY), [data, spreadBy]);
  const pick = (from: typeof bars) => (index: number) => {
    const bar = from[index];
    if (bar === undefined) return;
    const nodes = [...new Set(bar.rows.map((row) => row.node))];
    const pids = bar.rows.flatMap((row) => row.pid ?? []);
    navigation.navigate({
      filter: {
        node: { include: nodes, exclude: [] },
        ...(spreadBy === 'process' ? { pid: { include: pids, exclude: [] } } : {}),
      },
    });
  };
  const shared = bars.some((bar) => bar.rows.length > 1);
  return (
    <ChartCard
      name="spread"
      title="Attempts"
      note={
        data === undefined
          ? ''
          : `${spreadBy === 'node' ? formatCount(data.length, 'node') : formatCount(data.length, 'process', 'processes')}${shared ? `, ${bars[0]?.rows.length ?? 0} a bar` : ''}`
      }
      error={error}
      isEmpty={data === undefined ? undefined : data.length === 0}
      emptyText="No attempt in this range."
      tools={
        <Segments label="Spread over" choices={levels} value={spreadBy} onChoose={(by) => set({ spreadBy: by })} />
      }
      picture={
        <StackedBars
          title="Attempts"
          label={`Attempts of each ${spreadBy}; Enter filters by it`}
          bars={bars}
          tip={(index) => {
            const bar = bars[index];
            const only = bar?.rows.length === 1 ? bar.rows[0] : undefined;
            return (
              <CountsTip title={<SafeText text={bar?.label ?? ''} />} counts={bar?.counts ?? []}>
                {only !== undefined && (
                  <p className="soft">
                    busy {formatDuration(only.busySeconds)}, median {formatDuration(only.medianSeconds)}
                  </p>
                )}
              </CountsTip>
            );
          }}
          onPick={pick(bars)}
        />
      }
      table={
        <CountsTable
          first={spreadBy === 'node' ? 'Node' : 'Process'}
          rows={rows.map((bar) => ({
            key: bar.key,
            title: bar.label,
            counts: bar.counts,
            more: [
              formatDuration(bar.rows[0]?.busySeconds ?? null),
              formatDuration(bar.rows[0]?.medianSeconds ?? null),
            ],
          }))}
          more={['Busy', 'Median']}
          onPick={pick(rows)}
        />
      }
    />
  );
}
