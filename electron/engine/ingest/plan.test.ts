import { describe, expect, it } from 'vitest';
import type { SourceEntry, SourceListing } from '../source/entry.ts';
import type { WritableDb } from '../store/open.ts';
import { openMemory } from '../store/testing/open-memory.ts';
import { planUnits } from './plan.ts';

function listing(paths: string[]): SourceListing {
  const entries = paths.map((path): SourceEntry => ({ path, bytes: 100, modifiedUs: 1, zip: null, inside: null }));
  return { kind: 'folder', path: '/nowhere', entries, problems: [] };
}

/** Leaves units as the writer does: done, with a segment of one block per file. */
function finishUnits(db: WritableDb): void {
  for (const unit of db.prepare('SELECT id FROM unit WHERE state = 0').pluck().all() as number[]) {
    const files = db.prepare('SELECT file_id FROM part WHERE unit_id = ?').pluck().all(unit) as number[];
    const first = Number(db.prepare('SELECT coalesce(max(first_block + blocks), 1) FROM segment').pluck().get());
    db.prepare('INSERT INTO segment (unit_id, first_block, blocks, tokens) VALUES (?, ?, ?, 1)').run(
      unit,
      first,
      files.length,
    );
    files.forEach((file, k) => {
      db.prepare('INSERT INTO block (id, file_id, part, line, lines, start, bytes) VALUES (?, ?, 0, 0, 1, 0, 100)').run(
        first + k,
        file,
      );
    });
    db.prepare('UPDATE unit SET state = 1 WHERE id = ?').run(unit);
    db.prepare('UPDATE part SET lines = 1 WHERE unit_id = ?').run(unit);
  }
  db.exec("UPDATE file SET lines = 1, state = 'indexed'");
}

const count = (db: WritableDb, sql: string) => Number(db.prepare(sql).pluck().get());

describe('a case to which little is added again and again', () => {
  it('has what was added put together before there are too many segments', () => {
    const db = openMemory();
    const paths = ['first-a.txt', 'first-b.txt'];
    for (let k = 0; k < 230; k++) {
      planUnits(db, listing(paths), '');
      finishUnits(db);
      paths.push(`added-${k}.txt`);
      expect(count(db, 'SELECT count(*) FROM segment')).toBeLessThanOrEqual(203);
    }
    expect(count(db, 'SELECT count(*) FROM segment')).toBeLessThan(40);
    expect(count(db, 'SELECT count(*) FROM block')).toBe(count(db, 'SELECT count(*) FROM file'));
    expect(planUnits(db, listing(paths.slice(0, -1)), '')).toBe(false);
  });

  it('never gives the id of a block or file again', () => {
    const db = openMemory();
    planUnits(db, listing(['a.txt', 'b.txt']), '');
    finishUnits(db);
    expect(planUnits(db, listing(['a.txt']), '')).toBe(true);
    planUnits(db, listing(['a.txt', 'c.txt']), '');
    expect(count(db, "SELECT id FROM file WHERE path = 'c.txt'")).toBe(3);
    expect(count(db, "SELECT value FROM meta WHERE key = 'next_block'")).toBe(3);
    // The two files were read together, but the other one stayed as it was.
    expect(count(db, "SELECT count(*) FROM file WHERE state = 'indexed'")).toBe(1);
  });
});
