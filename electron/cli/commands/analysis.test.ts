/**
 * Tests the output of the analysis commands on a sample run against its truth and the shapes of the
 * contract.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngineHost } from '../../host/engine-host.ts';
import { type SampleTruth, writeSample } from '../../sample/sample.ts';
import { captureCli } from '../testing/capture.ts';

let dir = '';
let run = '';
let good = '';
let truth: SampleTruth;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'postrun-cli-analysis-'));
  run = join(dir, 'run');
  good = join(dir, 'good');
  truth = await writeSample(run, { nodes: 2, processes: 2, miniBatches: 30, failure: 'run_exception', seed: 7 });
  await writeSample(good, { nodes: 2, processes: 2, miniBatches: 30, seed: 7 });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const cli = (...argv: string[]) =>
  captureCli([...argv, '--case-dir', join(dir, 'data')], (dataDir) => startEngineHost({ dataDir, workers: 1 }));
const json = async (...argv: string[]) => {
  const { stdout, stderr, status } = await cli(...argv, '--json');
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return JSON.parse(stdout);
};

test('signatures are the groups of the contract, the first cause first', async () => {
  const all = await json('signatures', run);
  expect(all[0]).toMatchObject({
    id: expect.stringMatching(/^v1:[0-9a-f]{16}$/),
    template: expect.any(String),
    count: expect.any(Number),
    firstAt: expect.stringMatching(/Z$/),
    lastAt: expect.stringMatching(/Z$/),
    nodes: expect.arrayContaining([expect.any(String)]),
    pids: expect.arrayContaining([expect.any(Number)]),
    miniBatches: expect.arrayContaining([expect.any(String)]),
    example: { file: expect.any(String), line: expect.any(Number), text: expect.any(String) },
    role: 'primary',
  });
  expect(await json('signatures', run, '--limit', '1')).toEqual([all[0]]);
  expect((await cli('signatures', run, '--csv')).stdout.split('\r\n')[0]).toMatch(/^id,template,count/);
  expect((await cli('signatures', run)).stdout).toContain(all[0].id);
});

test('stragglers and timeline are one document each', async () => {
  expect(await json('stragglers', run)).toMatchObject({
    medianSeconds: expect.any(Number),
    attempts: expect.any(Array),
    nodes: [{ node: expect.any(String) }, { node: expect.any(String) }],
    workerSeconds: { busy: expect.any(Number) },
  });
  const line = await json('timeline', run, '--buckets', '10');
  expect(line.ended.buckets).toHaveLength(10);
  const ended = line.ended.buckets.reduce(
    (sum: number, bucket: Record<string, number>) => sum + (bucket.succeeded ?? 0),
    0,
  );
  expect(ended).toBe(truth.totals.miniBatches.succeeded);
  expect(line.marks.map((mark: { kind: string }) => mark.kind)).toContain('first_failure');
  expect((await cli('timeline', run)).stdout).toMatch(/SINCE START/);
  expect((await cli('stragglers', run)).stdout).toMatch(/Median attempt/);
});

test('compare opens both runs', async () => {
  const both = await json('compare', good, run);
  expect(both).toMatchObject({
    a: { source: good, status: 'succeeded' },
    b: { source: run, status: 'failed' },
    signatures: { new: expect.any(Array), gone: [], more: expect.any(Array), fewer: expect.any(Array) },
  });
  expect(both.signatures.new.length).toBeGreaterThan(0);
  expect((await cli('compare', good, run)).stdout).toMatch(/status +succeeded +failed/);
});

test('a run that is not there is an error, also as the second', async () => {
  const { status, stdout } = await cli('compare', run, join(dir, 'nothing'), '--json');
  expect(status).toBe(2);
  expect(JSON.parse(stdout).error.code).toBe('not_found');
});

test('numbers from lines have figures for each node', async () => {
  const found = await json('numbers', run, 'p=([0-9.]+)', '--by', 'node');
  expect(found).toMatchObject({
    unread: 0,
    untimed: 0,
    from: expect.stringMatching(/Z$/),
    bucketSeconds: expect.any(Number),
  });
  expect(found.groups.map((group: { node: string }) => group.node).toSorted()).toEqual(
    truth.nodes.map(({ node }) => node).toSorted(),
  );
  const counts = found.groups.map((group: { count: number }) => group.count);
  expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(found.all.count);
  const csv = (await cli('numbers', run, 'p=([0-9.]+)', '--csv')).stdout.split('\r\n');
  expect(csv.slice(0, 2)).toEqual([
    'count,min,median,p95,max',
    ['count', 'min', 'median', 'p95', 'max'].map((name) => found.all[name]).join(','),
  ]);
  expect((await cli('numbers', run, 'no such (\\d+)')).status).toBe(1);
});
