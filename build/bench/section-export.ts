/** A run as a data set: how fast and how large, and five questions asked of it in SQL. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportResult } from '../../electron/contract/export-records.ts';
import type { SqlState } from '../../electron/contract/sql-records.ts';
import { type Context, freshDataDir } from './context.ts';
import { benchDir, sampleFolder, sizeOf } from './data.ts';
import { EngineProcess } from './engine-process.ts';
import { median } from './measure.ts';
import { check, megabytes, milliseconds, percent, type Section } from './report.ts';

const questions: [name: string, sql: string][] = [
  ['attempts by node', 'SELECT node, count(*), avg(duration_seconds) FROM attempts GROUP BY node'],
  ['lines by kind and level', 'SELECT kind, level, count(*) FROM lines GROUP BY kind, level'],
  ['a word', "SELECT count(*) FROM lines WHERE text MATCH 'KeyError'"],
  ['errors of a node by minute', "SELECT substr(time, 1, 16), count(*) FROM lines WHERE level = 'error' GROUP BY 1"],
  ['samples by metric', 'SELECT metric, avg(value), max(value) FROM samples GROUP BY metric'],
];

/** (l): all tables as Parquet, and questions over the same tables here. */
export async function exporting(context: Context): Promise<Section> {
  const folder = await sampleFolder(context.size);
  const { bytes } = sizeOf(folder);
  const engine = new EngineProcess(context.bundle, freshDataDir('export'));
  const caseId = await engine.open(folder);
  const target = join(benchDir, 'data-set');
  const seconds: number[] = [];
  let written = 0;
  for (let k = 0; k < context.repeats; k++) {
    rmSync(target, { recursive: true, force: true });
    const { value } = await engine.call('export.save', { caseId, path: target });
    const result = value as ExportResult;
    seconds.push(result.seconds);
    written = result.tables.reduce((sum, table) => sum + table.bytes, 0);
  }
  rmSync(target, { recursive: true, force: true });
  const asked: [name: string, ms: number][] = [];
  for (const [name, sql] of questions) asked.push([name, await ask(engine, caseId, sql)]);
  await engine.stop();
  const rate = bytes / 1e6 / median(seconds);
  return {
    title: 'Export as Parquet, and five questions in SQL',
    about:
      'All tables with all columns, ZSTD. The questions are asked one after another of the open case, the first time each.',
    commands: ['export.save', 'sql.start'],
    head: ['', 'ms', 'MB'],
    rows: [
      ['export', milliseconds(median(seconds) * 1_000), megabytes(written)],
      ['of the logs', '', percent(written / bytes)],
      ...asked.map(([name, ms]): [string, string, string] => [name, milliseconds(ms), '']),
    ],
    checks: [check('MB of logs exported a second', rate, '≥', 60, '')],
    figures: { seconds, written, asked },
  };
}

async function ask(engine: EngineProcess, caseId: string, sql: string): Promise<number> {
  let state = (await engine.call('sql.start', { caseIds: [caseId], sql })).value as SqlState;
  while (!state.complete) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    state = (await engine.call('sql.state', { queryId: state.queryId })).value as SqlState;
  }
  if (state.error !== null) throw new Error(state.error.message);
  return state.milliseconds;
}
