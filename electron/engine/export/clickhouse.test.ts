/**
 * Tests loading into a real ClickHouse server, run as an ordinary process on loopback with its own
 * configuration. Skipped if it is not installed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlCell } from '../../contract/sql-records.ts';
import { sqlTables } from '../../contract/sql-schema.ts';
import { writeSample } from '../../sample/sample.ts';
import { type ClickHouseServer, hasClickHouse, startClickHouse } from '../testing/clickhouse-server.ts';
import { TestEngine } from '../testing/open-run.ts';
import { ClickHouse } from './clickhouse.ts';
import { clickHouseAddress } from './clickhouse-address.ts';
import { createTable, isSince } from './clickhouse-tables.ts';
import { tabEscaped } from './text-rows.ts';

describe('an address', () => {
  it('has host, port, database; user and password are from the environment', () => {
    const env = { POSTRUN_CLICKHOUSE_USER: 'me', POSTRUN_CLICKHOUSE_PASSWORD: 'secret' };
    expect(clickHouseAddress('clickhouse://db.example:9000/logs', env)).toMatchObject({
      url: new URL('http://db.example:9000/'),
      database: 'logs',
      user: 'me',
      password: 'secret',
    });
    expect(clickHouseAddress('clickhouses://db.example', {})).toMatchObject({
      url: new URL('https://db.example:8443/'),
      database: 'default',
      user: 'default',
      password: '',
    });
  });

  it.each([
    'http://x/db',
    'clickhouse://',
    'clickhouse://h/a-b',
    'clickhouse://h/db?x=1',
    'clickhouse://me:hunter2@h/db',
  ])('%s is refused without repeating it', (to) => {
    expect(() => clickHouseAddress(to, {})).toThrow(expect.objectContaining({ code: 'bad_address' }));
    try {
      clickHouseAddress(to, {});
    } catch (error) {
      expect(String(error)).not.toContain('hunter2');
    }
  });
});

it('clickhouses:// says nothing to a server that does not speak TLS', async () => {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard.push(bytes);
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { POSTRUN_CLICKHOUSE_PASSWORD: 'hunter2' };
  const client = new ClickHouse(clickHouseAddress(`clickhouses://me@127.0.0.1:${port}/db`, env));
  await expect(client.run('SELECT secret_word')).rejects.toMatchObject({ code: 'unreachable' });
  server.close();
  const text = Buffer.concat(heard).toString('latin1');
  expect(text.length).toBeGreaterThan(0);
  for (const word of ['secret_word', 'hunter2', Buffer.from('me:hunter2').toString('base64')]) {
    expect(text).not.toContain(word);
  }
});

describe('tables', () => {
  it('have a token index on text where the server knows such', () => {
    const lines = sqlTables.find((table) => table.name === 'lines');
    if (lines === undefined) throw new Error('no lines');
    expect(createTable('db', lines, [24, 8])).toContain('tokenbf_v1');
    expect(createTable('db', lines, [18, 16])).not.toContain('INDEX');
    expect(isSince([20, 3], [20, 3])).toBe(true);
    expect(isSince([20, 2], [20, 3])).toBe(false);
  });

  it('escapes what separates', () => {
    expect(tabEscaped('a\tb\nc\\d\0')).toBe('a\\tb\\nc\\\\d\\0');
  });
});

describe.skipIf(!hasClickHouse)('a real server', () => {
  const password = 'correct horse';
  let dir = '';
  let engine: TestEngine;
  let caseId = '';
  let server: ClickHouseServer;
  let to = '';
  let client: ClickHouse;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'postrun-clickhouse-'));
    server = await startClickHouse(dir, 'logs', password);
    ({ to, client } = server);
    process.env.POSTRUN_CLICKHOUSE_PASSWORD = password;
    process.env.POSTRUN_SENDS_TO = to;
    const run = join(dir, 'run');
    await writeSample(run, {
      failure: 'run_exception',
      nodes: 2,
      processes: 2,
      miniBatches: 30,
      megabytes: 1,
      seed: 5,
    });
    writeFileSync(
      join(run, 'logs/user/odd.txt'),
      'tab\there \\ back\'slash größe 한글 😀\n\nnul\0 end\n\\N\nNULL\n"q"\n\x01\b\f\x7f\n`tick`\n=1+1\n',
    );
    writeFileSync(
      join(run, 'logs/user/odd.csv'),
      'time,wide\n2020-05-06T05:50:00Z,NaN\n2020-05-06T05:50:01Z,1e308\n2020-05-06T05:50:02.000001Z,-0.25\n',
    );
    engine = new TestEngine();
    caseId = await engine.open(run);
  });

  afterAll(async () => {
    delete process.env.POSTRUN_CLICKHOUSE_PASSWORD;
    delete process.env.POSTRUN_SENDS_TO;
    server?.stop();
    await engine?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function here(sql: string): Promise<SqlCell[][]> {
    let state = await engine.call('sql.start', { caseIds: [caseId], sql });
    while (!state.complete) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      state = await engine.call('sql.state', { queryId: state.queryId });
    }
    return (await engine.call('sql.rows', { queryId: state.queryId, start: 0, count: 10_000 })).rows;
  }

  const there = async (sql: string) => {
    const text = await client.run(`${sql} FORMAT JSONCompact`);
    return (JSON.parse(text) as { data: SqlCell[][] }).data;
  };

  it('has the rows of every table, and the same ones after a second export', async () => {
    for (let time = 0; time < 2; time++) {
      const result = await engine.call('export.load', { caseId, to });
      for (const { name } of sqlTables) {
        const [[count]] = (await there(`SELECT count() FROM logs.${name}`)) as [[string]];
        expect(Number(count), name).toBe((await here(`SELECT count(*) FROM ${name}`))[0]?.[0]);
        expect(result.tables.find((each) => each.table === name)?.rows).toBe(Number(count));
      }
    }
    const left = await there("SELECT name FROM system.tables WHERE database = 'logs' AND name LIKE '%loading%'");
    expect(left).toEqual([]);
  });

  it('answers as SQL here does', async () => {
    const questions: [string, string][] = [
      [
        'SELECT outcome, count(*), sum(items_failed) FROM attempts GROUP BY outcome ORDER BY outcome',
        'SELECT outcome, toInt32(count()), toInt32(sum(items_failed)) FROM logs.attempts GROUP BY outcome ORDER BY outcome',
      ],
      [
        'SELECT level, count(*) FROM lines WHERE level IS NOT NULL GROUP BY level ORDER BY level',
        'SELECT level, toInt32(count()) FROM logs.lines WHERE level IS NOT NULL GROUP BY level ORDER BY level',
      ],
      [
        "SELECT text FROM lines WHERE file LIKE '%odd.txt' ORDER BY line",
        "SELECT text FROM logs.lines WHERE file LIKE '%odd.txt' ORDER BY line",
      ],
      [
        "SELECT CAST(round(seconds(max(time)) * 1000) AS INTEGER) FROM lines WHERE kind = 'worker'",
        "SELECT toFloat64(intDiv(max(time_us), 1000)) FROM logs.lines WHERE kind = 'worker'",
      ],
      [
        'SELECT metric, count(*), max(value) FROM samples GROUP BY metric ORDER BY metric',
        'SELECT metric, toInt32(count()), max(value) FROM logs.samples GROUP BY metric ORDER BY metric',
      ],
    ];
    for (const [mine, theirs] of questions) expect(await there(theirs)).toEqual(await here(mine));
  });

  it('answers the statement of the README', async () => {
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    const statement = /```sql\n(SELECT[^`]*FROM logs\.lines[^`]*)```/.exec(readme)?.[1] ?? '';
    const mine = await here(
      "SELECT node, count(*) FROM lines WHERE level = 'error' AND lower(text) LIKE '%error%' GROUP BY node ORDER BY node",
    );
    const theirs = (await there(statement.trim())).map(([node, count]) => [node || null, Number(count)]);
    // Rows without a known node sort first here and last there.
    const byNode = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).sort();
    expect(byNode(theirs)).toEqual(byNode(mine));
    expect(mine.length).toBeGreaterThan(0);
  });

  it('keeps what it had when an export is cut off', async () => {
    const before = await there('SELECT count(), sum(cityHash64(text)) FROM logs.lines');
    const abort = new AbortController();
    const loading = engine.callWith('export.load', { caseId, to }, abort.signal);
    setTimeout(() => abort.abort(), 200);
    await loading.catch(() => undefined);
    expect(await there('SELECT count(), sum(cityHash64(text)) FROM logs.lines')).toEqual(before);
  });

  it('refuses a wrong password without telling it', async () => {
    process.env.POSTRUN_CLICKHOUSE_PASSWORD = 'wrong hunter2';
    const error = await engine.call('export.load', { caseId, to }).catch((thrown: unknown) => thrown);
    process.env.POSTRUN_CLICKHOUSE_PASSWORD = password;
    expect(error).toMatchObject({ code: 'clickhouse' });
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
  });

  it('is loaded over TLS where its certificate is trusted, and told nothing where it is not', async ({ skip }) => {
    const { tls } = server;
    if (tls === null) return skip('openssl is not installed');
    // Node reads its trusted authorities at start.
    const program = `
      const href = ${JSON.stringify(import.meta.url)};
      const load = (name) => import(new URL(name, href));
      const [{ ClickHouse }, { clickHouseAddress }] = await Promise.all(['clickhouse.ts', 'clickhouse-address.ts'].map(load));
      const client = new ClickHouse(clickHouseAddress('${tls.to}', process.env));
      console.log(await client.run('SELECT version()').catch((error) => error.code + ' ' + error.message));`;
    const ask = (env: Record<string, string>) =>
      spawnSync(process.execPath, ['--input-type=module', '--no-warnings', '-e', program], {
        env: { ...process.env, ...env },
        encoding: 'utf8',
      }).stdout.trim();
    // A private authority is trusted as in any Node program.
    expect(ask({ NODE_EXTRA_CA_CERTS: tls.certificate })).toBe((await client.run('SELECT version()')).trim());
    expect(ask({})).toMatch(/^unreachable .*self-signed certificate/);
  });

  it('is sent nothing unless the command line asked for it', async () => {
    await expect(engine.call('export.load', { caseId, to: 'clickhouse://127.0.0.1:1/x' })).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });
});
