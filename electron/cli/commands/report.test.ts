/**
 * Tests of reports on the command line: options, exit statuses, and that a report leads back to its
 * lines.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngineHost } from '../../host/engine-host.ts';
import { writeSample } from '../../sample/sample.ts';
import { captureCli } from '../testing/capture.ts';

let dir = '';
let run = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'postrun-cli-report-'));
  run = join(dir, 'run');
  await writeSample(run, { nodes: 2, processes: 2, miniBatches: 20, failure: 'run_exception', seed: 7 });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const cli = (...argv: string[]) =>
  captureCli([...argv, '--case-dir', join(dir, 'data')], (dataDir) => startEngineHost({ dataDir, workers: 1 }));

test('writes by the ending of the file, says what was hidden, never replaces without --force', async () => {
  const path = join(dir, 'r.html');
  const first = await cli('report', run, '-o', path);
  expect(first.status).toBe(0);
  expect(first.stdout).toContain('hidden: ips 2');
  expect(await readFile(path, 'utf8')).not.toContain('10.0.0.4');
  const again = await cli('report', run, '-o', path, '--json');
  expect(again.status).toBe(2);
  expect(JSON.parse(again.stdout).error.code).toBe('exists');
  const forced = JSON.parse((await cli('report', run, '-o', path, '--force', '--json', '--no-redact')).stdout);
  expect(forced).toMatchObject({ path, format: 'html', redaction: { on: false } });
  expect(await readFile(path, 'utf8')).toContain('10.0.0.4');
});

test('a scope, a note, a title; to standard output', async () => {
  const { stdout, status } = await cli(
    'report',
    run,
    '-o',
    '-',
    '--format',
    'json',
    '--scope',
    'node:10.0.0.4',
    '--title',
    'T',
    '--note',
    'N',
    '--redact',
    'emails',
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ title: 'T', notes: 'N', scope: { kind: 'node', id: '10.0.0.4' } });
});

test.each([
  ['report', 'RUN'],
  ['report', 'RUN', '-o', 'x.pdf'],
  ['report', 'RUN', '-o', '-'],
  ['report', 'RUN', '-o', 'x.html', '--scope', 'pid:1'],
  ['report', 'RUN', '-o', 'x.html', '--redact', 'colours'],
  ['report', 'RUN', '-o', 'x.html', '--scope', 'batch:none'],
  ['open', 'nothing.html', '--source', 'RUN'],
  ['open', 'nothing.html'],
])('%s %s %s %s %s: an error, and nothing is written', async (...argv) => {
  const { status, stderr } = await cli(...argv.map((arg) => (arg === 'RUN' ? run : arg)));
  expect(status).toBe(2);
  expect(stderr).toMatch(/^postrun: .+\n$/);
  expect(existsSync('x.html')).toBe(false);
});

test('open finds the lines again, with one reference or all', async () => {
  const path = join(dir, 'o.json');
  await cli('report', run, '-o', path);
  const all = await cli('open', path, '--source', run, '--json');
  expect(all.status).toBe(0);
  const [first] = JSON.parse(all.stdout);
  const one = await cli('open', path, '--source', run, first.reference, '--context', '0');
  expect(one.stdout).toContain(first.lines.at(0)?.text ?? '?');
  expect((await cli('open', path, '--source', run, 'logs/none.txt:1')).status).toBe(1);
});
