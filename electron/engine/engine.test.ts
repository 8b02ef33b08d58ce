import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilterInput } from '../contract/filter.ts';
import { writeSample } from '../sample/sample.ts';
import { zipFolder } from '../sample/testing/zip.ts';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
let run = '';
let zip = '';
let engine: TestEngine;
let folderCase = '';
let zipCase = '';

/** All lines of all files by path, read as plainly as can be. */
function readLines(root: string): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'utf8');
    const parts = text.split('\n');
    if (parts.at(-1) === '') parts.pop();
    lines.set(
      path.slice(root.length + 1),
      parts.map((line) => line.replace(/\r$/, '')),
    );
  }
  return lines;
}

function naive(matches: (line: string, path: string) => boolean): string[] {
  const found: string[] = [];
  for (const [path, lines] of readLines(run)) {
    lines.forEach((line, k) => {
      if (matches(line, path)) found.push(`${path}:${k + 1}:${line.slice(0, 200)}`);
    });
  }
  return found.sort();
}

async function found(caseId: string, filter: FilterInput, order: 'time' | 'file' = 'file'): Promise<string[]> {
  const paths = new Map((await engine.call('files.list', { caseId })).map((file) => [file.fileId, file.path]));
  return (await engine.search(caseId, filter, order))
    .map((row) => `${paths.get(row.fileId)}:${row.line}:${row.text.slice(0, 200)}`)
    .sort();
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-run-'));
  run = join(dir, 'run');
  await writeSample(run, { failure: 'run_exception', miniBatches: 60, megabytes: 6, seed: 7 });
  // What a run can hold beside its logs: text of any kind, a line longer than any block, other
  // encodings, no line end.
  mkdirSync(join(run, 'extra'));
  writeFileSync(
    join(run, 'extra/long.txt'),
    `first\n${'long words of a line, needle7351 '.repeat(9_000)}\nlast needle7351`,
  );
  writeFileSync(
    join(run, 'extra/solid.txt'),
    `${'x'.repeat(120_000)}needle9911${'y'.repeat(70_000)}\nshort needle9911 end\n`,
  );
  writeFileSync(join(run, 'extra/wide.txt'), Buffer.from('\ufeffbreite Zeile needle4242\nzweite\n', 'utf16le'));
  writeFileSync(join(run, 'extra/bytes.bin'), Buffer.from([0, 1, 2, 10, 255, 254, 10, 0x6e]));
  zip = join(dir, 'run.zip');
  await zipFolder(run, zip, { prefix: 'download/logs of run' });
  engine = new TestEngine();
  folderCase = await engine.open(run);
  zipCase = await engine.open(zip);
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const isWide = (path: string) => path === 'extra/wide.txt';

describe('an indexed folder and the same as zip', () => {
  it('list every file with its number of lines', async () => {
    const lines = readLines(run);
    for (const caseId of [folderCase, zipCase]) {
      const files = await engine.call('files.list', { caseId });
      expect(files.map((file) => file.path).sort()).toEqual([...lines.keys()].sort());
      for (const file of files)
        if (!isWide(file.path)) expect([file.path, file.lines]).toEqual([file.path, lines.get(file.path)?.length]);
    }
  });

  const word = (text: string) =>
    new RegExp(`(?<![\\p{L}\\p{N}_])${text.replace(/[.*+?^$|()[\]{}\\]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'iu');
  const queries: [string, FilterInput, (line: string, path: string) => boolean][] = [
    ['a word', { query: 'KeyError' }, (line) => /(?<!\w)KeyError(?!\w)/.test(line)],
    ['a word in lower case', { query: 'valueerror' }, (line) => word('valueerror').test(line)],
    ['two words', { query: 'mini batch' }, (line) => word('mini').test(line) && word('batch').test(line)],
    ['a phrase', { query: '"most recent call last"' }, (line) => word('most recent call last').test(line)],
    ['a part of words', { query: '*rocess*' }, (line) => /rocess/iu.test(line)],
    ['one literal', { query: 'ocess-3', mode: 'fixed' }, (line) => /ocess-3/iu.test(line)],
    ['a regular expression', { query: '/Process-[12]\\b.*ERROR/' }, (line) => /Process-[12]\b.*ERROR/su.test(line)],
    [
      'without a word',
      { query: 'error -traceback' },
      (line) => word('error').test(line) && !word('traceback').test(line),
    ],
    ['either', { query: 'KeyError OR ValueError' }, (line) => /(?<!\w)(KeyError|ValueError)(?!\w)/.test(line)],
    ['files by glob', { query: 'file:**/sys/master.txt' }, (_line, path) => path === 'logs/sys/master.txt'],
    ['a word in a line of many blocks', { query: 'needle7351' }, (line) => word('needle7351').test(line)],
    ['a part of a token of many blocks', { query: '*needle9911*' }, (line) => line.includes('needle9911')],
    ['a word that is nowhere', { query: 'needle0000' }, () => false],
  ];
  it.each(queries)('find exactly the lines that a plain scan finds: %s', async (_name, filter, matches) => {
    const expected = naive((line, path) => !isWide(path) && matches(line, path));
    for (const caseId of [folderCase, zipCase]) {
      expect(await found(caseId, filter)).toEqual(expected);
      expect(await found(caseId, filter, 'time')).toEqual(expected);
    }
  });

  it('read a file of another encoding as its text', async () => {
    for (const caseId of [folderCase, zipCase]) {
      expect(await found(caseId, { query: 'needle4242' })).toEqual(['extra/wide.txt:1:breite Zeile needle4242']);
    }
  });

  it('give lines in time order, with the time carried to lines without one', async () => {
    const rows = await engine.search(folderCase, { query: 'kind:worker,user,master' }, 'time');
    const times = rows.map((row) => row.timeUs ?? Number.MAX_SAFE_INTEGER);
    expect(times.every((time, k) => k === 0 || (times[k - 1] as number) <= time)).toBe(true);
    expect(rows.some((row) => !row.ownTime && row.timeUs !== null)).toBe(true);
  });

  it('cut by node, pid, level and time as each line says', async () => {
    const all = await engine.search(folderCase, {});
    const pick = all.find(
      (row) => row.node !== null && row.pid !== null && row.level === 'error' && row.miniBatchId !== null,
    );
    if (pick?.timeUs == null || pick.node === null || pick.pid === null || pick.miniBatchId === null)
      throw new Error('the sample has no such line');
    const refs = (rows: typeof all) => rows.map((row) => `${row.fileId}:${row.line}`).sort();
    const { node, pid, miniBatchId, timeUs } = pick;
    const cases: [FilterInput, (row: (typeof all)[number]) => boolean][] = [
      [{ node: { include: [node] } }, (row) => row.node === node],
      [{ node: { exclude: [node] } }, (row) => row.node !== node],
      [{ pid: { include: [pid] } }, (row) => row.pid === pid],
      [{ miniBatch: { include: [miniBatchId] } }, (row) => row.miniBatchId === miniBatchId],
      [{ minLevel: 'error' }, (row) => row.level === 'error' || row.level === 'critical'],
      [
        { fromUs: timeUs, toUs: timeUs + 5e6 },
        (row) => row.timeUs !== null && row.timeUs >= timeUs && row.timeUs < timeUs + 5e6,
      ],
      [
        { query: `node:${node} pid:${pid} level:warning` },
        (row) => row.node === node && row.pid === pid && ['warning', 'error', 'critical'].includes(row.level ?? ''),
      ],
    ];
    for (const [filter, passes] of cases) {
      const expected = refs(all.filter(passes));
      expect(expected.length).toBeGreaterThan(0);
      expect(refs(await engine.search(folderCase, filter))).toEqual(expected);
    }
  });

  it('count by file, node, pid and level what the rows say', async () => {
    const { searchId } = await engine.call('search.start', { caseId: folderCase, filter: { query: 'process' } });
    const rows = await engine.search(folderCase, { query: 'process' });
    await engine.call('search.rows', { searchId, start: 0, count: 10_000 });
    const facets = await engine.call('search.facets', { searchId });
    const tally = <T>(keyOf: (row: (typeof rows)[number]) => T | null) => {
      const counts = new Map<T, number>();
      for (const row of rows) {
        const key = keyOf(row);
        if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    };
    expect(new Map(facets.file.map((item) => [item.fileId, item.count]))).toEqual(tally((row) => row.fileId));
    expect(new Map(facets.node.map((item) => [item.node, item.count]))).toEqual(tally((row) => row.node));
    expect(new Map(facets.pid.map((item) => [`${item.node}:${item.pid}`, item.count]))).toEqual(
      tally((row) => (row.pid === null ? null : `${row.node ?? ''}:${row.pid}`)),
    );
    expect(facets.level.reduce((sum, item) => sum + item.count, 0)).toBe(rows.length);
  });

  it('give the rows of a page that are known as soon as there is one, at their final places', async () => {
    const question = { caseId: folderCase, filter: { query: 'process' }, order: 'time' } as const;
    const { searchId } = await engine.call('search.start', question);
    const early = await engine.call('search.rows', { searchId, start: 0, count: 1_000, atLeast: 1 });
    const whole = await engine.call('search.rows', { searchId, start: 0, count: 1_000 });
    expect(early.rows.length).toBeGreaterThan(0);
    expect(whole.rows.slice(0, early.rows.length)).toEqual(early.rows);
  });

  it('page lines of a file, and find a row by line and by time', async () => {
    const file = (await engine.call('files.list', { caseId: folderCase })).find(
      (row) => row.path === 'logs/sys/master.txt',
    );
    if (file === undefined) throw new Error('no master log');
    const page = await engine.call('lines.page', { caseId: folderCase, fileId: file.fileId, start: 10, count: 20 });
    expect(page.rows.map((row) => row.text)).toEqual(readLines(run).get('logs/sys/master.txt')?.slice(10, 30));
    const { searchId } = await engine.call('search.start', {
      caseId: folderCase,
      filter: { query: 'file:master.txt' },
      order: 'time',
    });
    const rows = (await engine.call('search.rows', { searchId, start: 0, count: 1_000 })).rows;
    const wanted = rows[25];
    if (wanted?.timeUs == null) throw new Error('no such row');
    expect(await engine.call('search.locate', { searchId, fileId: wanted.fileId, line: wanted.line })).toEqual({
      index: 25,
    });
    const first = rows.findIndex((row) => (row.timeUs ?? 0) >= (wanted.timeUs ?? 0));
    expect(await engine.call('search.locate', { searchId, timeUs: wanted.timeUs })).toEqual({ index: first });
    const next = await engine.call('lines.find', {
      caseId: folderCase,
      fileId: file.fileId,
      filter: { query: 'Got' },
      line: 40,
      direction: 'next',
    });
    const lines = readLines(run).get('logs/sys/master.txt') ?? [];
    expect(next?.line).toBe(lines.findIndex((line, k) => k >= 40 && /\bgot\b/i.test(line)) + 1 || undefined);
  });

  it('cut mini-batches by the filter words of a query, too', async () => {
    const all = await engine.call('batches.page', { caseId: folderCase, filter: {}, start: 0, count: 1_000 });
    const node = all.rows.find((row) => row.node !== null)?.node ?? '';
    const page = (filter: FilterInput) =>
      engine.call('batches.page', { caseId: folderCase, filter, start: 0, count: 1_000 });
    const byControl = await page({ node: { include: [node] } });
    expect(byControl.total).toBeLessThan(all.total);
    expect(await page({ query: `text node:${node}` })).toEqual(byControl);
    expect(await page({ query: '/unfinished(' })).toEqual(all);
  });

  it('say of a bad query what is wrong', async () => {
    await expect(engine.call('search.start', { caseId: folderCase, filter: { query: '/(/' } })).rejects.toMatchObject({
      code: 'bad_query',
    });
  });
});

describe('a case', () => {
  it('is opened again without indexing, and takes in only what changed', async () => {
    await engine.restart();
    folderCase = await engine.open(run);
    zipCase = await engine.open(zip);
    expect((await engine.call('case.progress', { caseId: folderCase })).reused).toBe(true);
    appendFileSync(join(run, 'extra/long.txt'), '\nappended needle5555\n');
    utimesSync(join(run, 'extra/long.txt'), new Date(), new Date());
    await engine.restart();
    folderCase = await engine.open(run);
    zipCase = await engine.open(zip);
    expect((await engine.call('case.progress', { caseId: folderCase })).reused).toBe(false);
    expect(await found(folderCase, { query: 'needle5555' })).toEqual(['extra/long.txt:4:appended needle5555']);
    const expected = naive((line, path) => !isWide(path) && /(?<!\w)KeyError(?!\w)/.test(line));
    expect(await found(folderCase, { query: 'KeyError' })).toEqual(expected);
  });

  it('goes on after it was cancelled, with no line twice and none lost', async () => {
    const other = new TestEngine();
    const { caseId } = await other.call('case.open', { path: run });
    await other.call('case.cancel', { caseId });
    await other.settle(caseId);
    await other.call('case.resume', { caseId });
    await other.settle(caseId);
    const rows = await other.search(caseId, {});
    expect(new Set(rows.map((row) => `${row.fileId}:${row.line}`)).size).toBe(rows.length);
    expect(rows.length).toBe((await engine.search(folderCase, {})).length);
    await other.close();
  });

  it('is searched exactly while it is not indexed: what the index lacks is scanned', async () => {
    for (const source of [run, zip]) {
      const other = new TestEngine();
      const { caseId } = await other.call('case.open', { path: source });
      await other.call('case.cancel', { caseId });
      await other.settle(caseId);
      const { phase } = await other.call('case.progress', { caseId });
      expect(phase).toBe('cancelled');
      const paths = new Map((await other.call('files.list', { caseId })).map((file) => [file.fileId, file.path]));
      const known = new Map(
        (await engine.call('files.list', { caseId: folderCase })).map((file) => [file.fileId, file.path]),
      );
      for (const [filter, order] of [
        [{ query: 'KeyError' }, 'time'],
        [{ query: 'needle7351' }, 'file'],
        [{ query: 'needle4242' }, 'file'],
        [{ query: '*rocess* level:error' }, 'time'],
      ] as const) {
        const rows = (await other.search(caseId, filter, order)).map((row) => ({
          ...row,
          fileId: paths.get(row.fileId),
          miniBatchId: null,
          pid: null,
        }));
        const expected = (await engine.search(folderCase, filter, order)).map((row) => ({
          ...row,
          fileId: known.get(row.fileId),
          miniBatchId: null,
          pid: null,
        }));
        expect(rows).toEqual(expected);
      }
      await other.close();
    }
  });

  it('stops a regular expression that runs away, and lives on', async () => {
    writeFileSync(join(run, 'extra/runaway.txt'), `${'a'.repeat(5_000)}b\n`);
    const other = new TestEngine();
    const caseId = await other.open(join(run, 'extra'));
    await expect(other.search(caseId, { query: '/^(a+)+$/' })).rejects.toThrow(/regular expression/);
    expect(await other.search(caseId, { query: 'needle5555' })).toHaveLength(1);
    await other.close();
    rmSync(join(run, 'extra/runaway.txt'));
  });

  it('is saved as one portable file that opens without its source', async () => {
    const path = join(dir, 'run.postrun');
    await engine.call('case.export', { caseId: folderCase, path });
    await expect(engine.call('case.export', { caseId: folderCase, path })).rejects.toMatchObject({ code: 'exists' });
    const other = new TestEngine();
    const copy = join(other.dataDir, 'moved.postrun');
    copyFileSync(path, copy);
    const caseId = await other.open(copy);
    const refs = async (of: TestEngine, id: string) =>
      (await of.search(id, { query: 'KeyError OR needle4242' })).map((row) => `${row.line} ${row.text.slice(0, 200)}`);
    expect(await refs(other, caseId)).toEqual(await refs(engine, folderCase));
    expect((await other.call('run.info', { caseId })).miniBatches).toEqual(
      (await engine.call('run.info', { caseId: folderCase })).miniBatches,
    );
    await other.close();
  });

  it('keeps damaged files and says what is wrong with them', async () => {
    const bad = join(dir, 'bad');
    mkdirSync(join(bad, 'logs/sys/perf/10.0.0.4'), { recursive: true });
    writeFileSync(join(bad, 'logs/nul.txt'), Buffer.alloc(5_000));
    writeFileSync(join(bad, 'logs/latin1.txt'), Buffer.from('Stra\u00dfe needle\n', 'latin1'));
    writeFileSync(
      join(bad, 'logs/sys/perf/10.0.0.4/sys.csv'),
      'TIME_STAMP,CPU_PERCENT\n2020-05-06T05:50:48,12\n2020-05-06T05:51:48,"13\nbroken\n2020-05-06T05:52:48,14\n',
    );
    const other = new TestEngine();
    const caseId = await other.open(bad);
    const problems = (await other.call('problems.list', { caseId })).map(
      (problem) => `${problem.file}:${problem.kind}`,
    );
    expect(problems).toEqual(
      expect.arrayContaining([
        'logs/nul.txt:nul_bytes',
        'logs/latin1.txt:encoding',
        'logs/sys/perf/10.0.0.4/sys.csv:broken_row',
      ]),
    );
    expect((await other.search(caseId, { query: 'needle' })).map((row) => row.text)).toEqual(['Stra\u00dfe needle']);
    const series = (await other.call('resources.list', { caseId })).find((found) => found.metric === 'cpu_percent');
    expect(series?.points).toBeGreaterThanOrEqual(2);
    await other.close();
  });

  it('refuses what it cannot open with the reason', async () => {
    await expect(engine.call('case.open', { path: join(dir, 'nothing') })).rejects.toMatchObject({ code: 'not_found' });
    const both = join(dir, 'both.zip');
    await zipFolder(run, both, { prefix: 'one', extraFolders: [{ dir: run, prefix: 'two' }] });
    await expect(engine.call('case.open', { path: both })).rejects.toMatchObject({ code: 'several_roots' });
    const second = await engine.open(both, 'two');
    expect((await engine.call('files.list', { caseId: second })).length).toBe(
      (await engine.call('files.list', { caseId: folderCase })).length,
    );
  });
});
