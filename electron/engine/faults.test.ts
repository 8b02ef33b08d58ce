/**
 * Faults of the machine and of the case: each is noticed, said in words, and costs no line and no
 * mark.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemErrorWords, toErrorInfo } from '../contract/errors.ts';
import { writeSample } from '../sample/sample.ts';
import { zipFolder } from '../sample/testing/zip.ts';
import { openRaw } from './store/testing/raw-db.ts';
import { onlyDatabase } from './testing/case-dump.ts';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
let run = '';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-faults-'));
  run = join(dir, 'run');
  await writeSample(run, { nodes: 2, processes: 2, miniBatches: 12, failure: 'run_exception', seed: 5 });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function withEngine(use: (engine: TestEngine) => Promise<void>): Promise<void> {
  const engine = new TestEngine();
  try {
    await use(engine);
  } finally {
    await engine.close();
  }
}

async function said(engine: TestEngine, caseId: string): Promise<string> {
  const info = await engine.call('run.info', { caseId });
  const groups = await engine.call('analysis.signatures', { caseId, filter: {} });
  const lines = await engine.search(caseId, {});
  return JSON.stringify([
    info.status,
    info.firstCause?.message,
    groups.map(({ id, count }) => [id, count]),
    lines.length,
  ]);
}

describe('a database that was damaged', () => {
  const damages: [string, (path: string) => void][] = [
    ['truncated', (path) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['truncated in its header', (path) => truncateSync(path, 50)],
    ['empty', (path) => truncateSync(path, 0)],
    ['no database', (path) => writeFileSync(path, 'something else '.repeat(10_000))],
    ['of another version', (path) => openRaw(path).pragma('user_version = 9999')],
    ['gone', (path) => rmSync(path)],
  ];
  test.each(damages)('%s is made anew, and what lies beside it stays', async (_name, damage) => {
    await withEngine(async (engine) => {
      const before = await said(engine, await engine.open(run));
      await engine.restart();
      const path = onlyDatabase(engine.dataDir);
      const marks = join(dirname(path), 'marks.json');
      writeFileSync(marks, '{"mine":1}');
      damage(path);
      expect(await said(engine, await engine.open(run))).toBe(before);
      expect(readFileSync(marks, 'utf8')).toBe('{"mine":1}');
    });
  });

  test('with flipped bytes: said in words, and made anew at the next opening', async () => {
    await withEngine(async (engine) => {
      const before = await said(engine, await engine.open(run));
      await engine.restart();
      const path = onlyDatabase(engine.dataDir);
      const bytes = readFileSync(path);
      for (let at = 16_384; at < bytes.length; at += 1_021) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      writeFileSync(path, bytes);
      // Whatever is asked first may meet the damage or pass it by; it never ends the process.
      for (let k = 0; k < 3; k++) {
        try {
          expect(await said(engine, await engine.open(run))).toBe(before);
          break;
        } catch (error) {
          const info = toErrorInfo(error);
          expect(info.message).toMatch(/damaged|case|expected/i);
          await engine.restart();
        }
      }
    });
  });
});

test('readers of a complete case need no lock: another process may hold it', async () => {
  await withEngine(async (engine) => {
    const before = await said(engine, await engine.open(run));
    await engine.restart();
    const lock = join(dirname(onlyDatabase(engine.dataDir)), 'indexing.pid');
    const boot = Math.round(Date.now() / 1000 - Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]));
    writeFileSync(lock, `${process.ppid} ${boot}`);
    expect(await said(engine, await engine.open(run))).toBe(before);
    expect(existsSync(lock)).toBe(true);
    // A source that has changed has to be indexed, so the lock counts.
    await engine.restart();
    writeFileSync(join(run, 'new.txt'), 'one more line\n');
    await expect(engine.open(run)).rejects.toMatchObject({ code: 'case_busy' });
    rmSync(join(run, 'new.txt'));
    rmSync(lock);
  });
});

test('nobody else may read a case', { skip: process.platform === 'win32' }, async () => {
  await withEngine(async (engine) => {
    const caseId = await engine.open(run);
    const path = onlyDatabase(engine.dataDir);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    const notebook = { marks: [{ path: 'a', line: 1, note: 'mine', text: '' }] };
    await engine.call('notebook.set', { caseId, notebook });
    await engine.call('sql.remember', { caseId, sql: 'SELECT 1', rows: 1 });
    await engine.call('runs.list', {});
    const kept = readdirSync(engine.dataDir, { recursive: true, withFileTypes: true });
    expect(kept.length).toBeGreaterThan(5);
    for (const entry of kept) {
      const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
      expect([entry.name, mode]).toEqual([entry.name, entry.isDirectory() ? 0o700 : 0o600]);
    }
    const portable = join(dir, 'mine.postrun');
    await engine.call('case.export', { caseId, path: portable });
    expect(statSync(portable).mode & 0o777).toBe(0o600);
    await engine.restart();
    expect(JSON.parse(await said(engine, await engine.open(portable)))[3]).toBeGreaterThan(0);

    await engine.restart();
    const db = openRaw(portable);
    const version = Number(db.pragma('user_version', { simple: true }));
    for (const [other, code] of [
      [version + 1, 'other_version'],
      [version - 1, 'other_version'],
      [0, 'not_a_case'],
    ] as const) {
      db.pragma(`user_version = ${other}`);
      await expect(engine.open(portable)).rejects.toMatchObject({ code });
      await expect(engine.call('source.inspect', { path: portable })).rejects.toMatchObject({ code });
    }
    db.close();
    truncateSync(portable, 40_000);
    await expect(engine.open(portable)).rejects.toMatchObject({ code: 'case_damaged' });
    const other = join(dir, 'other.db');
    openRaw(other).exec('CREATE TABLE x (y)').close();
    await expect(engine.open(other)).rejects.toMatchObject({ code: 'not_a_case' });
  });
});

test('what the system says in codes is said in words, and is no fault of Postrun', () => {
  for (const code of [
    'ENOSPC',
    'EROFS',
    'EACCES',
    'EMFILE',
    'EIO',
    'SQLITE_FULL',
    'SQLITE_IOERR_WRITE',
    'SQLITE_READONLY_DIRECTORY',
    'SQLITE_CORRUPT_VTAB',
  ]) {
    const info = toErrorInfo(Object.assign(new Error(code), { code }));
    expect(info.kind).toBe('environment');
    expect(info.message).toMatch(/\. [A-Z].*\.$/);
    expect(info.message).not.toContain('report this');
  }
  expect(systemErrorWords(new Error('x'))).toBeNull();
});

/** Root may write everywhere: a file in the place of the folder refuses root as well. */
test('a data folder that cannot be written is said in words', async () => {
  const engine = new TestEngine();
  rmSync(engine.dataDir, { recursive: true });
  writeFileSync(engine.dataDir, 'a file');
  await expect(engine.open(run)).rejects.toSatisfy((error) => toErrorInfo(error).kind !== 'bug');
  rmSync(engine.dataDir);
  await engine.close();
});

test('a folder that goes while its case is open is said, and read again when it is back; a zip is not needed', async () => {
  const moving = join(dir, 'moving');
  cpSync(run, moving, { recursive: true });
  await zipFolder(run, join(dir, 'moving.zip'));
  await withEngine(async (engine) => {
    const caseId = await engine.open(moving);
    const before = await said(engine, caseId);
    renameSync(moving, `${moving}-away`);
    // What the case itself has is told; lines and changes of the folder are refused in words.
    await engine.call('run.info', { caseId });
    for (const ask of [() => engine.search(caseId, {}), () => engine.call('case.refresh', { caseId })]) {
      await expect(ask()).rejects.toSatisfy((error) =>
        /no longer|no file or folder|cannot be read|gone/i.test(String(error)),
      );
    }
    renameSync(`${moving}-away`, moving);
    expect(await said(engine, caseId)).toBe(before);

    const zipped = await engine.open(join(dir, 'moving.zip'));
    const whole = await said(engine, zipped);
    truncateSync(join(dir, 'moving.zip'), 100);
    expect(await said(engine, zipped)).toBe(whole);
    rmSync(join(dir, 'moving.zip'));
    expect(await said(engine, zipped)).toBe(whole);
  });
});

/** A file system of 8 MB in memory, where this account may mount one. */
function smallDisk(): string | null {
  const place = mkdtempSync(join(tmpdir(), 'postrun-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', place], { stdio: 'ignore' });
    return place;
  } catch {
    rmSync(place, { recursive: true });
    return null;
  }
}
const small = smallDisk();
afterAll(() => {
  if (small === null) return;
  execFileSync('umount', ['-l', small]);
  rmSync(small, { recursive: true, force: true });
});
describe.skipIf(small === null)('a full disk', () => {
  const place = small as string;
  let large = '';
  beforeAll(async () => {
    large = join(dir, 'large');
    await writeSample(large, { nodes: 2, processes: 2, miniBatches: 40, megabytes: 12, failure: 'run_exception' });
  });
  afterEach(() => rmSync(join(place, 'fill'), { force: true }));

  /** Leave so many bytes free. */
  const fill = (left: number) => {
    const { bavail, bsize } = statfsSync(place);
    writeFileSync(join(place, 'fill'), Buffer.alloc(Math.max(0, bavail * bsize - left)));
  };

  test('stops the indexing in words, and other cases of the engine live', async () => {
    const engine = new TestEngine(undefined, place);
    try {
      const mine = await engine.open(run);
      const before = await said(engine, mine);
      fill(200_000);
      await expect(engine.open(large)).rejects.toSatisfy((error) =>
        /disk is full|disk reports/i.test(toErrorInfo(error).message),
      );
      expect(await said(engine, mine)).toBe(before);
    } finally {
      await engine.close();
    }
  });

  test('stops a refresh in words; with room again it ends as a case made anew', async () => {
    const grown = join(dir, 'grown');
    cpSync(run, grown, { recursive: true });
    const engine = new TestEngine(undefined, place);
    const fresh = new TestEngine();
    try {
      const caseId = await engine.open(grown);
      fill(200_000);
      writeFileSync(
        join(grown, 'more.txt'),
        Array.from({ length: 80_000 }, (_, k) => `word${k} and text${k * 7}\n`).join(''),
      );
      const refresh = engine.call('case.refresh', { caseId }).then(() => engine.settle(caseId));
      await expect(refresh).rejects.toSatisfy((error) => /disk is full|disk reports/i.test(toErrorInfo(error).message));
      rmSync(join(place, 'fill'));
      await engine.call('case.resume', { caseId });
      await engine.settle(caseId);
      expect(await said(engine, caseId)).toBe(await said(fresh, await fresh.open(grown)));
    } finally {
      await engine.close();
      await fresh.close();
    }
  });

  test('stops what is saved there in words, and leaves no half of it', async () => {
    await withEngine(async (engine) => {
      const caseId = await engine.open(large);
      fill(100_000);
      const path = (name: string) => join(place, name);
      const files = await engine.call('files.list', { caseId });
      const { fileId } = files.reduce((most, file) => (file.bytes > most.bytes ? file : most));
      const listing = { of: 'file', caseId } as const;
      const saves = [
        () => engine.call('report.save', { caseId, format: 'zip', path: path('x.zip'), options: { wholeFiles: true } }),
        () => engine.call('case.export', { caseId, path: path('x.postrun') }),
        () => engine.call('listing.save', { listing: { ...listing, fileId }, format: 'text', path: path('x.txt') }),
        () => engine.call('export.save', { caseId, path: path('data'), format: 'csv' }),
      ];
      for (const save of saves) {
        await expect(save()).rejects.toSatisfy((error) => {
          const { kind, message } = toErrorInfo(error);
          return kind === 'environment' && /disk is full|no space|ENOSPC/i.test(message);
        });
      }
      const left = readdirSync(place, { recursive: true, encoding: 'utf8' });
      expect(left.filter((name) => /x\.(?:zip|postrun|txt)$/.test(name))).toEqual([]);
      expect((await engine.search(caseId, { minLevel: 'error' })).length).toBeGreaterThan(0);
    });
  });
});

describe('a thread that ends too early', () => {
  afterEach(() => {
    delete process.env.POSTRUN_TEST_WRITER_CRASH;
    delete process.env.POSTRUN_TEST_WORKER_CRASH;
  });
  test.each(['POSTRUN_TEST_WRITER_CRASH', 'POSTRUN_TEST_WORKER_CRASH'])(
    '%s: said, and gone on with',
    async (variable) => {
      await withEngine(async (engine) => {
        const other = await engine.open(run);
        const expected = await said(engine, other);
        const copy = join(dir, variable);
        cpSync(run, copy, { recursive: true });
        process.env[variable] = '1';
        const { caseId } = await engine.call('case.open', { path: copy, root: null });
        await expect(engine.settle(caseId)).rejects.toThrow(/Indexing stopped.*resume to go on/);
        expect(await said(engine, other)).toBe(expected);
        delete process.env[variable];
        await engine.call('case.resume', { caseId });
        await engine.settle(caseId);
        expect(await said(engine, caseId)).toBe(expected);
      });
    },
  );
});
