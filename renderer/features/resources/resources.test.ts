import { describe, expect, it } from 'vitest';
import type { ProcessRow, SeriesInfo } from '../../../electron/contract/records.ts';
import { noFilter } from '../../state/filter.ts';
import { curveLook, nearestCurve } from './curve-looks.ts';
import { cellValue, rowHeight } from './heat-cells.ts';
import { shownOf } from './resources-state.ts';
import { chooseMetric, filterGroups, groupsOf, metricsOf, pidsByProcess } from './series-groups.ts';

const base = { pid: null, unit: '%', counter: false, points: 2, fromUs: 0, toUs: 1, min: 0, max: 1, fileId: 1 };
let id = 0;
const series = (node: string, process: string | null, metric: string): SeriesInfo => ({
  ...base,
  seriesId: id++,
  node,
  process,
  metric,
});
const all = [
  series('10.0.0.10', null, 'cpu_percent'),
  series('10.0.0.9', null, 'cpu_percent'),
  series('10.0.0.9', null, 'memory_used_percent'),
  series('10.0.0.9', 'Process-10', 'cpu_percent'),
  series('10.0.0.9', 'Process-2', 'cpu_percent'),
  series('10.0.0.9', 'Process-2', 'memory_percent'),
  series('10.0.0.10', 'Process-2', 'cpu_percent'),
];
const processRow = (node: string, process: string, pid: number): ProcessRow => ({
  node,
  process,
  pid,
  startUs: null,
  endUs: null,
  exitCode: null,
  attempts: 0,
  succeeded: 0,
  failed: 0,
  busySeconds: 0,
  files: [],
});
const pidsOf = pidsByProcess([
  processRow('10.0.0.9', 'Process-2', 120),
  processRow('10.0.0.9', 'Process-2', 140),
  processRow('10.0.0.9', 'Process-10', 121),
]);

describe('groups of series', () => {
  it('are in the order of people: 9 before 10', () => {
    expect(groupsOf(all, 'node', 'cpu_percent').map((group) => group.node)).toEqual(['10.0.0.9', '10.0.0.10']);
    expect(groupsOf(all, 'process', 'cpu_percent').map((group) => group.process)).toEqual([
      'Process-2',
      'Process-10',
      'Process-2',
    ]);
  });
  it('keep the kind of the metric from nodes to processes', () => {
    const memory = metricsOf(all, 'node').find((look) => look.group === 'Memory') ?? null;
    expect(chooseMetric(metricsOf(all, 'process'), memory)?.metric).toBe('memory_percent');
    expect(chooseMetric(metricsOf(all, 'process'), null)?.metric).toBe('cpu_percent');
    expect(chooseMetric([], memory)).toBe(null);
  });
  it('are those of the filter, by any pid that a process had', () => {
    const groups = groupsOf(all, 'process', 'cpu_percent');
    const nodes = [{ node: '10.0.0.9', aliases: ['9'], processes: 1, miniBatches: 0, failed: 0 }];
    const named = (filter: Partial<typeof noFilter>) =>
      filterGroups(groups, { ...noFilter, ...filter }, pidsOf, nodes).map((group) => `${group.node} ${group.process}`);
    expect(named({ pid: { include: [140], exclude: [] } })).toEqual(['10.0.0.9 Process-2']);
    expect(named({ pid: { include: [], exclude: [120] } })).toHaveLength(3);
    expect(named({ pid: { include: [], exclude: [120, 140] } })).toHaveLength(2);
    expect(named({ node: { include: [], exclude: ['10.0.0.9'] } })).toEqual(['10.0.0.10 Process-2']);
    expect(named({ node: { include: [], exclude: ['9'] } })).toEqual(['10.0.0.10 Process-2']);
  });
});

describe('curves over each other', () => {
  it('look different, by dashes after eight colours', () => {
    const looks = new Set(Array.from({ length: 32 }, (_, i) => JSON.stringify(curveLook(i))));
    expect(looks.size).toBe(32);
  });
  it('are found by the nearest value, within reach only', () => {
    const curves = [10, 50].map((value) => ({ timesUs: [0, 10], values: [value, value] }));
    expect([nearestCurve(curves, 5, 48, 10), nearestCurve(curves, 5, 30, 10)]).toEqual([1, null]);
  });
});

describe('heat map', () => {
  it('fills the height with rows that can be told apart', () => {
    expect([rowHeight(4, 600), rowHeight(100, 600), rowHeight(2000, 600)]).toEqual([22, 6, 4]);
  });
  it('loses no peak', () => {
    const curve = { timesUs: [0, 1, 2, 3], values: [1, 9, 2, null] };
    expect([cellValue(curve, 0, 3), cellValue(curve, 2.6, 2.9)]).toEqual([9, null]);
  });
});

it('reads one metric or several from a link, each once', () => {
  expect(shownOf({})).toMatchObject({ metric: null, moreMetrics: [], mode: 'nodes', heatLevel: 'node' });
  expect(shownOf({ metric: 'cpu_percent', graph: 'heat' })).toMatchObject({ metric: 'cpu_percent', moreMetrics: [] });
  expect(shownOf({ metric: 'a, b\nc\na, b\n' })).toMatchObject({ metric: 'a, b', moreMetrics: ['c'] });
});
