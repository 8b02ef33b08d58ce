import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Entry, fromBuffer, type Options, type ZipFile } from 'yauzl';
import type { CommandInput } from '../../contract/contract.ts';
import type { SqlCell } from '../../contract/sql-records.ts';
import { sqlTables } from '../../contract/sql-schema.ts';
import { writeSample } from '../../sample/sample.ts';
import { TestEngine } from '../testing/open-run.ts';

const fromBufferPromise = promisify<Buffer, Options, ZipFile>(fromBuffer);

let dir = '';
let run = '';
/** Texts that a spreadsheet would interpret as formulas, and one with a quote before it. */
const formulas = ['=1+1', "'=1+1", '+1', '-1', '@SUM(A1)', '=cmd|"/c calc"!A1', '\uff1d1'];
let engine: TestEngine;
let caseId = '';
let out = '';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-export-'));
  run = join(dir, 'run');
  out = join(dir, 'set');
  await writeSample(run, { failure: 'run_exception', nodes: 2, processes: 2, miniBatches: 30, megabytes: 2, seed: 11 });
  // A data set must handle invalid UTF-8, quotes, separators, control characters, what other
  // engines interpret as NULL, and long lines.
  writeFileSync(
    join(run, 'logs/user/odd.txt'),
    Buffer.concat([
      Buffer.from('a "quoted", field\n\ttab; größe 漢字 한글 😀 é\n\n'),
      Buffer.from([0xff, 0xfe, 0x41, 0xed, 0xa0, 0x80, 10]),
      Buffer.from(
        '\\N\nNULL\nnull\n""\n"\n\'\n,\n\\\n\\"\n=1+1\n \u2028 \u00a0\n\x7f\x01\x1f\nnul\0in\0it\ntrue\n1e5\n0x10\n',
      ),
      Buffer.from(`${'long "line" '.repeat(40_000)}\n`),
      Buffer.from('\x01end'),
    ]),
  );
  writeFileSync(
    join(run, 'logs/user/odd.csv'),
    'time,wide,narrow "x"\n2020-05-06T05:50:00Z,NaN,9007199254740993\n2020-05-06T05:50:01Z,1e308,-0.1\n2020-05-06T05:50:02.000001Z,5e-324,0\n',
  );
  writeFileSync(join(run, 'logs/user/formulas.txt'), `${formulas.join('\n')}\n`);
  // Keys over many lines, some across the pieces that redaction reads.
  writeFileSync(join(run, 'logs/user/keys.txt'), Array.from({ length: 25 }, (_, k) => keyText(k)).join('\n'));
  engine = new TestEngine();
  caseId = await engine.open(run);
});

function keyLines(k: number): string[] {
  return Array.from({ length: 26 }, (_, line) =>
    createHash('sha512').update(`${k} ${line}`).digest('base64').slice(0, 64),
  );
}

function keyText(k: number): string {
  const name = ['PRIVATE', 'KEY-----'].join(' ');
  const filler = Array.from({ length: 70 }, (_, line) => `line ${line} of nothing`);
  return [`-----BEGIN ${name}`, ...keyLines(k), `-----END ${name}`, ...filler].join('\n');
}

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const save = (params: Partial<CommandInput<'export.save'>>) =>
  engine.call('export.save', { caseId, path: out, ...params });

async function ask(sql: string): Promise<SqlCell[][]> {
  let state = await engine.call('sql.start', { caseIds: [caseId], sql });
  while (!state.complete) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    state = await engine.call('sql.state', { queryId: state.queryId });
  }
  if (state.error !== null) throw new Error(state.error.message);
  const rows: SqlCell[][] = [];
  while (rows.length < state.rows) {
    const page = { queryId: state.queryId, start: rows.length, count: 10_000, maxChars: 1_000_000 };
    rows.push(...(await engine.call('sql.rows', page)).rows);
  }
  return rows;
}

async function duck(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    return (await connection.runAndReadAll(sql)).getRowsJson() as unknown[][];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Formats a row as text, whichever reader it came from: numbers as numbers, times as ISO 8601. */
function rowText(row: readonly unknown[]): string {
  return JSON.stringify(
    row.map((cell) => {
      if (cell === null || cell === undefined) return null;
      const text = String(cell);
      const time = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:Z|\+00(?::00)?)?$/.exec(text);
      if (time !== null) return `${time[1]} ${time[2]}.${(time[3] ?? '').padEnd(6, '0')}`;
      return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text).toPrecision(12) : text;
    }),
  );
}

function withoutQuote(cell: unknown): unknown {
  return typeof cell === 'string' ? cell.replace(/^'('*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, '$1') : cell;
}

const glob = (table: string, format: string) => `'${join(out, table)}/*/*.${format}'`;

describe.each(['parquet', 'jsonl', 'csv'] as const)('a data set in %s', (format) => {
  it('has the rows of every table, read back by DuckDB', async () => {
    const result = await save({ format });
    for (const table of sqlTables) {
      const names = table.columns.map((column) => column.name);
      const columns = names.map((name) => `"${name}"`).join(', ');
      const types = table.columns.map(({ name, type }) => {
        const duckType = { text: 'VARCHAR', integer: 'BIGINT', real: 'DOUBLE', time: 'TIMESTAMPTZ' }[type];
        return `'${name}': '${duckType}'`;
      });
      const ofFile = types.filter((type) => !type.startsWith("'run'")).join(', ');
      const source = {
        parquet: `read_parquet(${glob(table.name, format)}, hive_partitioning = true)`,
        jsonl: `read_json(${glob(table.name, format)}, format = 'newline_delimited', hive_partitioning = true, columns = {${ofFile}}, maximum_object_size = 100000000)`,
        csv: `read_csv(${glob(table.name, format)}, hive_partitioning = true, header = true, nullstr = '', allow_quoted_nulls = false, columns = {${ofFile}}, quote = '"', escape = '"', auto_detect = false, max_line_size = 100000000)`,
      }[format];
      const cells = await duck(`SELECT ${columns} FROM ${source}`);
      // In CSV, a text that would be a formula has a quote before it.
      const read = (format === 'csv' ? cells.map((row) => row.map(withoutQuote)) : cells).map(rowText).sort();
      const asked = (await ask(`SELECT ${columns} FROM ${table.name}`)).map(rowText).sort();
      expect(read, table.name).toEqual(asked);
      expect(result.tables.find((each) => each.table === table.name)?.rows).toBe(asked.length);
    }
  });

  it.runIf(format === 'csv')('has no cell that a spreadsheet would take for a formula', () => {
    const files = filesOf(join(out, 'lines')).filter((path) => path.endsWith('.csv'));
    const texts = files.flatMap((file) => {
      const rows = parse(readFileSync(join(out, 'lines', file)), { columns: true }) as { text: string }[];
      return rows.map(({ text }) => text);
    });
    for (const text of formulas) expect(texts).toContain(`'${text}`);
    expect(texts.filter((text) => /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text))).toEqual([]);
  });

  it('has a manifest whose checksums are those of its files', () => {
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest.runs).toHaveLength(1);
    expect(manifest.runs[0]).toMatchObject({ format, redacted: null, source: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const listed: string[] = [];
    for (const table of manifest.runs[0].tables) {
      for (const file of table.files) {
        const bytes = readFileSync(join(out, file.path));
        expect(bytes.length).toBe(file.bytes);
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
        listed.push(file.path);
      }
    }
    // Only the last export, and nothing half-written.
    expect(filesOf(out)).toEqual([...listed, 'manifest.json'].sort());
  });
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

async function readZip(path: string): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(readFileSync(path), { lazyEntries: false });
  const entries = new Map<string, Buffer>();
  const reading: Promise<void>[] = [];
  zip.on('entry', (entry: Entry) => {
    reading.push(
      new Promise((resolve, reject) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          buffer(stream).then((bytes) => {
            entries.set(entry.fileName, bytes);
            resolve();
          }, reject);
        });
      }),
    );
  });
  await new Promise((resolve) => zip.once('end', resolve));
  await Promise.all(reading);
  return entries;
}

describe('an export', () => {
  it('of Parquet has UTC timestamps, statistics, and dictionaries for nodes', async () => {
    await save({ format: 'parquet', tables: ['lines', 'attempts'] });
    const types = await duck(`DESCRIBE SELECT * FROM read_parquet(${glob('lines', 'parquet')})`);
    expect(types.find(([name]) => name === 'time')?.[1]).toBe('TIMESTAMP WITH TIME ZONE');
    const chunks = await duck(
      `SELECT path_in_schema, encodings, compression, stats_null_count, row_group_bytes FROM parquet_metadata(${glob('lines', 'parquet')})`,
    );
    for (const [name, encodings, compression, nulls, bytes] of chunks) {
      expect(compression).toBe('ZSTD');
      expect(nulls).not.toBeNull();
      expect(Number(bytes)).toBeLessThanOrEqual(128 * 1024 * 1024);
      if (name === 'node') expect(String(encodings)).toContain('RLE_DICTIONARY');
    }
    // Tables that were not requested are gone, with the previous export.
    expect(filesOf(out).every((path) => /^(?:lines|attempts)\/|^manifest\.json$/.test(path))).toBe(true);
  });

  it('is read by the statements for DuckDB in the README', async () => {
    await save({ format: 'parquet', tables: ['lines'] });
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    const statements =
      /DuckDB[^`]*(?:`[^`\n]+`[^`]*)*```sql\n([\s\S]*?)```/.exec(readme)?.[1]?.replaceAll('DIR', out) ?? '';
    expect(statements).toContain('read_parquet');
    const read = (await duck(statements)).map(rowText).sort();
    const asked = await ask("SELECT run, node, count(*) FROM lines WHERE level = 'error' GROUP BY run, node");
    expect(read).toEqual(asked.map(rowText).sort());
    expect(asked.length).toBeGreaterThan(0);
  });

  it('goes on with the parts that are missing', async () => {
    await save({ format: 'jsonl' });
    const manifest = readFileSync(join(out, 'manifest.json'), 'utf8');
    const [entry] = JSON.parse(manifest).runs;
    // Simulate an interruption: attempts are done, the others are not.
    const records = entry.tables.find((each: { table: string }) => each.table === 'attempts').files;
    const head = { run: entry.run, source: entry.source, format: 'jsonl', redacted: null, schemaVersion: 1 };
    const job = { job: 'attempts 0 ', records: records.map((file: object) => ({ table: 'attempts', ...file })) };
    writeFileSync(
      join(out, `.export-${entry.run}.jsonl`),
      `${JSON.stringify(head)}\n${JSON.stringify(job)}\n{"job":"li`,
    );
    const path = join(out, records[0].path);
    const before = statSync(path).ino;
    const other = join(out, entry.tables.find((each: { table: string }) => each.table === 'files').files[0].path);
    truncateSync(other, 10);
    await save({ format: 'jsonl' });
    expect(statSync(path).ino).toBe(before);
    const again = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).runs[0];
    expect(again.tables).toEqual(entry.tables);
    expect(readdirSync(out).filter((name) => name.startsWith('.export'))).toEqual([]);
  });

  it('can be stopped, and leaves no part under its name that is not whole', async () => {
    const target = join(dir, 'stopped');
    const abort = new AbortController();
    abort.abort();
    await expect(engine.callWith('export.save', { caseId, path: target }, abort.signal)).rejects.toThrow();
    expect(filesOf(target).filter((path) => /part-/.test(path))).toEqual([]);
  });

  it('hides what is to be hidden in all tables and names', async () => {
    const target = join(dir, 'hidden');
    const [nodes] = [await ask('SELECT DISTINCT node FROM nodes')];
    await save({ path: target, format: 'jsonl', redact: ['secrets', 'ips', 'users', 'emails', 'ids'] });
    const texts = filesOf(target).map((path) => `${path}\n${readFileSync(join(target, path), 'utf8')}`);
    for (const [node] of nodes) {
      expect(String(node)).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
      const pattern = new RegExp(`(?<![\\d.])${String(node).replaceAll('.', '\\.')}(?![\\d.])`);
      for (const text of texts) expect(pattern.test(text)).toBe(false);
    }
    expect(texts.some((text) => /"node":"ip-\d+"/.test(text))).toBe(true);
    const written = texts.join('\n');
    for (let k = 0; k < 25; k++) for (const line of keyLines(k)) expect(written.includes(line), `key ${k}`).toBe(false);
    // Redaction keeps the number of rows.
    const lines = texts
      .filter((text) => text.startsWith('lines/'))
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines).toHaveLength(Number((await ask('SELECT count(*) FROM lines'))[0]?.[0]));
  });

  it('is the same run again where one process ended another in the middle', async () => {
    const target = join(dir, 'cut');
    const abort = new AbortController();
    const first = engine.callWith('export.save', { caseId, path: target }, abort.signal);
    setTimeout(() => abort.abort(), 30);
    await first.catch(() => undefined);
    // However far it got, every named file is complete, and the second export finishes the set.
    writeFileSync(join(target, 'lines-is-no-part.txt'), 'left alone');
    const again = await save({ path: target });
    const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8'));
    expect(manifest.runs).toHaveLength(1);
    expect(filesOf(target)).toEqual(
      [
        ...manifest.runs[0].tables.flatMap((table: { files: { path: string }[] }) =>
          table.files.map(({ path }) => path),
        ),
        'lines-is-no-part.txt',
        'manifest.json',
      ].sort(),
    );
    const [[count]] = (await duck(`SELECT count(*) FROM '${target}/lines/*/*.parquet'`)) as [[unknown]];
    expect(Number(count)).toBe(again.tables.find(({ table }) => table === 'lines')?.rows);
  });

  it('as one zip has the same files as the folder', async () => {
    const zip = join(dir, 'set.zip');
    await save({ path: zip, format: 'csv', tables: ['attempts', 'lines'] });
    const folder = join(dir, 'unzipped');
    await save({ path: folder, format: 'csv', tables: ['attempts', 'lines'] });
    const entries = await readZip(zip);
    expect([...entries.keys()].sort()).toEqual(filesOf(folder));
    for (const path of filesOf(folder)) {
      if (path !== 'manifest.json') expect(entries.get(path)?.equals(readFileSync(join(folder, path)))).toBe(true);
    }
    expect(readdirSync(dir).filter((name) => name.startsWith('.set'))).toEqual([]);
    await expect(save({ path: zip })).rejects.toMatchObject({ code: 'exists' });
  });

  it('does not write into the data set of something else', async () => {
    const target = mkdtempSync(join(dir, 'other-'));
    writeFileSync(join(target, 'manifest.json'), '{"name":"an app"}');
    await expect(save({ path: target })).rejects.toMatchObject({ code: 'bad_manifest' });
  });
});
