/**
 * A run in ClickHouse: how long loading takes, its size there, and five queries there and here.
 * Skips ClickHouse if it is not installed.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlState } from '../../electron/contract/sql-records.ts';
import {
  type ClickHouseServer,
  hasClickHouse,
  startClickHouse,
} from '../../electron/engine/testing/clickhouse-server.ts';
import { type Context, freshDataDir } from './context.ts';
import { benchDir, sampleFolder, sizeOf } from './data.ts';
import { EngineProcess } from './engine-process.ts';
import { check, megabytes, milliseconds, percent, type Section } from './report.ts';

/** The same query in SQL here and there. Both count, so that the answers can be compared. */
const questions: [name: string, here: string, there: string][] = [
  [
    'attempts and their mean, by node',
    'SELECT node, count(*), avg(duration_seconds) FROM attempts GROUP BY node',
    'SELECT node, count(), avg(duration_seconds) FROM attempts GROUP BY node',
  ],
  [
    'lines by kind and level',
    'SELECT kind, level, count(*) FROM lines GROUP BY kind, level',
    'SELECT kind, level, count() FROM lines GROUP BY kind, level',
  ],
  [
    'lines with a word',
    "SELECT count(*) FROM lines WHERE text GLOB '*KeyError*'",
    "SELECT count() FROM lines WHERE position(ifNull(text, ''), 'KeyError') > 0",
  ],
  [
    'warnings by minute',
    "SELECT substr(time, 1, 16), count(*) FROM lines WHERE level = 'warning' GROUP BY 1",
    "SELECT toStartOfMinute(time) AS minute, count() FROM lines WHERE level = 'warning' GROUP BY minute",
  ],
  [
    'samples by metric',
    'SELECT metric, avg(value), max(value) FROM samples GROUP BY metric',
    'SELECT metric, avg(value), max(value) FROM samples GROUP BY metric',
  ],
];

/**
 * Loads the run into a separate server on this machine and queries both. Without a server, measures
 * only here.
 */
export async function clickHouse(context: Context): Promise<Section> {
  const folder = await sampleFolder(context.size);
  const { bytes } = sizeOf(folder);
  const home = join(benchDir, 'clickhouse');
  rmSync(home, { recursive: true, force: true });
  const server = hasClickHouse ? await startClickHouse(home, 'bench', 'bench') : null;
  // The engine's process reads them from here.
  if (server !== null)
    Object.assign(process.env, { POSTRUN_SENDS_TO: server.to, POSTRUN_CLICKHOUSE_PASSWORD: 'bench' });
  const engine = new EngineProcess(context.bundle, freshDataDir('clickhouse'));
  try {
    const caseId = await engine.open(folder);
    const load = server === null ? null : await loadInto(engine, caseId, server);
    const asked: [name: string, here: number, there: number | null][] = [];
    for (const [name, here, there] of questions) {
      const state = await ask(engine, caseId, here);
      asked.push([name, state.milliseconds, server === null ? null : await askThere(server, there, state.rows)]);
    }
    const loaded = load === null ? Number.NaN : bytes / 1e6 / load.seconds;
    return {
      title: 'Five questions in SQL, here and in ClickHouse',
      about: `ClickHouse ${load?.version ?? '(not installed)'} on the same machine, loaded with gzip over HTTP by one thread. Each question is asked once, after the load.`,
      commands: ['export.load', 'sql.start'],
      head: ['', 'here ms', 'there ms', 'MB'],
      rows: [
        ...(load === null
          ? []
          : [
              ['load', '', milliseconds(load.seconds * 1_000), megabytes(load.disk)],
              ['of the logs', '', '', percent(load.disk / bytes)],
              ['the table lines of these', '', '', megabytes(load.lines)],
            ]),
        ...asked.map(([name, here, there]) => [
          name,
          milliseconds(here),
          there === null ? '-' : milliseconds(there),
          '',
        ]),
      ],
      checks: server === null ? [] : [check('MB of logs loaded a second', loaded, '≥', 20, '')],
      figures: { bytes, load, asked },
    };
  } finally {
    await engine.stop();
    server?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function loadInto(engine: EngineProcess, caseId: string, { to, client }: ClickHouseServer) {
  const { seconds } = await engine.result('export.load', { caseId, to });
  const size = await client.run(
    "SELECT sum(bytes_on_disk), sumIf(bytes_on_disk, table = 'lines') FROM system.parts WHERE active AND database = 'bench'",
  );
  const [disk = 0, lines = 0] = size.trim().split('\t').map(Number);
  return { seconds, disk, lines, version: (await client.run('SELECT version()')).trim() };
}

/** Returns milliseconds. Throws if the number of rows differs from ours. */
async function askThere({ client }: ClickHouseServer, sql: string, rows: number): Promise<number> {
  const started = performance.now();
  const answer = await client.run(sql.replace(/ FROM /g, ' FROM bench.'));
  const took = performance.now() - started;
  const there = answer.split('\n').filter((line) => line !== '').length;
  if (there !== rows) throw new Error(`${sql}: ${rows} rows here, ${there} there`);
  return took;
}

async function ask(engine: EngineProcess, caseId: string, sql: string): Promise<SqlState> {
  let state = await engine.result('sql.start', { caseIds: [caseId], sql });
  while (!state.complete) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    state = await engine.result('sql.state', { queryId: state.queryId });
  }
  if (state.error !== null) throw new Error(state.error.message);
  return state;
}
