/**
 * Tests of the command line with the real engine on a sample run, compared with the run's truth and
 * a naive scan.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngineHost } from '../host/engine-host.ts';
import { type SampleTruth, writeSample } from '../sample/sample.ts';
import { captureCli } from './testing/capture.ts';

let dir = '';
let run = '';
let truth: SampleTruth;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'postrun-cli-'));
  run = join(dir, 'run');
  truth = await writeSample(run, { nodes: 2, processes: 2, miniBatches: 30, failure: 'run_exception', seed: 7 });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const cli = (...argv: string[]) =>
  captureCli([...argv, '--case-dir', join(dir, 'data')], (dataDir) => startEngineHost({ dataDir, workers: 1 }));
const json = async (...argv: string[]) => {
  const { stdout, stderr } = await cli(...argv, '--json');
  expect(stderr).toBe('');
  return JSON.parse(stdout);
};

/** Returns `file:line:text` of every line that contains the text, in path order. */
async function naive(text: string): Promise<string[]> {
  const entries = await readdir(run, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const path of paths) {
    const lines = (await readFile(path, 'utf8')).split(/\r?\n/);
    lines.forEach((line, index) => {
      const file = path.slice(run.length + 1).replaceAll('\\', '/');
      if (line.includes(text)) found.push(`${file}:${index + 1}:${line}`);
    });
  }
  return found.sort();
}

test('index reads the run once and finds the case again', async () => {
  const first = await json('index', run);
  expect(first).toMatchObject({ source: run, reused: false });
  expect(first.lines).toBeGreaterThan(500);
  expect(first.indexBytes).toBeGreaterThan(0);
  expect(await json('index', run)).toMatchObject({ case: first.case, reused: true, lines: first.lines });
});

test('info, batches and attempts agree with the truth', async () => {
  const info = await json('info', run);
  expect(info.status).toBe(truth.status);
  expect(info.nodes).toHaveLength(2);
  const attempts = await json('attempts', run);
  expect(attempts).toHaveLength(truth.totals.attempts.total);
  const batches = await json('batches', run);
  expect(batches).toHaveLength(truth.totals.miniBatches.scheduled);
});

test('search prints what a naive scan finds', async () => {
  for (const text of ['Traceback', 'mini batch', 'Process']) {
    const { stdout, status } = await cli('search', run, text, '--fixed', '--case-sensitive');
    const expected = await naive(text);
    expect(stdout.split('\n').filter(Boolean).sort()).toEqual(expected);
    expect(status).toBe(expected.length > 0 ? 0 : 1);
    expect((await json('search', run, text, '--fixed', '--case-sensitive', '--count')).matches).toBe(expected.length);
  }
});

test('files and resources are listed', async () => {
  const files = await json('files', run);
  expect(files.length).toBeGreaterThan(8);
  const series = await json('resources', run, '--metric', 'cpu_percent');
  for (const one of series) expect(one.points.length).toBeGreaterThan(0);
});

test('bad paths are errors of the person, in one line', async () => {
  const { status, stderr } = await cli('info', join(dir, 'nowhere'));
  expect(status).toBe(2);
  expect(stderr).toMatch(/^postrun: [^\n]+nowhere[^\n]*\n$/);
});
