import { expect, it } from 'vitest';
import { emptyRows, type PartResult, type SegmentRows } from '../store/rows.ts';
import { SegmentWriter } from '../store/segment-writer.ts';
import { openMemory } from '../store/testing/open-memory.ts';

function partOf(part: number, lines: number): PartResult {
  return {
    fileId: 1,
    part,
    lines,
    carryUs: null,
    carryPid: null,
    firstUs: part * 10,
    lastUs: part * 10 + 5,
    errors: 1,
    warnings: 0,
    encoding: 'utf-8',
    failed: false,
    check: null,
    resume: null,
  };
}

/** Returns the rows of a part whose only content is a problem in its line 3. */
function rowsOf(unitId: number, part: PartResult): SegmentRows {
  const problem = { fileId: 1, line: 3, kind: 'unrecognised', message: 'not understood', count: 1, isTail: false };
  return { ...emptyRows(unitId), last: true, parts: [part], problems: [problem] };
}

it('numbers what the later parts of a file tell by the lines of the file, in whatever order they are read', () => {
  const db = openMemory();
  db.exec(`
    INSERT INTO file (id, path, kind, format, shape, priority, bytes) VALUES (1, 'large.txt', 'user', 'text', 'lines', 2, 30);
    INSERT INTO unit (id, priority, bytes) VALUES (1, 2, 10), (2, 2, 10), (3, 2, 10);
    INSERT INTO part (unit_id, file_id, part, start, end) VALUES (1, 1, 0, 0, 10), (2, 1, 1, 10, 20), (3, 1, 2, 20, 30);
  `);
  const writer = new SegmentWriter(db);
  expect(writer.write(rowsOf(3, partOf(2, 50)))).toEqual([]);
  expect(writer.write(rowsOf(1, partOf(0, 100)))).toEqual([]);
  expect(writer.write(rowsOf(2, partOf(1, 70)))).toEqual([1]);
  expect(db.prepare('SELECT line FROM problem ORDER BY line').pluck().all()).toEqual([3, 103, 173]);
  expect(db.prepare('SELECT lines, errors, first_us, last_us, state FROM file').get()).toEqual({
    lines: 220,
    errors: 3,
    first_us: 0,
    last_us: 25,
    state: 'indexed',
  });
});
