/** Tests that reading events from columns equals reading their table row by row. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Growing } from '../base/typed.ts';
import type { TaskEvent } from '../formats/types.ts';
import { taskInsert } from '../store/inserts.ts';
import type { WritableDb } from '../store/open.ts';
import type { Found } from '../store/rows.ts';
import { packTasks, shiftTaskColumns, writeTaskColumns } from '../store/task-columns.ts';
import { openMemory } from '../store/testing/open-memory.ts';
import { readTaskEvents, type TaskEvents } from './task-events.ts';

const whole = (max: number) => fc.oneof(fc.constant(null), fc.constant(Number.NaN), fc.nat(max));
const float = fc.oneof(fc.constant(null), fc.constant(Number.NaN), fc.double({ noNaN: true, noDefaultInfinity: true }));
const name = fc.oneof(fc.constant(null), fc.constantFrom('n1', 'n2', '10.0.0.4', 'Process-1', 'Ω'));
const eventOf: fc.Arbitrary<TaskEvent> = fc.record({
  line: fc.nat(2_000_000_000),
  source: fc.constantFrom('worker_log', 'task_table', 'master_log', 'report', 'error_log'),
  type: fc.constantFrom('picked', 'processed', 'failed', 'timed_out', 'poisoned', 'aborted', 'sent'),
  miniBatchId: fc.oneof(fc.nat(30).map(String), fc.constantFrom('007', '-1', '1e3', '4294967296', '', 'b\ud800', 'é')),
  dequeueCount: whole(400),
  node: name,
  pid: whole(4_000_000),
  process: name,
  atUs: fc.oneof(
    fc.constant(null),
    fc.nat(1000).map((us) => 1_588_744_235_083_289 + us),
  ),
  startUs: fc.oneof(
    fc.constant(null),
    fc.nat(1000).map((us) => 1_588_744_227_617_934 + us),
  ),
  durationSeconds: float,
  processSeconds: float,
  runMethodSeconds: float,
  total: whole(60_000_000),
  succeeded: whole(60_000_000),
  failed: whole(60_000_000),
  status: fc.constant(null),
  error: fc.oneof(fc.constant(null), fc.constantFrom('', 'ValueError')),
  inputs: fc.oneof(fc.constant(null), fc.constant('[]')),
});

const FILE = 3;

function put(db: WritableDb, events: TaskEvent[], unit: number, withColumns: boolean): void {
  const found = events.map((event): Found<TaskEvent> => [FILE, event, false]);
  const statement = db.prepare(taskInsert.sql);
  let lastId = 0;
  for (const each of found) lastId = Number(statement.run(taskInsert.cells(each, unit)).lastInsertRowid);
  const packed = withColumns ? packTasks(found) : null;
  if (packed !== null) writeTaskColumns(db, unit, lastId, packed);
}

/** Converts everything that was read into plain lists. */
function plain(events: TaskEvents): Record<string, unknown> {
  const entries = Object.entries(events).map(([key, value]) => {
    return [key, value instanceof Growing ? Array.from(value.view()) : value];
  });
  return Object.fromEntries(entries);
}

test('what columns repeat and what stands in rows only gives the same events in the same order', () => {
  const units = fc.array(fc.tuple(fc.array(eventOf, { maxLength: 12 }), fc.boolean()), { maxLength: 5 });
  fc.assert(
    fc.property(units, (parts) => {
      const [rows, columns] = [openMemory(), openMemory()];
      for (const [unit, [events, withColumns]] of parts.entries()) {
        put(rows, events, unit, false);
        put(columns, events, unit, withColumns);
      }
      expect(plain(readTaskEvents(columns))).toEqual(plain(readTaskEvents(rows)));
      rows.close();
      columns.close();
    }),
    { numRuns: 200 },
  );
});

test('lines of a file move in rows and columns alike', () => {
  const [event] = fc.sample(eventOf, 1);
  if (event === undefined) throw new Error('no event');
  const db = openMemory();
  put(db, [{ ...event, line: 5 }], 1, true);
  put(db, [{ ...event, line: 5 }], 2, true);
  shiftTaskColumns(db, 2, FILE, 100);
  shiftTaskColumns(db, 2, FILE + 1, 1000);
  expect([...readTaskEvents(db).line.view()]).toEqual([5, 105]);
  db.close();
});
