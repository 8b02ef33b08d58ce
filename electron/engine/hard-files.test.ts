/**
 * Files that are hard to read: lines without end, files that could not be read at first, what is no
 * file at all.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWritable } from './store/open.ts';
import { onlyDatabase } from './testing/case-dump.ts';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
let engine: TestEngine;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-hard-'));
  // Threads take it from here when they start.
  process.env.POSTRUN_MAX_LINE_MB = '1';
  engine = new TestEngine();
});

afterEach(async () => {
  delete process.env.POSTRUN_MAX_LINE_MB;
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

it('a line longer than what is searched is one line, and those after it keep their numbers', async () => {
  const long = `start ${'x '.repeat(9 * 1024 * 1024)}end`;
  mkdirSync(join(dir, 'run'));
  writeFileSync(join(dir, 'run/a.log'), `first\n${long}\nneedle after\n${long}\nlast needle\n`);
  const lines = async (caseId: string, query: string) =>
    (await engine.search(caseId, { query })).map(({ line }) => line);
  // While nothing is indexed, and then from the index.
  const { caseId } = await engine.call('case.open', { path: join(dir, 'run') });
  await engine.call('case.cancel', { caseId });
  await engine.settle(caseId);
  expect(await lines(caseId, 'needle')).toEqual([3, 5]);
  expect(await lines(caseId, '')).toEqual([1, 2, 3, 4, 5]);
  await engine.call('case.resume', { caseId });
  await engine.settle(caseId);
  expect(await lines(caseId, '')).toEqual([1, 2, 3, 4, 5]);
  expect(await lines(caseId, 'needle')).toEqual([3, 5]);
  expect(await lines(caseId, 'start')).toEqual([2, 4]);
  const [file] = await engine.call('files.list', { caseId });
  expect(file?.lines).toBe(5);
  const page = await engine.call('lines.page', { caseId, fileId: file?.fileId ?? 0, start: 0, count: 5 });
  expect(page.rows.map((row) => row.text.slice(0, 12))).toEqual([
    'first',
    'start x x x ',
    'needle after',
    'start x x x ',
    'last needle',
  ]);
  const problems = await engine.call('problems.list', { caseId });
  expect(problems.map(({ kind, line, count }) => [kind, line, count])).toEqual([['long_line', 2, 2]]);
});

it('a last line of nothing but codes of a terminal is a line', async () => {
  mkdirSync(join(dir, 'run'));
  const texts: Record<string, string> = {
    a: '\b',
    b: 'x\n\u001b[0m',
    c: '\u001b[0m\n\b\b',
    d: 'x\u001b[0m',
    e: 'y\n\u001b[0m\n',
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(dir, 'run', `${name}.log`), text);
  const caseId = await engine.open(join(dir, 'run'));
  const files = await engine.call('files.list', { caseId });
  expect(files.map(({ lines }) => lines)).toEqual([1, 2, 2, 1, 2]);
  expect(await engine.search(caseId, {})).toHaveLength(8);
  for (const { path, fileId, lines } of files) {
    const { rows } = await engine.call('lines.page', { caseId, fileId, start: 0, count: 10, raw: true });
    expect(rows).toHaveLength(lines ?? 0);
    expect(rows.map(({ text }) => text).join('\n')).toBe(texts[path[0] ?? '']?.replace(/\n$/, ''));
  }
});

it('a file that could not be read is read as soon as it can be', async () => {
  mkdirSync(join(dir, 'run'));
  writeFileSync(join(dir, 'run/a.log'), 'needle\n');
  await engine.open(join(dir, 'run'));
  const db = openWritable(onlyDatabase(engine.dataDir));
  db?.prepare("UPDATE file SET state = 'failed'").run();
  db?.close();
  await engine.restart();
  const caseId = await engine.open(join(dir, 'run'));
  expect((await engine.call('files.list', { caseId })).map(({ state }) => state)).toEqual(['indexed']);
  expect(await engine.search(caseId, { query: 'needle' })).toHaveLength(1);
});

it('a pipe is refused at once', async () => {
  execFileSync('mkfifo', [join(dir, 'pipe')]);
  await expect(engine.open(join(dir, 'pipe'))).rejects.toMatchObject({ code: 'not_a_file' });
});

it.skipIf(process.platform !== 'linux')('a name that is not UTF-8 opens, is searched and keeps its place', async () => {
  mkdirSync(Buffer.concat([Buffer.from(`${dir}/run/`), Buffer.from('bfc0b7f9', 'hex')]), { recursive: true });
  const path = Buffer.concat([
    Buffer.from(`${dir}/run/`),
    Buffer.from('bfc0b7f9', 'hex'),
    Buffer.from('/caf\xe9.log', 'latin1'),
  ]);
  writeFileSync(path, 'needle\n'.repeat(20_000));
  writeFileSync(
    Buffer.concat([Buffer.from(`${dir}/run/`), Buffer.from([0xe9]), Buffer.from('.log')]),
    gzipSync('packed needle\n'),
  );
  const caseId = await engine.open(join(dir, 'run'));
  const files = await engine.call('files.list', { caseId });
  expect(files.map((file) => [file.path, file.lines])).toEqual([
    ['\\xbf\\xc0\\xb7\\xf9/caf\\xe9.log', 20_000],
    ['\\xe9.log', 1],
  ]);
  expect(await engine.search(caseId, { query: 'needle' })).toHaveLength(20_001);
  expect(
    await engine.search(caseId, { query: 'needle', file: { include: ['**/caf\\xe9.log'], exclude: [] } }),
  ).toHaveLength(20_000);
  appendFileSync(path, 'one more needle\n');
  await engine.call('case.refresh', { caseId });
  await engine.settle(caseId);
  expect(await engine.search(caseId, { query: 'needle' })).toHaveLength(20_002);
});

it('files come in natural order, in the list and in the hits', async () => {
  for (const name of ['p10.log', 'p9.log', 'p100.log', 'p1.log']) {
    mkdirSync(join(dir, 'run'), { recursive: true });
    writeFileSync(join(dir, 'run', name), 'needle\n');
  }
  const caseId = await engine.open(join(dir, 'run'));
  const files = await engine.call('files.list', { caseId });
  expect(files.map(({ path }) => path)).toEqual(['p1.log', 'p9.log', 'p10.log', 'p100.log']);
  const order = (await engine.search(caseId, { query: 'needle' })).map(({ fileId }) => fileId);
  expect(order).toEqual(files.map(({ fileId }) => fileId));
});
