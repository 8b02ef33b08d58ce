/** Tests that a Parquet file has the columns, types and values of a query. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { SqlCell, SqlState } from '../contract/sql-records.ts';
import { writeParquet } from './sql-parquet.ts';

test('a result as Parquet has its columns with their types and values', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'postrun-parquet-'));
  const rows: SqlCell[][] = [
    ['r', '2020-05-06T05:50:12.345Z', 1, 1.5, 'a', null],
    ['r', null, 2, 2, '7', null],
  ];
  const state: SqlState = {
    queryId: 'q',
    columns: ['run', 'time', 'n', 'x', 'n', 'none'].map((name) => ({ name, origin: null, isTime: false })),
    rows: rows.length,
    complete: true,
    milliseconds: 1,
    reads: { scans: 0, blocksTotal: 0, blocksRead: 0, bytesRead: 0, lines: 0 },
    error: null,
  };
  const file = join(dir, 'out.parquet');
  try {
    await writeParquet(file, state, async (start, count) => rows.slice(start, start + count));
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("SET TimeZone = 'UTC'");
    const read = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
    expect((await read(`DESCRIBE SELECT * FROM '${file}'`)).map(([name, type]) => [name, type])).toEqual([
      ['run', 'VARCHAR'],
      ['time', 'TIMESTAMP WITH TIME ZONE'],
      ['n', 'BIGINT'],
      ['x', 'DOUBLE'],
      ['n:2', 'VARCHAR'],
      ['none', 'VARCHAR'],
    ]);
    const [first, second] = await read(`SELECT run, epoch_ms(time), n, x, "n:2", none FROM '${file}'`);
    expect(first?.map(String)).toEqual(['r', '1588744212345', '1', '1.5', 'a', 'null']);
    expect(second?.map(String)).toEqual(['r', 'null', '2', '2', '7', 'null']);
    await expect(writeParquet(file, state, async () => rows)).rejects.toMatchObject({ code: 'exists' });
    connection.closeSync();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
