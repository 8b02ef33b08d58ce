/**
 * Series groups are the curves to show: the series of a metric, grouped by node or by process and
 * narrowed by the filter.
 */

import type { ProcessRow } from '../../../electron/contract/batch-records.ts';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import type { SeriesInfo } from '../../../electron/contract/series-records.ts';
import { compareMetrics, type MetricLook, metricLook } from '../../charts/metrics.ts';
import type { Filter } from '../../state/filter.ts';

export type SeriesLevel = 'node' | 'process';

/** The series of one metric of one node or process. Several files can each hold one. */
export interface SeriesGroup {
  key: string;
  node: string;
  /** Null for a whole node. */
  process: string | null;
  pid: number | null;
  infos: readonly SeriesInfo[];
}

const isOf = (level: SeriesLevel) => (info: SeriesInfo) =>
  (level === 'process') === (info.process !== null || info.pid !== null);

/** Returns the metrics that nodes or processes have, in the order of the picker. */
export function metricsOf(series: readonly SeriesInfo[], level: SeriesLevel): MetricLook[] {
  const looks = new Map<string, MetricLook>();
  for (const info of series.filter(isOf(level))) {
    if (!looks.has(info.metric)) looks.set(info.metric, metricLook(info));
  }
  return [...looks.values()].sort(compareMetrics);
}

/** Returns the chosen metric or, if this level names it differently, the first metric like it. */
export function chooseMetric(looks: readonly MetricLook[], wanted: MetricLook | null): MetricLook | null {
  return (
    looks.find((look) => look.metric === wanted?.metric) ??
    looks.find((look) => look.group === wanted?.group && look.unit === wanted.unit) ??
    looks.find((look) => look.group === wanted?.group) ??
    looks[0] ??
    null
  );
}

const byName = new Intl.Collator('en', { numeric: true });

export function groupsOf(series: readonly SeriesInfo[], level: SeriesLevel, metric: string): SeriesGroup[] {
  const groups = new Map<string, SeriesGroup & { infos: SeriesInfo[] }>();
  for (const info of series) {
    if (info.metric !== metric || !isOf(level)(info)) continue;
    const key = level === 'node' ? info.node : `${info.node} ${info.process ?? ''} ${info.pid ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) {
      const { node, process, pid } = info;
      groups.set(key, { key, node, process: level === 'node' ? null : process, pid, infos: [info] });
    } else group.infos.push(info);
  }
  return [...groups.values()].sort(
    (a, b) =>
      byName.compare(a.node, b.node) || byName.compare(a.process ?? '', b.process ?? '') || (a.pid ?? 0) - (b.pid ?? 0),
  );
}

const noPids: number[] = [];

/**
 * Returns a function that gives the pids of a process by its name on its node, since samples often
 * give only the name.
 */
export function pidsByProcess(processes: readonly ProcessRow[]): (group: SeriesGroup) => number[] {
  const pids = new Map<string, number[]>();
  for (const row of processes) {
    if (row.pid === null || row.process === null) continue;
    const key = `${row.node} ${row.process}`;
    const known = pids.get(key);
    if (known === undefined) pids.set(key, [row.pid]);
    else if (!known.includes(row.pid)) known.push(row.pid);
  }
  // Returns the same array each time, so that nothing that depends on it is computed again.
  const own = new Map<number, number[]>();
  return ({ node, process, pid }) => {
    if (pid === null) return pids.get(`${node} ${process}`) ?? noPids;
    const known = own.get(pid) ?? [pid];
    own.set(pid, known);
    return known;
  };
}

/** Keeps what the global filter leaves: nodes by any of their names, processes by their pids. */
export function filterGroups(
  groups: readonly SeriesGroup[],
  filter: Filter,
  pidsOf: (group: SeriesGroup) => number[],
  nodes: RunInfo['nodes'],
): SeriesGroup[] {
  const { node, pid } = filter;
  const shownAs = new Map(nodes.flatMap((each) => each.aliases.map((alias) => [alias, each.node])));
  const include = node.include.map((name) => shownAs.get(name) ?? name);
  const exclude = node.exclude.map((name) => shownAs.get(name) ?? name);
  return groups.filter((group) => {
    if (include.length > 0 && !include.includes(group.node)) return false;
    if (exclude.includes(group.node)) return false;
    if (group.process === null && group.pid === null) return true;
    const pids = pidsOf(group);
    if (pid.include.length > 0 && !pids.some((each) => pid.include.includes(each))) return false;
    return pids.length === 0 || !pids.every((each) => pid.exclude.includes(each));
  });
}

/** Sorts groups by a value, the greatest first. Groups without a value come last. */
export function greatestFirst(
  groups: readonly SeriesGroup[],
  sizeOf: (group: SeriesGroup) => number | null,
): SeriesGroup[] {
  return groups
    .map((group) => ({ group, value: sizeOf(group) ?? -1 }))
    .sort((a, b) => b.value - a.value)
    .map((each) => each.group);
}
