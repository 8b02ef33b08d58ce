/**
 * A run whose nodes' clocks are a minute apart, read as written and on one clock, in every view
 * that has times.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClockChoice } from '../contract/filter.ts';
import { TestEngine } from './testing/open-run.ts';

const START = Date.UTC(2022, 4, 17, 8, 30, 0);
const us = (seconds: number) => Math.round((START + seconds * 1000) * 1000);
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString().slice(0, -1);
const stamp = (seconds: number) => iso(seconds).replace('T', ' ').replace('.', ',');

/** Seconds by which each node's clock is ahead of the master's, which runs beside node 0. */
const skews = [0, 60, -90];
const pids = [40, 41, 42];
/**
 * True times of pick-ups: each node does 12 mini-batches of 4 s, in turn. The last of node 1
 * raises, then the last of node 2.
 */
const picks = Array.from({ length: 36 }, (_, batch) => ({
  batch,
  node: batch % 3,
  at: 20 + Math.floor(batch / 3) * 10 + (batch % 3),
}));
const bad = new Set([34, 35]);

let dir = '';
let engine: TestEngine;
let caseId = '';

function files(): Record<string, string[]> {
  const logs: Record<string, string[]> = { 'logs/sys/master_role.0.txt': [] };
  const master: [number, string][] = [[5, 'INFO|93|140501711763200|Start scheduling.']];
  for (const { batch, node, at } of picks) {
    const path = `logs/sys/node/${node}/process00${node}.txt`;
    const lines = logs[path] ?? [];
    logs[path] = lines;
    const own = at + (skews[node] ?? 0);
    const prefix = `|DEBUG|${pids[node]}|140211003004672|`;
    lines.push(`${stamp(own)}${prefix}Got task ${batch}.`);
    if (bad.has(batch)) {
      lines.push(
        `${stamp(own + 2)}|ERROR|${pids[node]}|140211003004672|Failed to process task {"id": ${batch}, "dequeue_count": 1} with error 'key ${batch}'. Detail: Traceback (most recent call last):`,
      );
      lines.push('  File "score.py", line 7, in run', `KeyError: 'key ${batch}'`);
    } else {
      lines.push(
        `${stamp(own + 4)}${prefix}Batch processing completed. Total count: 10, success count: 10, processing time: 4.0, run method time: 3.9`,
      );
      master.push([
        at + 4.05,
        `DEBUG|93|140501711763200|Got a message from worker: {"id": ${batch}, "dequeue_count": 1, "total": 10, "succeeded": 10, "failed": 0, "ip": "${node}", "pid": ${pids[node]}, "start_time": ${START / 1000 + own}, "duration": 4.0, "process_time": 3.0, "run_method_time": 3.9, "status": 99}.`,
      ]);
    }
  }
  master.push([
    200,
    'ERROR|93|140501711763200|Exception occurred executing job: The number of failed items is 20, which exceeds error threshold 5.',
  ]);
  logs['logs/sys/master_role.0.txt'] = master.sort(([a], [b]) => a - b).map(([at, text]) => `${stamp(at)}|${text}`);
  for (const node of [0, 1, 2]) {
    logs[`logs/sys/perf/${node}/node_resource_usage.csv`] = [
      'Utc Time,Cpu Percent',
      ...[0, 60, 120].map((at) => `${iso(at + (skews[node] ?? 0))},${10 + node}`),
    ];
  }
  return logs;
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-clocks-'));
  for (const [path, lines] of Object.entries(files())) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), `${lines.join('\n')}\n`);
  }
  engine = new TestEngine();
  caseId = await engine.open(dir);
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const truth = new Map(picks.map(({ batch, node, at }) => [String(batch), { node, at, own: at + (skews[node] ?? 0) }]));
const timeOf = (miniBatchId: string, clock: ClockChoice) => {
  const { at, own } = truth.get(miniBatchId) ?? { at: Number.NaN, own: Number.NaN };
  return clock === 'aligned' ? at : own;
};
/** A message's way. */
const NEAR = 100_000;

describe('clocks of nodes', () => {
  it('are told with their offsets where the evidence is good', async () => {
    const { clocks } = await engine.call('run.info', { caseId });
    expect(clocks.map(({ node }) => node)).toEqual(['1', '2']);
    expect(clocks[0]?.offsetSeconds).toBeCloseTo(60, 0);
    expect(clocks[1]?.offsetSeconds).toBeCloseTo(-90, 0);
  });

  it('what came first is the same mini-batch everywhere, by one clock', async () => {
    // As written, node 2 (its clock behind) raised long before; it did so last but one by the clock
    // of the master.
    const { firstCause } = await engine.call('run.info', { caseId });
    expect(firstCause?.miniBatchId).toBe('34');
    for (const clock of ['written', 'aligned'] as const) {
      const { marks } = await engine.call('analysis.lifeCycle', { caseId, clock });
      const first = marks.filter(({ kind }) => kind === 'first_failure');
      expect(first.map(({ message }) => message)).toEqual(['Mini-batch 34 failed, the first to go wrong.']);
    }
  });

  it.each(['written', 'aligned'] as const)('search in time order: %s', async (clock) => {
    const rows = await engine.search(caseId, { query: 'Got task', clock }, 'time');
    expect(rows).toHaveLength(36);
    const times = rows.map((row) => timeOf(/task (\d+)/.exec(row.text)?.[1] ?? '', clock));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const [k, row] of rows.entries()) {
      expect(Math.abs((row.timeUs ?? 0) - us(times[k] ?? 0))).toBeLessThan(NEAR);
      // The text, and the time beside it, are what is written.
      expect(row.text.startsWith(new Date((row.writtenUs ?? 0) / 1000).toISOString().slice(0, 10))).toBe(true);
    }
  });

  it.each(['written', 'aligned'] as const)('a range of times: %s', async (clock) => {
    const range = { fromUs: us(40.5), toUs: us(80.5), clock };
    const expected = picks.filter(({ batch }) => {
      const at = timeOf(String(batch), clock);
      return at >= 40.5 && at < 80.5;
    });
    expect(await engine.search(caseId, { query: 'Got task', ...range })).toHaveLength(expected.length);
    expect(
      (await engine.call('attempts.page', { caseId, filter: { ...range, fromUs: null }, start: 0, count: 100 })).total,
    ).toBe(picks.filter(({ batch }) => timeOf(String(batch), clock) < 80.5).length);
    const { counts } = await engine.call('timeline.activity', {
      caseId,
      filter: { kind: { include: ['worker'] }, clock },
      buckets: 4,
    });
    expect(Math.round(counts.flat().reduce((sum, count) => sum + count, 0))).toBe(36 * 2 + 4);
  });

  it.each(['written', 'aligned'] as const)('attempts, mini-batches and lanes: %s', async (clock) => {
    const { rows } = await engine.call('attempts.page', { caseId, filter: { clock }, start: 0, count: 100 });
    const starts = rows.map(({ startUs }) => startUs ?? 0);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    const batches = await engine.call('batches.page', { caseId, filter: { clock }, start: 0, count: 100 });
    for (const row of [...rows, ...batches.rows])
      expect(Math.abs((row.startUs ?? 0) - us(timeOf(row.miniBatchId, clock)))).toBeLessThan(NEAR);
    expect(batches.rows.map(({ startUs }) => startUs)).toEqual(starts);
    const one = await engine.call('batches.get', { caseId, miniBatchId: '4', clock });
    expect(Math.abs((one?.attempts[0]?.startUs ?? 0) - us(timeOf('4', clock)))).toBeLessThan(NEAR);
    const lanes = await engine.call('analysis.lanes', { caseId, filter: { clock }, width: 1_000 });
    const [from, to] = clock === 'aligned' ? [20, 136] : [-68, 195];
    expect(Math.abs(lanes.fromUs - us(from))).toBeLessThan(NEAR * 20);
    expect(Math.abs(lanes.toUs - us(to))).toBeLessThan(NEAR * 60);
    expect(lanes.bars.filter((_, k) => k % 6 === 4).reduce((sum, count) => sum + count, 0)).toBe(36);
  });

  it.each(['written', 'aligned'] as const)('graphs: %s', async (clock) => {
    const series = await engine.call('resources.list', { caseId, clock });
    expect(series).toHaveLength(3);
    const points = await engine.call('resources.points', {
      caseId,
      seriesIds: series.map(({ seriesId }) => seriesId),
      maxPoints: 100,
      clock,
    });
    for (const { seriesId, timesUs } of points) {
      const node = Number(series.find((each) => each.seriesId === seriesId)?.node);
      const first = clock === 'aligned' ? 0 : (skews[node] ?? 0);
      expect(Math.abs((timesUs[0] ?? 0) - us(first))).toBeLessThan(NEAR);
    }
  });

  it.each(['written', 'aligned'] as const)('lines of a file: %s', async (clock) => {
    const list = await engine.call('files.list', { caseId });
    const fileId = list.find(({ path }) => path.endsWith('process001.txt'))?.fileId ?? 0;
    const { rows } = await engine.call('lines.page', { caseId, fileId, start: 0, count: 1, clock });
    const expected = us(timeOf('1', clock));
    expect(Math.abs((rows[0]?.timeUs ?? 0) - expected)).toBeLessThan(NEAR);
    expect(await engine.call('lines.atTime', { caseId, fileId, timeUs: expected + 5_000_000, clock })).toEqual({
      line: 2,
    });
  });

  it('errors: times of groups are on the clock that is asked for', async () => {
    const at = async (clock: ClockChoice) =>
      (await engine.call('analysis.signatures', { caseId, filter: { kind: {}, clock } })).find(({ chain }) =>
        chain.includes('KeyError'),
      );
    expect(((await at('written'))?.lastUs ?? 0) - ((await at('written'))?.firstUs ?? 0)).toBeGreaterThan(
      us(100) - us(0),
    );
    expect(((await at('aligned'))?.lastUs ?? 0) - ((await at('aligned'))?.firstUs ?? 0)).toBeLessThan(us(2) - us(0));
  });

  it.each(['written', 'aligned'] as const)('errors: moments of a group lie where its errors do: %s', async (clock) => {
    const filter = { kind: {}, clock };
    const group = (await engine.call('analysis.signatures', { caseId, filter })).find(({ chain }) =>
      chain.includes('KeyError'),
    );
    const ids = [group?.id ?? ''];
    const { fromUs, toUs } = await engine.call('analysis.signatureMoments', { caseId, filter, ids, buckets: 10 });
    expect([fromUs, toUs - 1]).toEqual([group?.firstUs, group?.lastUs]);
  });

  it('reports: the timeline spans what the clock that is asked for says', async () => {
    const of = async (clock: ClockChoice) => {
      const { report } = await engine.call('report.preview', { caseId, options: { clock } });
      const { fromAt, toAt } = report.timeline ?? { fromAt: '', toAt: '' };
      return { clock: report.clock, seconds: (Date.parse(toAt) - Date.parse(fromAt)) / 1000 };
    };
    const [written, aligned] = [await of('written'), await of('aligned')];
    expect([written.clock, aligned.clock]).toEqual(['written', 'aligned']);
    // Clocks that are 150 s apart stretch the run by as much.
    expect(written.seconds - aligned.seconds).toBeGreaterThan(100);
  });
});
