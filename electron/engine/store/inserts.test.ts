/** Tests that inserts list the columns of their tables. */
import { expect, test } from 'vitest';
import * as inserts from './inserts.ts';
import { selectCells, selectRows } from './select.ts';
import { openMemory } from './testing/open-memory.ts';

const all = Object.values(inserts).filter((each) => typeof each === 'object');

/** Filled by the table itself, or later by analysis. */
const LEFT_OUT = ['id', 'written_node'];

test('each insert names every column of its table but its own id and what analysis fills', () => {
  const db = openMemory();
  const columnsOf = selectCells(db, 'SELECT name FROM pragma_table_info(?) ORDER BY name', 'text');
  expect(all.map(({ table }) => table).sort()).toEqual([
    ...['block', 'block_text', 'error_event', 'pid_span', 'posting', 'problem', 'process_event'],
    ...['run_event', 'segment', 'series', 'task_event', 'vocabulary'],
  ]);
  for (const { table, columns, sql } of all) {
    const left = LEFT_OUT.filter((name) => !columns.includes(name));
    expect(columnsOf.all(table).filter((name) => !left.includes(name))).toEqual([...columns].sort());
    db.prepare(sql);
  }
  db.close();
});

test('a row stands in the columns that its list says', () => {
  const db = openMemory();
  const { sql, cells } = inserts.pidSpanInsert;
  const span = { fileId: 3, node: 'n1', process: null, pid: 41, fromUs: 5, toUs: null, lines: 7, isTail: true };
  db.prepare(sql).run(cells(span, 9));
  const shape = { file_id: 'number', pid: 'number', lines: 'number', unit_id: 'number', tail: 'number' } as const;
  const row = selectRows(db, 'SELECT file_id, pid, lines, unit_id, tail FROM pid_span', shape).get();
  expect(row).toEqual({ file_id: 3, pid: 41, lines: 7, unit_id: 9, tail: 1 });
  db.close();
});

test('the points of a series are stored by their times', () => {
  const { cells, columns } = inserts.seriesInsert;
  const series = {
    ...{ node: 'n', process: null, pid: null, metric: 'cpu_percent', unit: 'percent', counter: false },
    ...{ timesUs: [30, 10, 20], values: [3, 1, 2], lines: [4, 2, 3] },
  };
  const row = cells(inserts.sortedSeries(1, series), 1);
  const of = (name: string) => row[columns.indexOf(name)];
  expect([of('from_us'), of('to_us'), of('min'), of('max'), of('points')]).toEqual([10, 30, 1, 3, 3]);
  const lines = of('lines');
  expect(lines instanceof Uint8Array && [...new Int32Array(lines.buffer)]).toEqual([2, 3, 4]);
});
