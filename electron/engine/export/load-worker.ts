/**
 * Loads a run into ClickHouse in a thread. Rows go to temporary tables first, and then replace the
 * run's rows in each real table in one step.
 */
import { createHash } from 'node:crypto';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type ErrorInfo, PostrunError, toErrorInfo } from '../../contract/errors.ts';
import type { ExportedTable } from '../../contract/export-records.ts';
import type { RedactionKind } from '../../contract/report-choices.ts';
import type { SqlTableName } from '../../contract/sql-schema.ts';
import { type CasePlace, CaseTables, tableOf } from '../sql/tables/case-tables.ts';
import { ByteSink } from './byte-sink.ts';
import { ClickHouse } from './clickhouse.ts';
import type { ClickHouseAddress } from './clickhouse-address.ts';
import { createTable, insertColumns, insertRows } from './clickhouse-tables.ts';
import { rowGroups } from './columns.ts';
import { Hiding } from './hide.ts';
import { tabEscaped } from './text-rows.ts';

export interface LoadWorkerData {
  place: CasePlace;
  address: { url: string } & Omit<ClickHouseAddress, 'url'>;
  tables: SqlTableName[];
  redact: RedactionKind[] | null;
  stop: SharedArrayBuffer;
}

export type LoadReply =
  | { type: 'progress'; bytes: number }
  | { type: 'loaded'; tables: ExportedTable[] }
  | { type: 'error'; error: ErrorInfo };

const data = workerData as LoadWorkerData;
const port = parentPort as MessagePort;
const stop = new Int32Array(data.stop);

function check(): void {
  if (Atomics.load(stop, 0) === 1) throw new PostrunError('cancelled', 'cancelled', 'The export was stopped.');
}

const say = (reply: LoadReply) => port.postMessage(reply);
const quoteText = (text: string) => `'${tabEscaped(text).replaceAll("'", "\\'")}'`;

async function load(): Promise<ExportedTable[]> {
  const { database } = data.address;
  const server = new ClickHouse({ ...data.address, url: new URL(data.address.url) });
  const tables = new CaseTables(data.place, { onScan: () => undefined, check });
  const hiding = data.redact === null ? null : new Hiding(tables.db, data.redact);
  hiding?.learn(tables, check);
  const run = hiding === null ? tables.runId : hiding.text(tables.runId);
  const mark = createHash('sha256').update(run).digest('hex').slice(0, 12);
  const version = (await server.run('SELECT version()')).trim().split('.').map(Number);
  await server.run(`CREATE DATABASE IF NOT EXISTS \`${database}\``);
  const written: ExportedTable[] = [];
  const text = new ByteSink();
  const beside = (name: string) => `\`${database}\`.\`${name}__loading_${mark}\``;
  try {
    for (const name of data.tables) {
      const table = tableOf(name);
      await server.run(createTable(database, table, version));
      // Remove what an interrupted export left.
      await server.run(`DROP TABLE IF EXISTS ${beside(name)}`);
      await server.run(`CREATE TABLE ${beside(name)} AS \`${database}\`.\`${name}\``);
      const cursor = tables.sources[name].open({ conditions: [], isUsed: table.columns.map(() => true) });
      let rows = 0;
      let bytes = 0;
      for (const group of rowGroups(table, cursor)) {
        check();
        text.clear();
        insertRows(table, run, hiding?.apply(table, group, check) ?? group)(text, 0, group.rows);
        await server.insert(`INSERT INTO ${beside(name)} (${insertColumns(table)}) FORMAT TabSeparated`, text.view());
        rows += group.rows;
        bytes += text.length;
        if (name === 'lines') say({ type: 'progress', bytes });
      }
      written.push({ table: name, rows, files: 0, bytes });
    }
    check();
    // Everything is loaded. From here on, queries see the new run, table by table.
    for (const name of data.tables) {
      const target = `\`${database}\`.\`${name}\``;
      const { rows } = written.find((each) => each.table === name) ?? { rows: 0 };
      if (rows === 0) await server.run(`ALTER TABLE ${target} DROP PARTITION ${quoteText(run)}`);
      else await server.run(`ALTER TABLE ${target} REPLACE PARTITION ${quoteText(run)} FROM ${beside(name)}`);
    }
    return written;
  } finally {
    for (const name of data.tables) await server.run(`DROP TABLE IF EXISTS ${beside(name)}`).catch(() => undefined);
    tables.close();
  }
}

load().then(
  (tables) => say({ type: 'loaded', tables }),
  (error: unknown) => say({ type: 'error', error: toErrorInfo(error) }),
);
