import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WatchState } from '../contract/case-records.ts';
import { openReadable } from './store/open.ts';
import { onlyDatabase, orphans } from './testing/case-dump.ts';
import { TestEngine } from './testing/open-run.ts';

const LINE = '2020-05-06 05:50:01,123|INFO|304|140|worker|run()|a line like many others\n';
/** More than what is read again in any case. */
const LONG = LINE.repeat(4_000);

let dir = '';
let engine: TestEngine;
let caseId = '';
const heard: WatchState[] = [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-follow-'));
  writeFileSync(join(dir, 'a.txt'), LONG);
  writeFileSync(join(dir, 'b.txt'), 'first of b\n');
  engine = new TestEngine((event, payload) => {
    if (event === 'case.grown') heard.push(payload as WatchState);
  });
  caseId = await engine.open(dir);
});

afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
  heard.length = 0;
});

async function refresh(): Promise<boolean> {
  const { isChanged } = await engine.call('case.refresh', { caseId });
  await engine.settle(caseId);
  return isChanged;
}

/** `file:line:text` of the hits of a query. */
async function hits(query: string): Promise<string[]> {
  const files = new Map((await engine.call('files.list', { caseId })).map((file) => [file.fileId, file.path]));
  return (await engine.search(caseId, { query })).map((row) => `${files.get(row.fileId)}:${row.line}:${row.text}`);
}

async function fileOf(path: string) {
  const found = (await engine.call('files.list', { caseId })).find((file) => file.path === path);
  if (found === undefined) throw new Error(`${path} is not in the case`);
  return found;
}

function query<T>(sql: string): T {
  const db = openReadable(onlyDatabase(engine.dataDir));
  const value = db.prepare(sql).pluck().get() as T;
  db.close();
  return value;
}

describe('an open case whose folder has grown', () => {
  it('does nothing where nothing changed', async () => {
    expect(await refresh()).toBe(false);
  });

  it('reads what was appended, and keeps the id of the file', async () => {
    const before = await fileOf('a.txt');
    appendFileSync(join(dir, 'a.txt'), 'marmalade at last\n');
    expect(await refresh()).toBe(true);
    expect(await hits('marmalade')).toEqual(['a.txt:4001:marmalade at last']);
    expect(await fileOf('a.txt')).toMatchObject({ fileId: before.fileId, lines: 4_001 });
    const { total, rows } = await engine.call('lines.page', { caseId, fileId: before.fileId, start: 3_999, count: 5 });
    expect(total).toBe(4_001);
    expect(rows.map((row) => row.text)).toEqual([LINE.trimEnd(), 'marmalade at last']);
    expect(query('SELECT max(bytes) FROM unit WHERE is_late = 1')).toBeLessThan(50_000);
  });

  it('joins a line, a character and a traceback that were cut', async () => {
    const end = Buffer.from(
      '2020-05-06 05:51:00,000|ERROR|304|140|worker|run()|Käse\nTraceback (most recent call last):\n  File "x.py", line 3, in run\n    f()\nKeyError: \'Brötchen\'\nnext\n',
    );
    const cuts = [
      end.indexOf('ä') + 1,
      end.indexOf('File') + 2,
      end.indexOf('KeyError') + 4,
      end.indexOf('ö') + 1,
      end.length,
    ];
    let from = 0;
    for (const to of cuts) {
      appendFileSync(join(dir, 'a.txt'), end.subarray(from, to));
      from = to;
      await refresh();
    }
    expect(await hits('Käse')).toHaveLength(1);
    expect(await hits('Brötchen')).toEqual(["a.txt:4005:KeyError: 'Brötchen'"]);
    expect(query('SELECT count(*) FROM error_event')).toBe(1);
    expect(query('SELECT chain FROM error_event')).toBe('["KeyError"]');
    expect(query("SELECT count(*) FROM problem WHERE kind = 'not_utf8'")).toBe(0);
    expect((await fileOf('a.txt')).errors).toBe(2);
  });

  it('reads anew what was truncated, rewritten or is new, and forgets what went', async () => {
    truncateSync(join(dir, 'a.txt'), LINE.length * 10);
    writeFileSync(join(dir, 'c.txt'), 'hello from c\n');
    rmSync(join(dir, 'b.txt'));
    await refresh();
    expect((await fileOf('a.txt')).lines).toBe(10);
    expect(await hits('hello')).toEqual(['c.txt:1:hello from c']);
    expect(await hits('first')).toEqual([]);
    writeFileSync(join(dir, 'a.txt'), `other ${LONG}`);
    await refresh();
    expect(await hits('other')).toHaveLength(1);
    expect((await fileOf('a.txt')).lines).toBe(4_000);
    // Longer than before, but not what it was.
    writeFileSync(join(dir, 'a.txt'), `third ${LONG}${LINE}`);
    await refresh();
    expect(await hits('third')).toHaveLength(1);
    expect(await hits('other')).toEqual([]);
    expect(orphans(onlyDatabase(engine.dataDir))).toEqual({ segments: 0, blocks: 0, texts: 0 });
  });

  it('lets a search that runs on go on with what is new, and drops what is gone', async () => {
    const filter = { query: 'first OR marmalade' };
    const { searchId } = await engine.call('search.start', { caseId, filter });
    const matches = async () => {
      const page = await engine.call('search.rows', { searchId, start: 0, count: 10 });
      expect(page.state).toMatchObject({ complete: true, error: null });
      return page.rows.map((row) => row.text);
    };
    expect(await matches()).toEqual(['first of b']);
    appendFileSync(join(dir, 'a.txt'), 'marmalade\n');
    await refresh();
    expect(await matches()).toEqual(['marmalade', 'first of b']);
    rmSync(join(dir, 'b.txt'));
    appendFileSync(join(dir, 'a.txt'), 'more marmalade\n');
    await refresh();
    expect(await matches()).toEqual(['marmalade', 'more marmalade']);
  });

  it('still reads a line whose file has grown since it was indexed', async () => {
    appendFileSync(join(dir, 'a.txt'), 'not indexed yet\n');
    expect(await engine.search(caseId, { query: 'first OR others', file: { include: ['a.txt'] } })).toHaveLength(4_000);
  });
});

describe('a folder that is watched', () => {
  /** Wait until the watch tells something for which `test` holds. */
  async function told(test: (state: WatchState) => boolean): Promise<WatchState> {
    for (;;) {
      const found = heard.find(test);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('tells what it has grown by, once, and reads it when asked to', async () => {
    await engine.call('case.watch', { caseId, mode: 'notify' });
    appendFileSync(join(dir, 'a.txt'), 'marmalade\n');
    writeFileSync(join(dir, 'c.txt'), 'new\n');
    expect(await told((state) => state.files + state.newFiles === 2)).toMatchObject({
      files: 1,
      newFiles: 1,
      bytes: 14,
    });
    expect(await hits('marmalade')).toEqual([]);
    await refresh();
    expect(await hits('marmalade')).toHaveLength(1);
    expect(await engine.call('case.watching', { caseId })).toMatchObject({ mode: 'notify', files: 0, bytes: 0 });
  });

  it('reads it by itself when it is to be followed', async () => {
    await engine.call('case.watch', { caseId, mode: 'follow' });
    appendFileSync(join(dir, 'a.txt'), 'marmalade\n');
    while ((await hits('marmalade')).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await hits('marmalade')).toEqual(['a.txt:4001:marmalade']);
  });
});
