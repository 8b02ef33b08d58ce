/** The public tables of one case, for SQL and exports. */
import { type SqlTable, type SqlTableName, sqlTables } from '../../../contract/sql-schema.ts';
import type { OwnFormat } from '../../formats/custom/format-book.ts';
import { ScannedCase } from '../../search/line-scan.ts';
import { openReadable, type ReadableDb } from '../../store/open.ts';
import { only, selectCells } from '../../store/select.ts';
import { errorRows, findingRows, groupRows, nodeRows, runIdentity, runRows, testimonyRows } from './analysis-tables.ts';
import { type LinesHooks, linesTable } from './lines-table.ts';
import { listTable } from './list-table.ts';
import { recordQueries, recordTable, Statements } from './record-table.ts';
import { type ConditionOp, cursorOver, type RowSource } from './row-source.ts';
import { samplesTable } from './samples-table.ts';

/** The location of a case. */
export interface CasePlace {
  database: string;
  /** Folder of the run's root if text is read in place; null if the case has the text. */
  folder: string | null;
  formats: readonly OwnFormat[];
}

export function tableOf(name: SqlTableName): SqlTable {
  const table = sqlTables.find((each) => each.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

export class CaseTables {
  readonly db: ReadableDb;
  readonly place: CasePlace;
  readonly runId: string;
  readonly content: string;
  readonly scanned: ScannedCase;
  readonly sources: Record<SqlTableName, RowSource>;
  readonly #version: unknown;

  /**
   * Opens a case. `taken` holds the ids of runs open beside it: a copy of one becomes `id~2`, so
   * that a join on the run does not mix their rows. Throws `case_damaged`.
   */
  constructor(place: CasePlace, hooks: LinesHooks, taken: ReadonlySet<string> = new Set()) {
    this.place = place;
    this.db = openReadable(place.database);
    this.#version = this.db.pragma('data_version', { simple: true });
    this.scanned = new ScannedCase(this.db, place.folder, place.formats);
    const { runId, content } = runIdentity(this.db);
    this.runId = untaken(runId, taken);
    this.content = content;
    this.sources = sourcesOf(this, hooks);
  }

  /** True if nothing was written to the case since it was opened. */
  get isCurrent(): boolean {
    return this.db.pragma('data_version', { simple: true }) === this.#version;
  }

  /** Estimates the number of rows of a table. */
  rowCount(name: SqlTableName): number {
    const count = (sql: string) => only(selectCells(this.db, sql, 'number?')) ?? 0;
    switch (name) {
      case 'lines':
        return count('SELECT sum(lines) FROM file');
      case 'samples':
        return count('SELECT sum(points) FROM series');
      case 'events':
        return count(
          'SELECT (SELECT count(*) FROM task_event) + (SELECT count(*) FROM process_event) + (SELECT count(*) FROM run_event)',
        );
      case 'errors':
        return count('SELECT count(*) FROM error_event');
      case 'attempts':
        return count('SELECT count(*) FROM attempt');
      case 'mini_batches':
        return count('SELECT count(*) FROM batch');
      case 'processes':
        return count('SELECT count(*) FROM process');
      case 'files':
        return count('SELECT count(*) FROM file');
      case 'error_groups':
        return Math.min(1_000, count('SELECT count(*) FROM error_event'));
      case 'nodes':
        return count('SELECT count(DISTINCT node) FROM file');
      default:
        return 10;
    }
  }

  close(): void {
    this.scanned.close();
    this.db.close();
  }
}

function untaken(runId: string, taken: ReadonlySet<string>): string {
  if (!taken.has(runId)) return runId;
  let copy = 2;
  while (taken.has(`${runId}~${copy}`)) copy++;
  return `${runId}~${copy}`;
}

function sourcesOf(tables: CaseTables, hooks: LinesHooks): Record<SqlTableName, RowSource> {
  const { db, runId, scanned } = tables;
  const statements = new Statements(db);
  const record = (name: keyof typeof recordQueries) =>
    recordTable(statements, tableOf(name), recordQueries[name], runId);
  return {
    runs: listTable(tableOf('runs'), () => runRows(db, tables)),
    nodes: listTable(tableOf('nodes'), () => nodeRows(db, runId)),
    processes: record('processes'),
    mini_batches: record('mini_batches'),
    attempts: record('attempts'),
    events: record('events'),
    samples: samplesTable(db, tableOf('samples'), runId),
    files: record('files'),
    lines: linesTable(scanned, tableOf('lines'), runId, hooks),
    errors: errorsTable(tables),
    error_groups: listTable(tableOf('error_groups'), () => groupRows(db, runId)),
    findings: listTable(tableOf('findings'), () => findingRows(db, runId)),
    testimony: listTable(tableOf('testimony'), () => testimonyRows(db, runId)),
  };
}

/** From this number on, errors are read again each time instead of kept. */
const MANY_ERRORS = 100_000;

function errorsTable(tables: CaseTables): RowSource {
  const { db, runId } = tables;
  if (tables.rowCount('errors') > MANY_ERRORS) return { open: () => cursorOver(errorRows(db, runId)) };
  return listTable(tableOf('errors'), () => [...errorRows(db, runId)]);
}

const LINE_COLUMNS = new Set(['run', 'file', 'line', 'time', 'level', 'node', 'process', 'pid', 'mini_batch', 'kind']);
const SERIES_COLUMNS = new Set(['run', 'node', 'process', 'pid', 'metric', 'unit', 'file']);
const isComparison = (op: ConditionOp) => ['eq', 'gt', 'ge', 'lt', 'le', 'null', 'notnull'].includes(op);

/** Returns true for a condition that a table can use, through an index or to narrow its rows. */
export function canCut(name: SqlTableName, column: string, op: ConditionOp): boolean {
  if (column === 'run') return op === 'eq';
  switch (name) {
    case 'lines':
      if (column === 'text') return ['match', 'like', 'glob', 'regexp', 'eq'].includes(op);
      if (column === 'time' || column === 'line') return ['eq', 'gt', 'ge', 'lt', 'le'].includes(op);
      if (column === 'file') return ['eq', 'null', 'notnull', 'like', 'glob'].includes(op);
      if (column === 'level' || column === 'process') return ['eq', 'null', 'notnull'].includes(op);
      return LINE_COLUMNS.has(column) && op === 'eq';
    case 'samples':
      if (column === 'time') return ['eq', 'gt', 'ge', 'lt', 'le'].includes(op);
      return SERIES_COLUMNS.has(column) && (op === 'eq' || op === 'null');
    case 'errors':
    case 'runs':
    case 'nodes':
    case 'error_groups':
    case 'findings':
    case 'testimony':
      return op === 'eq';
    default:
      return isComparison(op);
  }
}
