/**
 * A SQL session evaluates one statement at a time over the public tables of some cases. It lives in
 * a worker thread and returns rows in batches. Nothing can be written: the database is an empty one
 * in memory, an authorizer refuses everything but reading, and the cases behind the virtual tables
 * are open read-only.
 */

import { PostrunError } from '../../contract/errors.ts';
import type { SqlRead } from '../../contract/sql-records.ts';
import { sqlTables } from '../../contract/sql-schema.ts';
import type { ScanCost } from '../search/line-scan.ts';
import { Authorizer } from './authorizer.ts';
import { columnsOf, type SqlColumnInfo } from './columns.ts';
import { addFunctions } from './functions.ts';
import { overMemory, overTime, refused, sqlError, stopped } from './sql-errors.ts';
import { code, type LoadedSqlite, loadSqlite } from './sqlite-wasm.ts';
import { type CasePlace, CaseTables, canCut } from './tables/case-tables.ts';
import { addVirtualTable, type Failure } from './virtual/module.ts';
import { type SqlValue, Values } from './virtual/values.ts';

/** Memory limit of SQLite, for sorting and grouping. */
const HEAP_BYTES = 768 * 1024 * 1024;
/** Number of operations after which SQLite asks whether to continue. */
const OPERATIONS = 20_000;
const BATCH_ROWS = 1_000;
const FIRST_BATCH_ROWS = 100;
/** A batch also ends at this many characters. */
const BATCH_CHARS = 4_000_000;
/** Maximum length of a value, such as the text of a line. */
const VALUE_BYTES = 256 * 1024 * 1024;
const LIMIT_LENGTH = 0;

export interface SqlRequest {
  sql: string;
  /** Time limit in seconds. */
  maxSeconds: number;
}

/** Called for the columns, then for each batch. False from `onRows` ends the statement. */
export interface SqlSink {
  onColumns(columns: SqlColumnInfo[]): void;
  onRows(rows: SqlValue[][]): boolean;
}

export class SqlSession {
  readonly #sqlite: LoadedSqlite;
  readonly #values: Values;
  readonly #stop: Int32Array;
  readonly #failure: Failure = { error: null };
  readonly #cases: CaseTables[] = [];
  readonly #authorizer = new Authorizer();
  #db = 0;
  #deadline = Number.POSITIVE_INFINITY;
  #isOver = false;
  #scans: ScanCost[] = [];

  private constructor(sqlite: LoadedSqlite, stop: Int32Array) {
    this.#sqlite = sqlite;
    this.#values = new Values(sqlite.wasm);
    this.#stop = stop;
  }

  /**
   * Opens a session. Setting the first element of `stop` to 1 ends the running statement. Throws
   * `case_damaged`.
   */
  static async open(places: readonly CasePlace[], stop: Int32Array): Promise<SqlSession> {
    const session = new SqlSession(await loadSqlite(), stop);
    session.#openCases(places);
    session.#makeDatabase();
    return session;
  }

  #openCases(places: readonly CasePlace[]): void {
    const hooks = {
      onScan: (cost: ScanCost) => void this.#scans.push(cost),
      check: () => {
        if (this.#mustEnd()) throw stopped();
      },
    };
    const taken = new Set<string>();
    for (const place of places) {
      const tables = new CaseTables(place, hooks, taken);
      taken.add(tables.runId);
      this.#cases.push(tables);
    }
  }

  /** True if no case was written since the session was opened. */
  get isCurrent(): boolean {
    return this.#cases.every((each) => each.isCurrent);
  }

  #makeDatabase(): void {
    const { wasm } = this.#sqlite;
    const database = this.#sqlite.openMemory();
    const db = database.pointer;
    this.#db = db;
    database.exec(`PRAGMA hard_heap_limit = ${HEAP_BYTES}`);
    wasm.exports.sqlite3_limit(db, LIMIT_LENGTH, VALUE_BYTES);
    addFunctions({ wasm, db, values: this.#values, failure: this.#failure });
    for (const table of sqlTables) {
      addVirtualTable(wasm, db, this.#values, this.#failure, {
        table,
        rows: this.#cases.reduce((sum, each) => sum + each.rowCount(table.name), 0),
        isCut: (column, op) => canCut(table.name, column, op),
        sources: this.#cases.map((each) => ({ runId: each.runId, source: each.sources[table.name] })),
      });
      database.exec(`CREATE VIRTUAL TABLE ${table.name} USING ${table.name}`);
    }
    const isOver = wasm.installFunction('i(p)', () => (this.#mustEnd() ? 1 : 0));
    wasm.exports.sqlite3_progress_handler(db, OPERATIONS, isOver, 0);
    const authorize = wasm.installFunction('i(pipppp)', (_aux, action, first) =>
      this.#authorizer.authorize(action as number, wasm.cstrToJs(first as number)?.toLowerCase() ?? ''),
    );
    wasm.exports.sqlite3_set_authorizer(db, authorize, 0);
  }

  #mustEnd(): boolean {
    if (Atomics.load(this.#stop, 0) === 1) return true;
    this.#isOver ||= performance.now() > this.#deadline;
    return this.#isOver;
  }

  /** The cost of the lines that the last statement read. */
  get reads(): SqlRead {
    const sum = (of: (cost: ScanCost) => number) => this.#scans.reduce((total, cost) => total + of(cost), 0);
    return {
      scans: this.#scans.length,
      blocksTotal: this.#scans.reduce((most, cost) => Math.max(most, cost.blocksTotal), 0),
      blocksRead: sum((cost) => cost.blocksRead),
      bytesRead: sum((cost) => cost.bytesRead),
      lines: sum((cost) => cost.lines),
    };
  }

  /**
   * Evaluates a statement. Throws {@link PostrunError} `bad_sql` (with its place), `sql_refused`,
   * `sql_limit`, `sql_stopped`, and errors from reading lines.
   */
  run({ sql, maxSeconds }: SqlRequest, sink: SqlSink): void {
    this.#failure.error = null;
    this.#authorizer.denied = null;
    this.#isOver = false;
    this.#scans = [];
    this.#deadline = performance.now() + maxSeconds * 1_000;
    const explained = /^\s*EXPLAIN\b(?!\s+QUERY\b)/i.exec(sql);
    const statement = this.#prepare(sql, explained?.[0].length ?? 0);
    try {
      if (explained === null) this.#step(statement, maxSeconds, sink, columnsOf(this.#sqlite.wasm, statement));
      else this.#explain(sql, explained[0].length, statement, maxSeconds, sink);
    } finally {
      this.#sqlite.wasm.exports.sqlite3_finalize(statement);
    }
  }

  /** Prepares a statement. `skip` is the number of leading characters that are not for SQLite. */
  #prepare(sql: string, skip: number): number {
    const { wasm } = this.#sqlite;
    const bytes = Buffer.from(sql);
    const lead = Buffer.byteLength(sql.slice(0, skip));
    const text = wasm.alloc(bytes.length + 1);
    wasm.heap8u().set(bytes, text);
    wasm.heap8u()[text + bytes.length] = 0;
    const out = wasm.alloc(8);
    wasm.poke32(out, 0);
    try {
      const result = wasm.exports.sqlite3_prepare_v2(this.#db, text + lead, -1, out, out + 4);
      const statement = wasm.peek32(out);
      const charactersTo = (pointer: number) => bytes.subarray(0, pointer - text).toString('utf8').length;
      if (result !== code.ok) {
        const at = wasm.exports.sqlite3_error_offset(this.#db);
        throw this.#failed(sql, at < 0 ? -1 : charactersTo(text + lead + at));
      }
      if (statement === 0) throw sqlError('there is no statement', sql, sql.length);
      const rest = charactersTo(wasm.peek32(out + 4));
      const [gap] = /^(?:--[^\n]*|\/\*[\s\S]*?\*\/|[\s;])*/.exec(sql.slice(rest)) ?? [''];
      if (rest + gap.length < sql.length) {
        wasm.exports.sqlite3_finalize(statement);
        throw sqlError('there is more than one statement', sql, rest + gap.length);
      }
      // A statement without columns does something other than read.
      if (wasm.exports.sqlite3_column_count(statement) === 0) {
        wasm.exports.sqlite3_finalize(statement);
        throw refused(verbOf(sql) ?? 'This statement');
      }
      if (wasm.exports.sqlite3_bind_parameter_count(statement) > 0) {
        wasm.exports.sqlite3_finalize(statement);
        throw sqlError('a parameter (?, :name, @name, $name) has no value here: write the value', sql, -1);
      }
      return statement;
    } finally {
      wasm.dealloc(text);
      wasm.dealloc(out);
    }
  }

  #failed(sql: string, offset: number): unknown {
    if (this.#failure.error !== null && !isStop(this.#failure.error)) return this.#failure.error;
    const { denied } = this.#authorizer;
    if (denied !== null) return refused(verbOf(sql) ?? denied);
    const { wasm } = this.#sqlite;
    const message = wasm.cstrToJs(wasm.exports.sqlite3_errmsg(this.#db)) ?? 'unknown error';
    return /out of memory|too big/i.test(message) ? overMemory() : sqlError(message, sql, offset);
  }

  #step(statement: number, maxSeconds: number, sink: SqlSink, columns: SqlColumnInfo[]): void {
    const { exports } = this.#sqlite.wasm;
    sink.onColumns(columns);
    let batch: SqlValue[][] = [];
    let chars = 0;
    let limit = FIRST_BATCH_ROWS;
    for (;;) {
      const result = exports.sqlite3_step(statement);
      if (result !== code.row) {
        if (result !== code.done) throw this.#ended(maxSeconds);
        sink.onRows(batch);
        return;
      }
      const row = columns.map((_, column) => this.#values.column(statement, column));
      for (const cell of row) if (typeof cell === 'string') chars += cell.length;
      batch.push(row);
      if (batch.length < limit && chars < BATCH_CHARS) continue;
      if (!sink.onRows(batch)) return;
      if (this.#mustEnd()) throw this.#ended(maxSeconds);
      batch = [];
      chars = 0;
      limit = BATCH_ROWS;
    }
  }

  #ended(maxSeconds: number): unknown {
    if (Atomics.load(this.#stop, 0) === 1) return stopped();
    if (this.#isOver) return overTime(maxSeconds);
    return this.#failed('', -1);
  }

  /** Explains a statement: its plan, and what it read. Runs the statement and discards its rows. */
  #explain(sql: string, skip: number, statement: number, maxSeconds: number, sink: SqlSink): void {
    const plan: SqlValue[][] = [];
    const collect = { onColumns: () => undefined, onRows: (rows: SqlValue[][]) => plan.push(...rows) > -1 };
    const explain = `EXPLAIN QUERY PLAN ${sql.slice(skip)}`;
    const asked = this.#prepare(explain, 0);
    try {
      this.#step(asked, maxSeconds, collect, columnsOf(this.#sqlite.wasm, asked));
    } finally {
      this.#sqlite.wasm.exports.sqlite3_finalize(asked);
    }
    let rows = 0;
    const started = performance.now();
    const count = {
      onColumns: () => undefined,
      onRows: (batch: SqlValue[][]) => {
        rows += batch.length;
        return true;
      },
    };
    this.#step(statement, maxSeconds, count, columnsOf(this.#sqlite.wasm, statement));
    const seconds = (performance.now() - started) / 1_000;
    sink.onColumns(['step', 'detail'].map((name) => ({ name, origin: null, isTime: false })));
    const { scans, blocksTotal, blocksRead, bytesRead, lines } = this.reads;
    sink.onRows([
      ...plan.map((row): SqlValue[] => ['plan', String(row[3]).replace(/ VIRTUAL TABLE INDEX \d+:.*$/, '')]),
      ['rows', String(rows)],
      ['seconds', seconds.toFixed(3)],
      ['lines: scans', String(scans)],
      ['lines: blocks read', `${blocksRead} of ${blocksTotal}${scans > 1 ? ' in each scan' : ''}`],
      ['lines: bytes read', String(bytesRead)],
      ['lines: given to SQL', String(lines)],
    ]);
  }

  close(): void {
    this.#sqlite.wasm.exports.sqlite3_close_v2(this.#db);
    for (const each of this.#cases) each.close();
  }
}

/** Returns the first word of a statement that is not a SELECT. */
function verbOf(sql: string): string | null {
  const verb = /^\W*(?<verb>[a-z]+)/i.exec(sql)?.groups?.verb?.toUpperCase() ?? null;
  return verb === 'SELECT' || verb === 'WITH' || verb === 'EXPLAIN' ? null : verb;
}

function isStop(error: unknown): boolean {
  return error instanceof PostrunError && error.code === 'sql_stopped';
}
