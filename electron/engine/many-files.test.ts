/**
 * Sources of very many small files, of one node or of as many nodes: what is done for each file is
 * done once, and what is known of them is bounded.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { reconcileNodes } from './analysis/nodes.ts';
import { silentNodes } from './analysis/silence.ts';
import { TaskEvents } from './analysis/task-events.ts';
import { pendingUnits, readUnit } from './ingest/pending.ts';
import { planUnits } from './ingest/plan.ts';
import { BlockTable } from './search/plan/block-table.ts';
import type { SourceEntry, SourceListing } from './source/entry.ts';
import { openReadable, type ReadableDb, type WritableDb } from './store/open.ts';
import { openMemory } from './store/testing/open-memory.ts';
import { onlyDatabase } from './testing/case-dump.ts';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-many-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function listingOf(paths: string[]): SourceListing {
  const entries = paths.map((path): SourceEntry => ({ path, bytes: 100, modifiedUs: 1, zip: null, inside: null }));
  return { kind: 'folder', path: '/nowhere', entries, problems: [] };
}

const pathOf = (k: number) => `logs/user/10.0.0.${k % 4}/item_${k}.txt`;

/** How many statements of a database were executed by what is done with it. */
function countStatements(db: WritableDb, work: () => void): number {
  let count = 0;
  const prepare = db.prepare.bind(db);
  const spy = vi.spyOn(db, 'prepare').mockImplementation(((sql: string) => {
    const statement = prepare(sql);
    for (const name of ['run', 'get', 'all', 'iterate'] as const) {
      const original = statement[name].bind(statement) as (...params: unknown[]) => unknown;
      Object.defineProperty(statement, name, {
        value: (...params: unknown[]) => {
          count++;
          return original(...params);
        },
      });
    }
    return statement;
  }) as never);
  work();
  spy.mockRestore();
  return count;
}

describe('planning', () => {
  it('takes as many statements a file whatever their number, and puts no more than 2,000 in a unit', () => {
    const costs = [3_000, 12_000].map((files) => {
      const db = openMemory();
      const paths = Array.from({ length: files }, (_, k) => pathOf(k));
      const cost = countStatements(db, () => planUnits(db, listingOf(paths), ''));
      const units = pendingUnits(db);
      expect(units.map((unit) => readUnit(db, unit).parts.length).reduce((sum, count) => sum + count, 0)).toBe(files);
      for (const unit of units) expect(readUnit(db, unit).parts.length).toBeLessThanOrEqual(2_000);
      db.close();
      return cost / files;
    });
    expect(costs[1]).toBeLessThanOrEqual((costs[0] ?? 0) + 0.01);
    expect(costs[1]).toBeLessThan(4);
  });

  it('takes a few statements for a source that did not change', () => {
    const db = openMemory();
    const listing = listingOf(Array.from({ length: 5_000 }, (_, k) => pathOf(k)));
    planUnits(db, listing, '');
    expect(countStatements(db, () => planUnits(db, listing, ''))).toBeLessThan(20);
  });
});

/**
 * A case of so many nodes, each with one process that stops writing, one file and one pid; the last
 * one goes on.
 */
function manyNodes(count: number): WritableDb {
  const db = openMemory();
  const file = db.prepare(
    `INSERT INTO file (path, kind, format, node, process, shape, priority, bytes, lines, last_us)
     VALUES (?, 'worker', '', ?, 'Process-1', 'lines', 1, 100, 3, ?)`,
  );
  const process = db.prepare(
    `INSERT INTO process (node, pid, attempts, succeeded, failed, busy_seconds) VALUES (?, ?, 0, 0, 0, 0)`,
  );
  const span = db.prepare(`INSERT INTO pid_span VALUES (?, ?, 'Process-1', 100, 1, 2, 3, 1, 0, NULL)`);
  db.transaction(() => {
    for (let k = 0; k < count; k++) {
      const node = k % 2 === 0 ? `10.${k >> 16}.${(k >> 8) & 255}.${k & 255}` : `node-${k}`;
      file.run(`logs/sys/worker/${node}/Process-1.txt`, node, k === count - 1 ? 60e6 : 1e6);
      process.run(node, k);
      span.run(k + 1, node);
    }
  })();
  return db;
}

describe('as many nodes as files', () => {
  it('are looked through once for what fell silent', () => {
    const costs = [200, 800].map((nodes) => {
      const db = manyNodes(nodes);
      let found = 0;
      const cost = countStatements(db, () => {
        found = silentNodes(db, false).length;
      });
      expect(found).toBe(nodes - 1);
      return cost;
    });
    expect(costs[1]).toBe(costs[0]);
  });

  it('are told apart without comparing each with each', () => {
    const compared = [500, 2_000].map((nodes) => {
      const db = manyNodes(nodes);
      const has = vi.spyOn(Set.prototype, 'has');
      expect(reconcileNodes(db, new TaskEvents(0)).aliases.size).toBe(0);
      const calls = has.mock.calls.length;
      has.mockRestore();
      return calls / nodes;
    });
    expect(compared[1]).toBeLessThanOrEqual((compared[0] ?? 0) + 1);
  });
});

/** A zip of stored entries. */
function zipOf(names: readonly string[], data: Buffer): Buffer {
  const locals: Buffer[] = [];
  const records: Buffer[] = [];
  let at = 0;
  for (const text of names) {
    const name = Buffer.from(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(0x50a65000, 6);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), fields, name, data);
    records.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, tail, name);
    at += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

describe('a zip of many small files', () => {
  it('is read whole, in segments of few blocks, and what is known of its files is kept as it is', async () => {
    const names = Array.from({ length: 5_000 }, (_, k) => pathOf(k));
    writeFileSync(join(dir, 'many.zip'), zipOf(names, Buffer.from('2020-05-06 05:50:01,000 INFO one\nneedle two\n')));
    const engine = new TestEngine();
    try {
      const caseId = await engine.open(join(dir, 'many.zip'));
      expect(await engine.search(caseId, { query: 'needle' })).toHaveLength(names.length);
      const db: ReadableDb = openReadable(onlyDatabase(engine.dataDir));
      const figure = (sql: string) => Number(db.prepare(sql).pluck().get());
      expect(figure('SELECT max(blocks) FROM segment')).toBeLessThanOrEqual(4_096);
      expect(figure('SELECT count(*) FROM file WHERE lines = 2')).toBe(names.length);
      const table = new BlockTable();
      table.refresh(db);
      const before = [...table.files.values()];
      table.refresh(db);
      expect([...table.files.values()].every((file, k) => file === before[k])).toBe(true);
      db.close();
    } finally {
      await engine.close();
    }
  });
});
