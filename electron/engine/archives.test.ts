/**
 * Archives and compressed files within a folder, within a zip, and as the source itself: read
 * through, whatever is wrong with them.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSample } from '../sample/sample.ts';
import { zipFolder } from '../sample/testing/zip.ts';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
let engine: TestEngine;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-archives-'));
  engine = new TestEngine();
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

async function tarOf(files: Record<string, string | Buffer>, links: Record<string, string> = {}): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  for (const [name, linkname] of Object.entries(links)) tar.entry({ name, type: 'symlink', linkname });
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const chunk of tar) parts.push(chunk as Buffer);
  return Buffer.concat(parts);
}

/** All files of a folder, by path. */
function filesOf(root: string): Record<string, Buffer> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1), readFileSync(path)];
    }),
  );
}

function put(root: string, files: Record<string, string | Buffer>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

async function linesOf(of: TestEngine, caseId: string, query: string): Promise<string[]> {
  const paths = new Map((await of.call('files.list', { caseId })).map((file) => [file.fileId, file.path]));
  return (await of.search(caseId, { query })).map((row) => `${paths.get(row.fileId)}:${row.line}:${row.text}`).sort();
}

async function problemsOf(caseId: string): Promise<string[]> {
  return (await engine.call('problems.list', { caseId })).map(({ file, kind }) => `${file}:${kind}`);
}

const many = (word: string, count: number) => Array.from({ length: count }, (_, k) => `${word} line ${k}\n`).join('');
const textLine = (word: string) => `2020-05-06 05:50:48,101|INFO|12|${word} needle one\n`;

describe('what lies in archives', () => {
  let expected: string[] = [];
  let folder = '';

  beforeAll(async () => {
    const tar = await tarOf({ 'b/two.txt': textLine('tarred'), 'a/one.log.gz': gzipSync(textLine('gz in tar')) });
    put(join(dir, 'inner'), { 'deep/three.txt': textLine('zipped'), 'four.txt.gz': gzipSync(textLine('gz in zip')) });
    await zipFolder(join(dir, 'inner'), join(dir, 'inner.zip'));
    folder = put(join(dir, 'all'), {
      'plain.txt': textLine('plain'),
      'old.log.gz': gzipSync(textLine('gzipped')),
      'two-members.log.gz': Buffer.concat([gzipSync(textLine('first member')), gzipSync(textLine('second member'))]),
      'old.log.zst': zstdCompressSync(textLine('zstandard')),
      'not-packed.log.gz': textLine('was unpacked on its way'),
      'x/logs.tar': tar,
      'x/logs.tgz': gzipSync(tar),
      'x/logs.tar.zst': zstdCompressSync(tar),
      'x/inner.zip': readFileSync(join(dir, 'inner.zip')),
    });
    const line = (path: string, word: string, number = 1) => `${path}:${number}:${textLine(word).trimEnd()}`;
    expected = [
      line('plain.txt', 'plain'),
      line('old.log.gz', 'gzipped'),
      line('two-members.log.gz', 'first member'),
      line('two-members.log.gz', 'second member', 2),
      line('old.log.zst', 'zstandard'),
      line('not-packed.log.gz', 'was unpacked on its way'),
      ...['x/logs.tar', 'x/logs.tgz', 'x/logs.tar.zst'].flatMap((tarPath) => [
        line(`${tarPath}/b/two.txt`, 'tarred'),
        line(`${tarPath}/a/one.log.gz`, 'gz in tar'),
      ]),
      line('x/inner.zip/deep/three.txt', 'zipped'),
      line('x/inner.zip/four.txt.gz', 'gz in zip'),
    ].sort();
  });

  it('is searched in a folder, shown by line, and found again without indexing', async () => {
    const caseId = await engine.open(folder);
    expect(await linesOf(engine, caseId, 'needle')).toEqual(expected);
    const file = (await engine.call('files.list', { caseId })).find((row) => row.path === 'x/logs.tgz/b/two.txt');
    expect(file?.lines).toBe(1);
    const page = await engine.call('lines.page', { caseId, fileId: file?.fileId ?? 0, start: 0, count: 5 });
    expect(page.rows.map((row) => row.text)).toEqual([textLine('tarred').trimEnd()]);
    expect(page.rows[0]?.timeUs).toBe(Date.parse('2020-05-06T05:50:48.101Z') * 1000);
    await engine.restart();
    const again = await engine.open(folder);
    expect((await engine.call('case.progress', { caseId: again })).reused).toBe(true);
    expect(await linesOf(engine, again, 'needle')).toEqual(expected);
  });

  it.each([true, false])('is searched in a zip (stored: %s)', async (store) => {
    const zip = join(dir, `all-${store}.zip`);
    await zipFolder(folder, zip, { store });
    expect(await linesOf(engine, await engine.open(zip), 'needle')).toEqual(expected);
  });

  it('is searched before it is indexed', async () => {
    for (const path of [folder, join(dir, 'all-false.zip')]) {
      const other = new TestEngine();
      const { caseId } = await other.call('case.open', { path });
      await other.call('case.cancel', { caseId });
      await other.settle(caseId);
      expect(await linesOf(other, caseId, 'needle')).toEqual(expected);
      await other.close();
    }
  });

  it('is read anew where an archive changed', async () => {
    const changed = put(join(dir, 'changing'), {
      'a.tgz': gzipSync(await tarOf({ 'x.txt': 'old needle\n', 'y.txt': 'y\n' })),
      'b.tgz': gzipSync(await tarOf({ 'z.txt': 'kept needle\n' })),
    });
    await engine.open(changed);
    put(changed, { 'a.tgz': gzipSync(await tarOf({ 'x.txt': 'new needle\n', 'w.txt': 'w needle\n' })) });
    utimesSync(join(changed, 'a.tgz'), new Date(), new Date(Date.now() + 5_000));
    await engine.restart();
    const caseId = await engine.open(changed);
    expect(await linesOf(engine, caseId, 'needle')).toEqual([
      'a.tgz/w.txt:1:w needle',
      'a.tgz/x.txt:1:new needle',
      'b.tgz/z.txt:1:kept needle',
    ]);
  });

  it('is saved with a portable case', async () => {
    const caseId = await engine.open(folder);
    const path = join(dir, 'all.postrun');
    await engine.call('case.export', { caseId, path });
    expect(await linesOf(engine, await engine.open(path), 'needle')).toEqual(expected);
  });
});

describe('a source that is one file', () => {
  it('is read through as a tar, compressed, and as a text', async () => {
    const tar = await tarOf({ 'logs/user/10.0.0.4/Process-1.txt': textLine('user') });
    put(dir, {
      'run.tgz': gzipSync(tar),
      'run.tar': tar,
      'console.log': textLine('console'),
      'console.log.gz': gzipSync(textLine('console')),
      'noise.bin': Buffer.from([1, 2, 0, 4, 5, 6]),
    });
    for (const name of ['run.tgz', 'run.tar']) {
      const caseId = await engine.open(join(dir, name));
      expect((await engine.call('files.list', { caseId })).map(({ path, kind }) => [path, kind])).toEqual([
        ['logs/user/10.0.0.4/Process-1.txt', 'user'],
      ]);
      expect(await linesOf(engine, caseId, 'needle')).toHaveLength(1);
    }
    for (const name of ['console.log', 'console.log.gz'])
      expect(await linesOf(engine, await engine.open(join(dir, name)), 'needle')).toEqual([
        `${name}:1:${textLine('console').trimEnd()}`,
      ]);
    await expect(engine.open(join(dir, 'noise.bin'))).rejects.toMatchObject({ code: 'not_a_zip' });
  });

  it('a whole run in a tgz tells what the same run in a folder tells', async () => {
    const run = join(dir, 'run');
    await writeSample(run, { failure: 'run_exception', miniBatches: 20, nodes: 2, processes: 2, layout: '2', seed: 5 });
    writeFileSync(join(dir, 'whole.tar.gz'), gzipSync(await tarOf(filesOf(run))));
    const [inFolder, inTar] = [await engine.open(run), await engine.open(join(dir, 'whole.tar.gz'))];
    const [a, b] = [
      await engine.call('run.info', { caseId: inFolder }),
      await engine.call('run.info', { caseId: inTar }),
    ];
    expect(b).toMatchObject({ miniBatches: a.miniBatches, status: a.status, generation: '2', lines: a.lines });
  });
});

describe('an archive that is damaged or hostile', () => {
  it('keeps what comes before the damage, and the rest of the source', async () => {
    const tgz = gzipSync(await tarOf({ 'a.txt': many('needle a', 20_000), 'b.txt': many('needle b', 20_000) }));
    const gz = gzipSync(many('needle c', 50_000));
    const zst = zstdCompressSync(many('needle d', 50_000));
    const root = put(join(dir, 'damaged'), {
      'ok.txt': 'ok needle\n',
      'cut.tgz': tgz.subarray(0, tgz.length - 3_000),
      'cut.log.gz': gz.subarray(0, gz.length / 2),
      'cut.log.zst': zst.subarray(0, zst.length / 2),
      'no.tar': 'this is no tar but needle\n'.repeat(100),
      'no.zip': 'this is no zip but needle\n',
      'empty.gz': '',
    });
    const caseId = await engine.open(root);
    const problems = await problemsOf(caseId);
    for (const path of ['cut.log.gz', 'cut.log.zst', 'no.tar', 'no.zip'])
      expect([path, problems.some((problem) => problem.startsWith(`${path}:`))]).toEqual([path, true]);
    expect(problems.some((problem) => problem.includes('cut.tgz'))).toBe(true);
    const files = new Map((await engine.call('files.list', { caseId })).map((file) => [file.path, file.lines]));
    expect(files.get('cut.tgz/a.txt')).toBe(20_000);
    expect(files.get('cut.log.gz')).toBeGreaterThan(1_000);
    expect(files.get('no.tar')).toBe(100);
    expect(await linesOf(engine, caseId, 'ok')).toEqual(['ok.txt:1:ok needle']);
  });

  it('does not leave its place, follow links, or have two files of one name', async () => {
    const tar = await tarOf(
      { '../../evil.txt': 'needle\n', '/abs.txt': 'needle\n', 'x.txt': 'needle\n' },
      { ln: '/etc/passwd' },
    );
    const twice = await tarOf({ 'x.txt': 'again needle\n' });
    // A second archive is appended without the first one's end: both have x.txt.
    const root = put(join(dir, 'hostile'), { 'a.tar': Buffer.concat([tar.subarray(0, tar.length - 1_024), twice]) });
    const caseId = await engine.open(root);
    expect(await linesOf(engine, caseId, 'needle')).toEqual([
      'a.tar/abs.txt:1:needle',
      'a.tar/evil.txt:1:needle',
      'a.tar/x.txt (2):1:again needle',
      'a.tar/x.txt:1:needle',
    ]);
    const problems = await problemsOf(caseId);
    expect(problems).toEqual(
      expect.arrayContaining([
        'a.tar/evil.txt:unsafe_name',
        'a.tar/abs.txt:unsafe_name',
        'a.tar/x.txt (2):duplicate_name',
      ]),
    );
  });

  it('that expands without end is read only so far', async () => {
    const root = put(join(dir, 'bomb'), {
      'ok.txt': 'ok\n',
      'bomb.gz': gzipSync(Buffer.alloc(270 * 1024 * 1024, `${'long '.repeat(2_000)}\n`)),
    });
    const caseId = await engine.open(root);
    expect(await problemsOf(caseId)).toContain('bomb.gz:expands');
  });

  it('in an archive in an archive stays the file that it is', async () => {
    const inner = await tarOf({ 'x.txt': 'needle\n' });
    const root = put(join(dir, 'nested'), { 'a.tar': await tarOf({ 'b.tar': inner, 'y.txt': 'y\n' }) });
    const caseId = await engine.open(root);
    expect((await engine.call('files.list', { caseId })).map((file) => file.path)).toEqual([
      'a.tar/b.tar',
      'a.tar/y.txt',
    ]);
  });
});
