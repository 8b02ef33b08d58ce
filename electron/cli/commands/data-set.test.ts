/**
 * Tests of SQL, runs and exports on the command line: their output, and that anything refused,
 * wrong or stopped gives one line and status 2.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlTableNames } from '../../contract/sql-schema.ts';
import { type EngineHost, startEngineHost } from '../../host/engine-host.ts';
import { writeSample } from '../../sample/sample.ts';
import { captureCli } from '../testing/capture.ts';

let dir = '';
let run = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-cli-data-'));
  run = join(dir, 'runs/one');
  const small = { nodes: 1, processes: 2, miniBatches: 12, failure: 'run_exception' } as const;
  await writeSample(run, { ...small, seed: 1 });
  await writeSample(join(dir, 'runs/two'), { ...small, seed: 2 });
});
afterAll(async () => {
  await shared?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** One engine for all commands, because starting one takes longer than most commands. */
let shared: EngineHost | null = null;

function sharedEngine(dataDir: string): EngineHost {
  const engine = shared ?? startEngineHost({ dataDir, workers: 1 });
  shared = engine;
  return { ...engine, close: () => Promise.resolve() };
}

const cli = (...argv: string[]) => captureCli([...argv, '--case-dir', join(dir, 'data')], sharedEngine);
/** Runs with a separate engine, which sees the present environment. */
const cliOfOwn = (...argv: string[]) =>
  captureCli([...argv, '--case-dir', join(dir, 'own')], (dataDir) => startEngineHost({ dataDir, workers: 1 }));
const sql = (...rest: string[]) => cli('sql', run, ...rest);

test('sql prints one array of objects, CSV, a table, or a Parquet file', async () => {
  const statement = 'SELECT node, count(*) AS n FROM attempts GROUP BY node';
  const [row] = JSON.parse((await sql(statement, '--json')).stdout);
  expect(Object.keys(row)).toEqual(['node', 'n']);
  expect((await sql(statement, '--csv')).stdout).toBe(`node,n\n${row.node},${row.n}\n`.replaceAll('\n', '\r\n'));
  expect((await sql(statement)).stdout).toContain(String(row.node));
  expect(JSON.parse((await sql('SELECT 1 WHERE 0', '--json')).stdout)).toEqual([]);
  const file = join(dir, 'out.parquet');
  expect(await sql(statement, '--parquet', '-o', file)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(readFileSync(file).subarray(0, 4).toString()).toBe('PAR1');
  const explained = await sql("SELECT count(*) FROM lines WHERE text MATCH 'Traceback'", '--explain', '--json');
  expect(JSON.parse(explained.stderr)).toMatchObject({
    blocksRead: expect.any(Number),
    blocksTotal: expect.any(Number),
  });
  const schema = await sql('--schema');
  for (const name of sqlTableNames) expect(schema.stdout).toContain(`CREATE TABLE ${name} (`);
});

test('several runs are asked together, and all below a folder', async () => {
  const count = 'SELECT count(*) AS n, count(DISTINCT run) AS runs FROM runs';
  const both = JSON.parse((await cli('sql', run, join(dir, 'runs/two'), count, '--json')).stdout);
  expect(both).toEqual([{ n: 2, runs: 2 }]);
  expect(JSON.parse((await cli('sql', '--all', join(dir, 'runs'), count, '--json')).stdout)).toEqual(both);
});

test.each([
  ['DROP TABLE lines', /^postrun: DROP is refused/],
  ['PRAGMA user_version = 1', /^postrun: PRAGMA .*refused/],
  ['SELECT nod FROM lines', /^postrun: .*line 1, column 8: No such column: nod/],
  ['SELECT * FROM', /Incomplete input/],
  ['', /no statement/],
])('sql %s is one line and status 2', async (statement, words) => {
  for (const form of [[], ['--json']]) {
    const { status, stdout, stderr } = await sql(statement, ...form);
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    if (form[0] === '--json') expect(JSON.parse(stdout).error.code).toMatch(/^(?:bad_sql|sql_refused)$/);
    else expect(stdout).toBe('');
  }
});

test('a query that runs away is stopped, and nothing of it is printed', async () => {
  const forever = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
  const { status, stdout, stderr } = await sql(`${forever} WHERE i < 0`, '--timeout', '0.3', '--csv');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/stopped after 0\.3 s/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('runs prints a row each, also where something else cannot be opened', async () => {
  const { stdout, status } = await cli('runs', join(dir, 'runs'), '--json');
  expect(status).toBe(0);
  const rows = JSON.parse(stdout);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ status: 'failed', nodes: 1, miniBatches: { total: 12 } });
  expect(rows[0].fingerprint).toBe(rows[1].fingerprint);
  writeFileSync(join(dir, 'runs/broken.zip'), 'no zip');
  const csv = await cli('runs', join(dir, 'runs'), '--csv');
  expect(csv.status).toBe(2);
  expect(csv.stdout.trim().split('\r\n')).toHaveLength(3);
  expect(csv.stderr.trim().split('\n')).toHaveLength(1);
  expect(csv.stderr).toContain('broken.zip');
  expect(await cli('runs', join(dir, 'nothing'))).toMatchObject({ status: 2, stdout: '' });
});

test('export writes the tables that were asked for, several runs into one folder', async () => {
  const out = join(dir, 'set');
  for (const path of [run, join(dir, 'runs/two')]) {
    const { stdout, status } = await cli(
      'export',
      path,
      '-o',
      out,
      '--tables',
      'attempts,nodes',
      '--format',
      'csv',
      '--json',
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout).tables.map(({ table }: { table: string }) => table)).toEqual(['nodes', 'attempts']);
  }
  expect(readdirSync(join(out, 'attempts'))).toHaveLength(2);
  expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).runs).toHaveLength(2);
});

test('export --redact hides the addresses of nodes', async () => {
  const out = join(dir, 'hidden');
  expect(
    (await cli('export', run, '-o', out, '--tables', 'nodes', '--format', 'jsonl', '--redact', 'ips')).status,
  ).toBe(0);
  const [folder = ''] = readdirSync(join(out, 'nodes'));
  const text = readFileSync(join(out, 'nodes', folder, 'part-0.jsonl'), 'utf8');
  expect(text).toContain('"node":"ip-1"');
});

test.each([
  [['--tables', 'nope', '-o', 'OUT'], /no table nope/],
  [['--format', 'xls', '-o', 'OUT'], /parquet, jsonl, csv/],
  [['--redact', 'cats', '-o', 'OUT'], /no kind cats/],
  [[], /either -o DIR or --to/],
  [['-o', 'OUT', '--to', 'clickhouse://h/db'], /either -o DIR or --to/],
  [['--to', 'http://h/db'], /no address of a ClickHouse server/],
  [['--to', 'clickhouse://me:hunter2@127.0.0.1/db'], /password does not belong/],
  [['--to', 'clickhouse://127.0.0.1:1/db'], /does not answer/],
  [['-o', 'FOREIGN'], /manifest here of something else/],
])('export %j is one line and status 2', async (options, words) => {
  const foreign = join(dir, 'foreign');
  mkdirSync(foreign, { recursive: true });
  writeFileSync(join(foreign, 'manifest.json'), '{}');
  const to = options[options.indexOf('--to') + 1];
  // The engine's thread reads the environment of the process, which is this test.
  if (options.includes('--to')) process.env.POSTRUN_SENDS_TO = to;
  const places: Record<string, string> = { OUT: join(dir, 'never'), FOREIGN: foreign };
  const argv = ['export', run, ...options.map((word) => places[word] ?? word)];
  const { status, stdout, stderr } = options.includes('--to') ? await cliOfOwn(...argv) : await cli(...argv);
  delete process.env.POSTRUN_SENDS_TO;
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('hunter2');
});
