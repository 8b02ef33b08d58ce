/**
 * The summary of the visible range: attempts, busy time, CPU, memory, errors and lines of the
 * selected process, otherwise of everything that the filter leaves. It shows only while the range
 * is narrower than the run. Each figure leads to what it counts.
 */
import type { SeriesInfo, SeriesSummary } from '../../../electron/contract/series-records.ts';
import { aboutCount } from '../../base/about-count.ts';
import { formatCount, formatDuration, formatNumber } from '../../base/format.ts';
import { type MetricLook, metricLook } from '../../charts/metrics.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useSeriesList } from '../../charts/use-series.ts';
import { useCase, useFilter, useSelection } from '../../state/StoresContext.tsx';
import type { Step } from '../../state/step.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSearch } from '../../state/use-search.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';

const REST_MS = 150;

const cpuMetrics = ['cpu_percent'];
const memoryMetrics = ['memory_used_percent', 'memory_percent', 'memory_used'];

export function RangeSummary() {
  const axis = useTimeAxis();
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const process = useSelection((state) => state.process);
  const isNarrowed = axis.isZoomed || axis.filtered !== null;
  const fromUs = Math.round(Math.max(axis.fromUs, axis.filtered?.fromUs ?? axis.fromUs));
  const toUs = Math.max(fromUs + 1, Math.round(Math.min(axis.toUs, axis.filtered?.toUs ?? axis.toUs)));
  const one = <T,>(value: T) => ({ include: [value], exclude: [] });
  const within = {
    ...filter,
    query: '',
    ...(process === null
      ? {}
      : { node: one(process.node), ...(process.pid === null ? {} : { pid: one(process.pid) }) }),
    fromUs,
    toUs,
  };
  const asked = isNarrowed && caseId !== null ? { caseId, filter: within } : null;
  const attempts = useCommand('attempts.page', asked && { ...asked, start: 0, count: 0 }, { delayMs: REST_MS });
  const spread = useCommand('analysis.spread', asked, { delayMs: REST_MS });
  const lines = useCommand('timeline.activity', asked && { ...asked, fromUs, toUs, buckets: 1 }, { delayMs: REST_MS });
  // The engine counts activity per block of lines, which is good enough for thousands of lines but
  // not for a few errors.
  const errors = useSearch(asked === null ? null : { ...within, minLevel: 'error' }, 'file', null, {
    restMs: REST_MS,
  });
  const cpu = useQuantiles(cpuMetrics, isNarrowed, fromUs, toUs);
  const memory = useQuantiles(memoryMetrics, isNarrowed, fromUs, toUs);
  if (!isNarrowed) return null;
  const counts = lines.data?.counts.map((level) => level.reduce((sum, count) => sum + count, 0)) ?? [];
  const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
  const busy = sum(spread.data?.map((row) => row.busySeconds) ?? []);
  const to = (view: string, more: Step = {}): Step => ({ ...more, view, filter: { ...within, ...more.filter } });
  const graph = (metric: string | null): Step =>
    to('resources', { options: { metric: metric ?? '', graph: process === null ? '' : 'processes' } });
  return (
    <section className="range-summary" aria-label="Summary of the range">
      <span>
        <strong>
          <TimeText us={fromUs} /> – <TimeText us={toUs} />
        </strong>{' '}
        <span className="soft">
          {formatDuration((toUs - fromUs) / 1e6)}
          {process !== null && ` · ${process.process ?? `pid ${process.pid}`} on ${process.node}`}
        </span>
      </span>
      <dl className="range-summary__figures">
        <Figure title="Attempts">
          <GoTo to={to('mini-batches')}>{formatNumber(attempts.data?.total ?? null)}</GoTo>
        </Figure>
        <Figure title="Busy time">
          <GoTo to={to('mini-batches')}>{formatDuration(spread.data === undefined ? null : busy)}</GoTo>
        </Figure>
        <Spread title="CPU" of={cpu} to={graph(cpu?.look.metric ?? null)} />
        <Spread title="Memory" of={memory} to={graph(memory?.look.metric ?? null)} />
        <Figure title="Errors">
          <GoTo to={to('logs', { filter: { minLevel: 'error' } })}>
            {errors.state?.complete === true && !errors.isStale ? formatCount(errors.state.matches, 'line') : '–'}
          </GoTo>
        </Figure>
        <Figure title="Lines">
          <GoTo to={to('logs')}>{lines.data === undefined ? '–' : aboutCount(sum(counts))}</GoTo>
        </Figure>
      </dl>
    </section>
  );
}

function Figure({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface Measured {
  look: MetricLook;
  of: SeriesSummary;
}

function Spread({ title, of, to }: { title: string; of: Measured | null; to: Step }) {
  if (of === null) return null;
  const { look } = of;
  const { min, median, p95, max } = of.of;
  return (
    <Figure title={`${title}: min · median · p95 · max`}>
      <GoTo to={to} title={formatCount(of.of.count, 'sample')}>
        {[min, median, p95, max].map((value) => look.format(value)).join(' · ')}
      </GoTo>
    </Figure>
  );
}

/**
 * Returns samples of the first available metric, for the selected process or otherwise the nodes.
 */
function useQuantiles(metrics: readonly string[], isWanted: boolean, fromUs: number, toUs: number): Measured | null {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const process = useSelection((state) => state.process);
  const { series } = useSeriesList();
  const isOwn = (info: SeriesInfo) =>
    process === null
      ? info.process === null &&
        info.pid === null &&
        !filter.node.exclude.includes(info.node) &&
        (filter.node.include.length === 0 || filter.node.include.includes(info.node))
      : info.node === process.node &&
        (info.pid === null ? info.process !== null && info.process === process.process : info.pid === process.pid);
  const metric = metrics.find((each) => series.some((info) => info.metric === each && isOwn(info)));
  const infos = isWanted ? series.filter((info) => info.metric === metric && isOwn(info)) : [];
  const { data } = useCommand(
    'resources.summary',
    caseId === null || infos.length === 0
      ? null
      : { caseId, seriesIds: infos.map((info) => info.seriesId), fromUs, toUs },
    { delayMs: REST_MS },
  );
  const [first] = infos;
  return data == null || first === undefined ? null : { look: metricLook(first), of: data };
}
