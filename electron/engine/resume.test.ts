import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSample } from '../sample/sample.ts';
import { zipFolder } from '../sample/testing/zip.ts';
import { openWritable } from './store/open.ts';
import { killIndexing } from './testing/kill-indexing.ts';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
let run = '';
let engine: TestEngine;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-resume-'));
  run = join(dir, 'run');
  await writeSample(run, { nodes: 2, processes: 2, miniBatches: 60, megabytes: 9, failure: 'run_exception' });
  engine = new TestEngine();
  writeFileSync(join(run, 'one-line.txt'), 'word '.repeat(100_000));
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

/**
 * Every line of every file, as `path:line:text`, read as plainly as can be; of a progress bar the
 * state it ends with.
 */
function plainLines(): string[] {
  const lines: string[] = [];
  for (const entry of readdirSync(run, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const parts = readFileSync(path, 'utf8').split('\n');
    if (parts.at(-1) === '') parts.pop();
    for (const [k, line] of parts.entries())
      lines.push(`${path.slice(run.length + 1)}:${k + 1}:${lastState(line).slice(0, 300)}`);
  }
  return lines.sort();
}

/** What stands in the terminal after a line that returns to its beginning with `\r`. */
function lastState(line: string): string {
  return line.replace(/\r$/, '').split('\r').at(-1) ?? '';
}

async function indexedLines(engine: TestEngine, caseId: string): Promise<string[]> {
  const paths = new Map((await engine.call('files.list', { caseId })).map((file) => [file.fileId, file.path]));
  const rows = await engine.search(caseId, {});
  return rows.map((row) => `${paths.get(row.fileId)}:${row.line}:${row.text.slice(0, 300)}`).sort();
}

describe('a case whose indexing was killed', () => {
  it('goes on where it was, with no line lost and none twice', async () => {
    for (const bytes of [1, 2_000_000, 7_000_000]) expect(await killIndexing(engine.dataDir, run, bytes)).toBe(true);
    const caseId = await engine.open(run);
    const expected = plainLines();
    const found = await indexedLines(engine, caseId);
    expect(found.length).toBe(expected.length);
    expect(found.every((line, k) => line === expected[k])).toBe(true);
    const lines = (await engine.call('files.list', { caseId })).reduce((sum, file) => sum + (file.lines ?? 0), 0);
    expect(lines).toBe(expected.length);
  });

  it('goes on where it was also in a zip', async () => {
    const zip = join(dir, 'run.zip');
    await zipFolder(run, zip);
    const zipEngine = new TestEngine();
    try {
      for (const bytes of [1, 3_000_000, 7_000_000])
        expect(await killIndexing(zipEngine.dataDir, zip, bytes)).toBe(true);
      expect(await indexedLines(zipEngine, await zipEngine.open(zip))).toEqual(plainLines());
    } finally {
      await zipEngine.close();
    }
  });

  it('reads a unit anew of which only the first segments were written', async () => {
    const caseId = await engine.open(run);
    const errors = (await engine.search(caseId, { minLevel: 'error' })).length;
    const files = await engine.call('files.list', { caseId });
    await engine.restart();
    const database = readdirSync(engine.dataDir, { recursive: true, encoding: 'utf8' }).find((path) =>
      path.endsWith('case.db'),
    );
    const db = openWritable(join(engine.dataDir, database ?? ''));
    if (db === null) throw new Error('the case is of another version');
    // As a kill leaves a unit of several segments: rows and files of it are there, it is not done.
    db.exec('UPDATE unit SET state = 0 WHERE id % 2 = 0');
    db.close();
    const again = await engine.open(run);
    expect(await indexedLines(engine, again)).toEqual(plainLines());
    expect((await engine.search(again, { minLevel: 'error' })).length).toBe(errors);
    expect(await engine.call('files.list', { caseId: again })).toEqual(files);
  });
});
