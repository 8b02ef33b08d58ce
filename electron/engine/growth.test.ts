import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilterInput } from '../contract/filter.ts';
import { Random } from '../sample/random.ts';
import { writeSample } from '../sample/sample.ts';
import { planUnits } from './ingest/plan.ts';
import { listSource } from './source/source.ts';
import { openWritable } from './store/open.ts';
import { dumpCase, onlyDatabase, orphans } from './testing/case-dump.ts';
import { killIndexing } from './testing/kill-indexing.ts';
import { TestEngine } from './testing/open-run.ts';

const QUERIES: FilterInput[] = [
  { minLevel: 'error' },
  { query: '"did not" OR 1?7' },
  { query: '*rocess1*' },
  { query: '/[3-5]{3} seconds/' },
  { file: { include: ['*.txt', '**/master*'] } },
];

let dir = '';

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-growth-'));
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** All files under a folder, by path. */
function filesOf(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path)];
    }),
  );
}

function write(folder: string, path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}

async function hits(engine: TestEngine, caseId: string): Promise<string[][]> {
  const paths = new Map((await engine.call('files.list', { caseId })).map((file) => [file.fileId, file.path]));
  const all: string[][] = [];
  for (const filter of QUERIES) {
    const rows = await engine.search(caseId, filter);
    all.push(rows.map(({ fileId, ...row }) => JSON.stringify({ path: paths.get(fileId), ...row })).sort());
  }
  return all;
}

/** The first rows that only one of two sorted lists has, and how often rows differ. */
function differences(found: string[], expected: string[]): string[] {
  const count = new Map<string, number>();
  for (const row of expected) count.set(row, (count.get(row) ?? 0) + 1);
  for (const row of found) count.set(row, (count.get(row) ?? 0) - 1);
  const rows = [...count].filter(([, times]) => times !== 0);
  // Of long rows that differ somewhere, the place where they do.
  const [one = '', two = ''] = [rows[0]?.[0], rows[1]?.[0]];
  let at = 0;
  while (at < one.length && one[at] === two[at]) at++;
  const from = one.length > 300 ? Math.max(0, at - 60) : 0;
  return rows
    .slice(0, 6)
    .map(([row, times]) => `${times > 0 ? 'missing' : 'too much'}: ${row.slice(from, from + 300)}`);
}

/** What a case says must be what a case says that is made from the folder as it is now. */
async function expectAsFresh(engine: TestEngine, caseId: string, folder: string, isSearched: boolean): Promise<void> {
  const fresh = new TestEngine();
  try {
    const freshId = await fresh.open(folder);
    const expected = dumpCase(onlyDatabase(fresh.dataDir));
    const found = dumpCase(onlyDatabase(engine.dataDir));
    for (const table of Object.keys(expected))
      expect(differences(found[table] ?? [], expected[table] ?? []), table).toEqual([]);
    expect(orphans(onlyDatabase(engine.dataDir))).toEqual({ segments: 0, blocks: 0, texts: 0 });
    if (isSearched) expect(await hits(engine, caseId)).toEqual(await hits(fresh, freshId));
  } finally {
    await fresh.close();
  }
}

/**
 * One step in the life of a folder that is being written: most files grow, some appear, go, shrink
 * or are rewritten.
 */
function step(random: Random, folder: string, final: Map<string, Buffer>, sizes: Map<string, number>): void {
  for (const [path, bytes] of final) {
    const size = sizes.get(path) ?? 0;
    const chance = random.int(100);
    let next = size;
    if (chance < 50) next = Math.min(bytes.length, size + 1 + random.int(Math.ceil(bytes.length / 3)));
    else if (chance < 60) next = Math.min(bytes.length, size + 1 + random.int(40));
    else if (chance < 63 && size > 0) next = random.int(size);
    else if (chance < 65 && size > 0) {
      unlinkSync(join(folder, path));
      sizes.delete(path);
      continue;
    } else if (chance < 67 && size > 100) {
      // Rewritten from the start, to be repaired by a later step that truncates or deletes: until
      // then it is what it is.
      const other = Buffer.from(bytes.subarray(0, size));
      other.write('2001-01-01', 0);
      write(folder, path, other);
      continue;
    }
    if (next === size && sizes.has(path)) continue;
    sizes.set(path, next);
    write(folder, path, bytes.subarray(0, next));
  }
}

describe('a folder that grows', () => {
  const layouts = [
    { layout: '1', failure: 'run_exception' },
    { layout: '3', failure: 'poisoned' },
  ] as const;
  for (const [k, options] of layouts.entries()) {
    it(`tells after every step what a case made anew tells (layout ${options.layout})`, {
      timeout: 600_000,
    }, async () => {
      const source = join(dir, `source-${k}`);
      await writeSample(source, { nodes: 2, processes: 2, miniBatches: 300, megabytes: 3, ...options });
      const final = filesOf(source);
      final.set(
        'logs/user/10.0.0.4/umlaut.txt',
        Buffer.from('2020-05-06 05:50:01,123|ERROR|Übergröße ≥ 5 €\n'.repeat(4_000)),
      );
      final.set('long.txt', Buffer.from(`start\n${'word '.repeat(40_000)}\nend\n`.repeat(2)));
      const folder = join(dir, `growing-${k}`);
      mkdirSync(folder);
      const random = new Random(7 + k);
      const sizes = new Map<string, number>();
      const engine = new TestEngine();
      try {
        step(random, folder, final, sizes);
        let caseId = await engine.open(folder, '');
        for (let round = 0; round < 8; round++) {
          step(random, folder, final, sizes);
          const way = random.int(3);
          if (way === 0) {
            await engine.restart();
            await killIndexing(engine.dataDir, folder, random.int(1_500_000), '');
            caseId = await engine.open(folder, '');
          } else if (way === 1) {
            await engine.restart();
            caseId = await engine.open(folder, '');
          } else {
            await engine.call('case.refresh', { caseId });
            await engine.settle(caseId);
          }
          await expectAsFresh(engine, caseId, folder, round === 4);
        }
        for (const [path, bytes] of final) write(folder, path, bytes);
        await engine.call('case.refresh', { caseId });
        await engine.settle(caseId);
        await expectAsFresh(engine, caseId, folder, true);
      } finally {
        await engine.close();
      }
    });
  }
});

it('reads the lines of a grown file as before until its end is read too', async () => {
  const folder = join(dir, 'grown');
  const lines = Array.from({ length: 4_000 }, (_, k) => `[${k}] <ERROR> 2021-03-01T10:00:00+09:00 line ${k}\n`);
  const [grown, shrunk] = [join(folder, 'grown.log'), join(folder, 'shrunk.log')];
  for (const path of [grown, shrunk]) write(folder, path.slice(folder.length + 1), Buffer.from(lines.join('')));
  const engine = new TestEngine();
  try {
    await engine.open(folder, '');
    await engine.restart();
    const db = openWritable(onlyDatabase(engine.dataDir));
    if (db === null) throw new Error('the case is of another version');
    const readings = () => db.prepare('SELECT reading FROM file ORDER BY path').pluck().all();
    const [before] = readings();
    expect(before).toContain('iso');
    appendFileSync(grown, '[1] <ERROR> 2021-03-01T10:00:00+09:00 one more\n');
    writeFileSync(shrunk, lines.slice(0, 10).join(''));
    expect(planUnits(db, await listSource(folder), '')).toBe(true);
    expect(readings()).toEqual([before, null]);
    db.close();
  } finally {
    await engine.close();
  }
});
