import { describe, expect, it } from 'vitest';
import type { ProcessRow } from '../../../electron/contract/batch-records.ts';
import type { SeriesInfo } from '../../../electron/contract/series-records.ts';
import { noFilter } from '../../state/filter.ts';
import { curveLook, nearestCurve } from './curve-looks.ts';
import { cellValue, rowHeight, rowsInSight, scrollTopFor } from './heat-cells.ts';
import { shownOf } from './resources-state.ts';
import { chooseMetric, filterGroups, greatestFirst, groupsOf, metricsOf, pidsByProcess } from './series-groups.ts';
import { isSelected, selectionOf } from './use-group-selection.ts';
import { sortRows, valueRows } from './value-rows.ts';

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

describe('groups and the selection', () => {
  const group = (process: string | null, pid: number | null) => ({ key: '', node: 'a', process, pid, infos: [] });
  const of = (process: string | null, pid: number | null) => ({ node: 'a', process: { node: 'a', process, pid } });
  it('select a node, or a process with its last pid', () => {
    expect(selectionOf(group(null, null), [])).toEqual({ node: 'a', process: null, detail: 'node' });
    expect(selectionOf(group('Process-1', null), [7, 9])).toMatchObject({
      process: { process: 'Process-1', pid: 9 },
      detail: 'process',
    });
    expect(selectionOf(group(null, 7), [7])).toMatchObject({ process: { process: null, pid: 7 }, detail: 'process' });
  });
  it('are active by their name, and without a name by their pid', () => {
    expect(isSelected(group(null, null), of('Process-1', 7))).toBe(true);
    expect(isSelected(group('Process-1', null), of('Process-1', 7))).toBe(true);
    expect(isSelected(group('Process-1', null), of('Process-2', 7))).toBe(false);
    expect(isSelected(group(null, 7), of(null, 7))).toBe(true);
    expect(isSelected(group(null, 8), of(null, 7))).toBe(false);
    expect(isSelected(group('Process-1', null), { node: 'a', process: null })).toBe(false);
  });
  it('come with the greatest value first, those without one last', () => {
    const groups = groupsOf(all, 'process', 'cpu_percent');
    const values = new Map([[groups[0], 3] as const, [groups[2], 5] as const]);
    const sorted = greatestFirst(groups, (each) => values.get(each) ?? null);
    expect(sorted).toEqual([groups[2], groups[0], groups[1]]);
  });
});

describe('the table of values', () => {
  const groups = groupsOf(all, 'process', 'cpu_percent');
  const rows = valueRows(
    groups,
    (group) => {
      const at = groups.indexOf(group);
      return at === 1 ? { timesUs: [], values: [] } : { timesUs: [0, 10], values: [at, at + 1] };
    },
    0,
    10,
  );
  const order = (column: string, descending: boolean) =>
    sortRows(rows, { column, descending }).map((row) => groups.indexOf(row.group));
  it('is in the order of the names, or of a figure with empty rows last', () => {
    expect([order('name', false), order('name', true)]).toEqual([
      [0, 1, 2],
      [2, 1, 0],
    ]);
    expect([order('max', false), order('max', true)]).toEqual([
      [0, 2, 1],
      [2, 0, 1],
    ]);
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
  it('scrolls a row into sight, and not at all if it is there', () => {
    expect(rowsInSight(100, 10, 25, 40)).toEqual({ first: 2, last: 7 });
    expect(rowsInSight(5, 10, 0, 400)).toEqual({ first: 0, last: 4 });
    expect([1, 3, 9].map((index) => scrollTopFor(index, 10, 25, 40))).toEqual([10, null, 60]);
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
