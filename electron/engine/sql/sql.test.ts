import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlCell, SqlState } from '../../contract/sql-records.ts';
import { sqlTables } from '../../contract/sql-schema.ts';
import { writeSample } from '../../sample/sample.ts';
import { zipFolder } from '../../sample/testing/zip.ts';
import { shownText } from '../base/terminal.ts';
import { TestEngine } from '../testing/open-run.ts';

let dir = '';
let run = '';
let engine: TestEngine;
let caseId = '';
let zipCase = '';

interface Line {
  file: string;
  line: number;
  text: string;
}

/** Reads every line of every file as shown: if a progress bar rewrote a line, its last state. */
function readLines(): Line[] {
  const lines: Line[] = [];
  for (const entry of readdirSync(run, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const parts = readFileSync(path, 'utf8').split('\n');
    if (parts.at(-1) === '') parts.pop();
    parts.forEach((text, k) => {
      lines.push({ file: path.slice(run.length + 1), line: k + 1, text: shownText(text) });
    });
  }
  return lines;
}

async function ask(
  sql: string,
  more: { caseIds?: string[]; maxSeconds?: number; maxRows?: number } = {},
): Promise<{ rows: SqlCell[][]; state: SqlState }> {
  let state = await engine.call('sql.start', { caseIds: [caseId], sql, ...more });
  while (!state.complete) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    state = await engine.call('sql.state', { queryId: state.queryId });
  }
  const rows: SqlCell[][] = [];
  while (rows.length < state.rows) {
    const page = { queryId: state.queryId, start: rows.length, count: 10_000, maxChars: 1_000_000 };
    rows.push(...(await engine.call('sql.rows', page)).rows);
  }
  return { rows, state };
}

const one = async (sql: string) => (await ask(sql)).rows[0]?.[0];
const places = (rows: SqlCell[][]) => rows.map(([file, line]) => `${file}:${line}`).sort();

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-sql-'));
  run = join(dir, 'run');
  await writeSample(run, { failure: 'run_exception', nodes: 2, processes: 2, miniBatches: 40, megabytes: 3, seed: 7 });
  const zip = join(dir, 'run.zip');
  await zipFolder(run, zip);
  engine = new TestEngine();
  caseId = await engine.open(run);
  zipCase = await engine.open(zip);
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the public tables', () => {
  it('give all columns of the schema, in its order', async () => {
    for (const table of sqlTables) {
      const { state } = await ask(`SELECT * FROM ${table.name} LIMIT 1`);
      expect(state.columns.map((column) => column.name)).toEqual(table.columns.map((column) => column.name));
    }
  });

  it('have every line of every file, of a folder and of a zip', async () => {
    const lines = readLines();
    const wanted = lines.map(({ file, line, text }) => `${file}:${line}:${text}`).sort();
    for (const id of [caseId, zipCase]) {
      const { rows } = await ask('SELECT file, line, text FROM lines', { caseIds: [id] });
      expect(rows.map((row) => row.join(':')).sort()).toEqual(wanted);
    }
  });

  it('agree with what the views are told', async () => {
    const info = await engine.call('run.info', { caseId });
    const { rows } = await ask(
      'SELECT name, status, mini_batches_failed, lines, bytes, cause_kind, cause_message FROM runs',
    );
    expect(rows).toEqual([
      [
        info.name,
        info.status,
        info.miniBatches.failed,
        info.lines,
        info.bytes,
        info.firstCause?.kind,
        info.firstCause?.message,
      ],
    ]);
    const attempts = await engine.call('attempts.page', { caseId, filter: {}, start: 0, count: 10_000 });
    const listed = await ask('SELECT mini_batch, attempt, node, pid, outcome, file, line FROM attempts');
    expect(listed.rows).toHaveLength(attempts.total);
    expect(new Set(listed.rows.map((row) => row.join('|')))).toEqual(
      new Set(
        attempts.rows.map((row) =>
          [row.miniBatchId, row.attempt, row.node, row.pid, row.outcome, row.pickedUp?.file, row.pickedUp?.line].join(
            '|',
          ),
        ),
      ),
    );
    const groups = await engine.call('analysis.signatures', { caseId, filter: {} });
    expect((await ask('SELECT error_group, count FROM error_groups')).rows).toEqual(
      groups.map(({ id, count }) => [id, count]),
    );
    expect((await ask('SELECT error_group, count(*) FROM errors GROUP BY 1 ORDER BY 1')).rows).toEqual(
      groups.map(({ id, count }) => [id, count]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
    const series = await engine.call('resources.list', { caseId });
    expect(await one('SELECT count(*) FROM samples')).toBe(series.reduce((sum, each) => sum + each.points, 0));
    const processes = await engine.call('processes.list', { caseId });
    expect(await one('SELECT count(*) FROM processes')).toBe(processes.length);
    expect(await one('SELECT count(*) FROM findings WHERE finding = 1')).toBeGreaterThan(0);
  });

  it('say of a line what the search says of it', async () => {
    const filter = { query: '', mode: 'words' as const };
    const paths = new Map((await engine.call('files.list', { caseId })).map((file) => [file.fileId, file.path]));
    const wanted = (await engine.search(caseId, filter)).map((row) =>
      [
        paths.get(row.fileId),
        row.line,
        row.timeUs === null ? null : new Date(row.timeUs / 1_000).toISOString(),
        row.ownTime ? 1 : 0,
        row.level,
        row.node,
        row.pid,
        row.process,
        row.miniBatchId,
      ].join('|'),
    );
    const { rows } = await ask(
      "SELECT file, line, substr(time, 1, 23) || 'Z', own_time, level, node, pid, process, mini_batch FROM lines",
    );
    expect(rows.map((row) => row.join('|')).sort()).toEqual(wanted.sort());
  });
});

describe('conditions on lines', () => {
  const cases: [sql: string, test: (line: Line) => boolean][] = [
    ["text LIKE '%valueerror%'", ({ text }) => text.toLowerCase().includes('valueerror')],
    ["text LIKE 'Traceback%last)%'", ({ text }) => /^traceback.*last\)/i.test(text)],
    ["text GLOB '*Error: *'", ({ text }) => text.includes('Error: ')],
    ["text REGEXP 'batch \\d+'", ({ text }) => /batch \d+/.test(text)],
    ["text MATCH 'Traceback'", ({ text }) => /(?<!\w)Traceback(?!\w)/.test(text)],
    ["text NOT LIKE '%e%'", ({ text }) => !text.toLowerCase().includes('e')],
    [
      "text MATCH 'Traceback' AND file LIKE '%/user/%'",
      ({ text, file }) => text.includes('Traceback') && file.includes('/user/'),
    ],
    ["text MATCH 'Traceback' OR text MATCH 'KeyError'", ({ text }) => /(?<!\w)(?:Traceback|KeyError)(?!\w)/.test(text)],
    ['line = 5', ({ line }) => line === 5],
    ['line BETWEEN 3 AND 7', ({ line }) => line >= 3 && line <= 7],
    ["text = ''", ({ text }) => text === ''],
  ];

  it.each([
    'level:error',
    'Traceback level:error',
    '-node:10.0.0.4',
    '-batch:3',
    'level:warning is:first',
    '-pid:181 level:warning',
    'from:2020-05-06T05:51 to:2020-05-06T05:52',
  ])('MATCH %s finds what the search box finds', async (query) => {
    const paths = new Map((await engine.call('files.list', { caseId })).map((file) => [file.fileId, file.path]));
    const found = await engine.search(caseId, { query });
    const { rows } = await ask(`SELECT file, line FROM lines WHERE text MATCH '${query}'`);
    expect(places(rows)).toEqual(found.map((row) => `${paths.get(row.fileId)}:${row.line}`).sort());
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each(cases)('%s', async (condition, test) => {
    const { rows } = await ask(`SELECT file, line FROM lines WHERE ${condition}`);
    const wanted = readLines().filter(test);
    expect(places(rows)).toEqual(wanted.map(({ file, line }) => `${file}:${line}`).sort());
  });

  it('are met exactly where they are on what a line belongs to', async () => {
    const { rows: all } = await ask('SELECT file, line, time, level, node, pid, process, mini_batch, kind FROM lines');
    const sample = all.find((row) => row[5] !== null && row[7] !== null && row[3] !== null) ?? [];
    const names = ['file', 'line', 'time', 'level', 'node', 'pid', 'process', 'mini_batch', 'kind'];
    for (const [k, name] of names.entries()) {
      const value = sample[k];
      const literal = typeof value === 'number' ? String(value) : `'${value}'`;
      const { rows } = await ask(`SELECT file, line FROM lines WHERE ${name} = ${literal}`);
      expect(places(rows), name).toEqual(places(all.filter((row) => row[k] === value)));
      const { rows: none } = await ask(`SELECT file, line FROM lines WHERE ${name} IS NULL`);
      expect(places(none), name).toEqual(places(all.filter((row) => row[k] === null)));
    }
    const time = String(sample[2]);
    for (const op of ['<', '<=', '>', '>=']) {
      for (const bound of [time, time.slice(0, 16), time.slice(0, 19).replace('T', ' '), '2020-02-31']) {
        const { rows } = await ask(`SELECT file, line FROM lines WHERE time ${op} '${bound}'`);
        const { rows: slow } = await ask(`SELECT file, line FROM lines WHERE +time ${op} '${bound}' COLLATE time`);
        expect(places(rows), `${op} ${bound}`).toEqual(places(slow));
      }
    }
  });

  it('read no more than the index leaves', async () => {
    const all = (await ask('SELECT count(*) FROM lines')).state.reads;
    expect(all.blocksRead).toBe(all.blocksTotal);
    for (const condition of [
      "text MATCH 'Traceback'",
      "text LIKE '%Traceback%'",
      "text REGEXP 'Traceba.k'",
      "level = 'critical'",
      'pid = -5',
    ]) {
      const { reads } = (await ask(`SELECT count(*) FROM lines WHERE ${condition}`)).state;
      expect(reads.blocksRead, condition).toBeLessThan(all.blocksRead / 2);
    }
    const node = String(await one('SELECT min(node) FROM nodes'));
    const joined = await ask(`SELECT count(*) FROM nodes n JOIN lines l ON l.node = n.node WHERE n.node = '${node}'`);
    expect(joined.state.reads.blocksRead).toBeLessThan(all.blocksRead);
    const file = String(await one('SELECT file FROM files ORDER BY lines DESC'));
    const place = await ask(`SELECT text FROM lines WHERE file = '${file}' AND line = 2`);
    expect(place.rows).toHaveLength(1);
    expect(place.state.reads.blocksRead).toBe(1);
  });

  it('tell by EXPLAIN how much is read', async () => {
    const { rows } = await ask("EXPLAIN SELECT count(*) FROM lines WHERE text MATCH 'Traceback'");
    const steps = new Map(rows.map(([step, detail]) => [step, String(detail)]));
    const [read, total] = (/^(\d+) of (\d+)$/.exec(steps.get('lines: blocks read') ?? '') ?? []).slice(1).map(Number);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(total ?? 0);
    expect(steps.get('rows')).toBe('1');
  });
});

describe('what is not right', () => {
  it.each([
    ['SELECT nod FROM lines', 'no such column: nod', 'line 1, column 8'],
    ['SELECT *\nFROM lnes', 'no such table: lnes', null],
    ['SELECT 1;\n SELECT 2', 'more than one statement', 'line 2, column 2'],
    ['SELECT (1', 'incomplete input', null],
    ['', 'no statement', null],
    ['SELECT ?', 'parameter', null],
    ['SELECT "ä", nod FROM runs', 'no such column', null],
  ])('%s', async (sql, message, where) => {
    const error = await ask(sql).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad_sql' });
    expect(String(error).toLowerCase()).toContain(message);
    if (where !== null) expect(error).toMatchObject({ where });
  });

  it.each([
    'DROP TABLE lines',
    'CREATE TABLE x (a)',
    "ATTACH DATABASE 'other.db' AS other",
    'PRAGMA user_version = 3',
    'PRAGMA writable_schema = on',
    'INSERT INTO runs DEFAULT VALUES',
    'WITH a AS (SELECT 1) DELETE FROM lines',
    'UPDATE attempts SET node = 1',
    "VACUUM INTO 'x.db'",
    'BEGIN',
    'CREATE TEMP TABLE x AS SELECT 1',
    "SELECT load_extension('x')",
    'DETACH temp',
    'ANALYZE',
    'REINDEX',
    'SAVEPOINT a',
    "ATTACH ':memory:' AS other",
    'SELECT * FROM other.sqlite_schema',
    'PRAGMA journal_mode = delete',
    'PRAGMA hard_heap_limit = 0',
    'PRAGMA temp_store_directory = "/tmp"',
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('x', 'y')",
    'SELECT * FROM sqlite_dbpage',
    'SELECT * FROM dbstat',
    'SELECT * FROM sqlite_stmt',
    'CREATE VIRTUAL TABLE x USING lines',
    "INSERT INTO lines(text) VALUES ('x')",
    'REPLACE INTO runs VALUES (1)',
    'EXPLAIN DELETE FROM runs',
    'EXPLAIN QUERY PLAN DROP TABLE runs',
    'SELECT 1\u0000; DROP TABLE runs',
  ])('%s', async (sql) => {
    const error = await ask(sql).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'user' });
    expect(['sql_refused', 'bad_sql']).toContain((error as { code: string }).code);
    expect(await one('SELECT count(*) FROM runs')).toBe(1);
  });

  it('an error on the way keeps what came before it', async () => {
    const { state } = await ask(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500) SELECT i, CASE WHEN i = 400 THEN json('{') END FROM n",
    );
    expect(state.error).toMatchObject({ code: 'bad_sql' });
    expect(state.rows).toBeGreaterThan(0);
  });
});

describe('what runs away', () => {
  const forever = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
  const patterns = "SELECT count(*) FROM lines WHERE printf('%.60c', 'a') || '!' REGEXP '^(a+)+$'";

  it.each([forever, patterns])('is stopped at its limit: %s', async (sql) => {
    const started = await engine
      .call('sql.start', { caseIds: [caseId], sql, maxSeconds: 0.5 })
      .catch((error: unknown) => error);
    const state = 'queryId' in (started as object) ? (started as SqlState) : null;
    const error = state === null ? started : await ended(state.queryId);
    expect(error).toMatchObject({ code: 'sql_limit' });
    expect(await one('SELECT count(*) FROM runs')).toBe(1);
  });

  it.each([forever, patterns])('is stopped when asked: %s', async (sql) => {
    const { queryId } = await engine.call('sql.start', { caseIds: [caseId], sql, maxSeconds: 3_600 });
    // The engine answers in the meantime.
    expect((await engine.call('files.list', { caseId })).length).toBeGreaterThan(0);
    await engine.call('sql.stop', { queryId, keepRows: true });
    expect(await ended(queryId)).toMatchObject({ code: 'sql_stopped' });
    expect(await one('SELECT count(*) FROM runs')).toBe(1);
  });

  it('gives no more rows than asked for', async () => {
    const sql = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
    const { rows, state } = await ask(sql, { maxRows: 12_345 });
    expect(rows).toHaveLength(12_345);
    expect(rows.at(-1)).toEqual([12_345]);
    expect(state.error).toMatchObject({ code: 'sql_limit' });
  });

  it('gets no more memory than it may have', async () => {
    const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100)';
    const { state } = await ask(`${numbers} SELECT length(group_concat(hex(zeroblob(20000000)))) FROM n`);
    expect(state.error).toMatchObject({ code: 'sql_limit' });
    expect(await one('SELECT count(*) FROM runs')).toBe(1);
  });

  it.each([
    "SELECT printf('%.*c', 5000000, 'x'), zeroblob(1000000)",
    'SELECT replace(hex(zeroblob(500000)), char(48), char(0))',
    'SELECT zeroblob(2000000000)',
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30) SELECT printf('%.*c', 2000000, 'y') FROM n",
    `SELECT ${'('.repeat(5_000)}1${')'.repeat(5_000)}`,
    `SELECT ${Array.from({ length: 5_000 }, () => '1').join(', ')}`,
  ])('has values as long as they can be, or says so, and goes on: %.60s', async (sql) => {
    const { state } = await ask(sql, { maxRows: 3 }).catch((error: unknown) => ({ state: { error } }));
    const error = state.error as { code: string } | null;
    if (error !== null) expect(['sql_limit', 'bad_sql']).toContain(error.code);
    expect(await one('SELECT count(*) FROM runs')).toBe(1);
  });

  async function ended(queryId: string): Promise<SqlState['error']> {
    for (;;) {
      const state = await engine.call('sql.state', { queryId });
      if (state.complete) return state.error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

describe('values', () => {
  it('come exactly: whole numbers beyond 2^53 and infinities as text', async () => {
    const { rows } = await ask(
      "SELECT 9223372036854775807, -9007199254740993, 9007199254740991, 1e300, 9e999, -9e999, 0.1, x'00ff', 'a' || char(0) || 'b', '한글 \"q\" '''",
    );
    expect(rows).toEqual([
      [
        '9223372036854775807',
        '-9007199254740993',
        9007199254740991,
        1e300,
        'Inf',
        '-Inf',
        0.1,
        "x'00ff'",
        'a\0b',
        '한글 "q" \'',
      ],
    ]);
  });
});

describe('several runs', () => {
  it('are asked together', async () => {
    const both = { caseIds: [caseId, zipCase] };
    expect((await ask('SELECT count(*) FROM runs', both)).rows).toEqual([[2]]);
    const single = Number(await one('SELECT count(*) FROM lines'));
    expect((await ask('SELECT count(*) FROM lines', both)).rows).toEqual([[single * 2]]);
    // The folder and the zip are the same run. The copy has its own name, so that a join does not
    // mix their rows.
    const { rows } = await ask(
      'SELECT r.run, count(*) FROM runs r JOIN lines l ON l.run = r.run GROUP BY r.run ORDER BY r.run',
      both,
    );
    expect(rows.map(([, count]) => count)).toEqual([single, single]);
    expect(rows[1]?.[0]).toBe(`${rows[0]?.[0]}~2`);
    expect((await ask(`SELECT count(*) FROM lines WHERE run = '${rows[1]?.[0]}'`, both)).rows).toEqual([[single]]);
  });
});
