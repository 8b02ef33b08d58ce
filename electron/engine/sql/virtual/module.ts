/**
 * A virtual table of SQLite over the row sources of one or more cases. It tells SQLite which
 * conditions a source can use, passes their values on, and returns the rows of one case after
 * another. SQLite checks all conditions again except MATCH, so a source may return too many rows
 * but never too few.
 */
import type { SqlColumn, SqlTable } from '../../../contract/sql-schema.ts';
import { code, type SqliteWasm } from '../sqlite-wasm.ts';
import type { Condition, ConditionOp, RowCursor, RowSource } from '../tables/row-source.ts';
import { timeOfText, timeText } from '../times.ts';
import type { Values } from './values.ts';

/** SQLITE_INDEX_CONSTRAINT_… */
const operators = new Map<number, Operator>([
  [2, 'eq'],
  [72, 'is'],
  [4, 'gt'],
  [8, 'le'],
  [16, 'lt'],
  [32, 'ge'],
  [64, 'match'],
  [65, 'like'],
  [66, 'glob'],
  [67, 'regexp'],
  [70, 'notnull'],
  [71, 'null'],
]);
/** `is` is like `eq`, but NULL equals NULL. */
type Operator = ConditionOp | 'is';
const PATTERNS = new Set<Operator>(['match', 'like', 'glob', 'regexp']);
/** Share of a table that an `=`, a range or a pattern leaves. Rough, for the order of joins. */
const SHARE = { eq: 0.01, range: 0.3, pattern: 0.02 };
/** Minimum cost of looking up rows by a condition. */
const LEAST_COST = 10;

export interface PublicTable {
  table: SqlTable;
  /** Approximate number of rows, for the order of joins. */
  rows: number;
  /** Returns true for conditions that are cheap to look up (`eq`) or narrow by; null means all. */
  isCut: ((column: string, op: ConditionOp) => boolean) | null;
  /** By run. */
  sources: readonly { runId: string; source: RowSource }[];
}

/** How SQLite and the cursor use a table in one place of a statement. */
interface Plan {
  uses: { column: number; op: Operator }[];
  isUsed: boolean[];
}

interface Cursor {
  plan: Plan;
  conditions: Condition[];
  /** Index of the next source. */
  next: number;
  rows: RowCursor | null;
  isDone: boolean;
  rowid: bigint;
}

/**
 * Keeps the first error of a statement. Sources throw within calls of SQLite, which only knows
 * numbers.
 */
export interface Failure {
  error: unknown;
}

const sqlTypes = { text: 'TEXT', integer: 'INTEGER', real: 'REAL', time: 'TEXT COLLATE time' };

function declaration(table: SqlTable): string {
  const columns = table.columns.map((column) => `"${column.name}" ${sqlTypes[column.type]}`);
  return `CREATE TABLE x (${columns.join(', ')})`;
}

// Layout of sqlite3_index_info and its parts with 32-bit pointers.
const INFO = { constraints: 0, constraint: 4, usage: 16, number: 20, cost: 40, rows: 48, used: 64 } as const;
const CONSTRAINT_BYTES = 12;
const USAGE_BYTES = 8;
/** sqlite3_module: a version, then pointers to the methods in this order. */
const methodNames = [
  'create',
  'connect',
  'bestIndex',
  'disconnect',
  'destroy',
  'open',
  'close',
  'filter',
  'next',
  'eof',
  'column',
  'rowid',
] as const;
const MODULE_WORDS = 25;

/** Registers the table in a database under its name. */
export function addVirtualTable(
  wasm: SqliteWasm,
  db: number,
  values: Values,
  failure: Failure,
  publicTable: PublicTable,
): void {
  const methods = new TableMethods(wasm, values, failure, publicTable);
  const module = wasm.alloc(MODULE_WORDS * 4);
  wasm.heap8u().fill(0, module, module + MODULE_WORDS * 4);
  const pointers = methods.install();
  methodNames.forEach((name, k) => {
    wasm.poke32(module + 4 * (k + 1), pointers[name]);
  });
  const name = wasm.allocCString(publicTable.table.name);
  const result = wasm.exports.sqlite3_create_module_v2(db, name, module, 0, 0);
  wasm.dealloc(name);
  if (result !== code.ok) throw new Error(`the table ${publicTable.table.name} could not be made (${result})`);
}

class TableMethods {
  readonly #wasm: SqliteWasm;
  readonly #values: Values;
  readonly #failure: Failure;
  readonly #table: PublicTable;
  readonly #columns: readonly SqlColumn[];
  readonly #plans: Plan[] = [];
  readonly #cursors = new Map<number, Cursor>();

  constructor(wasm: SqliteWasm, values: Values, failure: Failure, table: PublicTable) {
    this.#wasm = wasm;
    this.#values = values;
    this.#failure = failure;
    this.#table = table;
    this.#columns = table.table.columns;
  }

  install(): Record<(typeof methodNames)[number], number> {
    const { installFunction } = this.#wasm;
    const install = (signature: string, call: (...values: number[]) => number) => {
      return installFunction(signature, (...args) => this.#guarded(() => call(...args)));
    };
    const connect = install('i(ppippp)', (db, _aux, _argc, _argv, out) => this.#connect(db as number, out as number));
    const disconnect = install('i(p)', (table) => this.#free(table as number));
    // Functions called for each row and cell avoid rest parameters.
    const row = (call: (cursor: Cursor) => number) =>
      installFunction('i(p)', (pointer) => {
        try {
          return call(this.#cursors.get(pointer as number) as Cursor);
        } catch (error) {
          return this.#fail(error);
        }
      });
    return {
      create: connect,
      connect,
      bestIndex: install('i(pp)', (_table, info) => this.#bestIndex(info as number)),
      disconnect,
      destroy: disconnect,
      open: install('i(pp)', (_table, out) => this.#open(out as number)),
      close: install('i(p)', (cursor) => this.#close(cursor as number)),
      filter: install('i(pipip)', (cursor, plan, _text, argc, argv) =>
        this.#filter(cursor as number, plan as number, argc as number, argv as number),
      ),
      next: row((cursor) => this.#next(cursor)),
      eof: row((cursor) => (cursor.isDone ? 1 : 0)),
      column: installFunction('i(ppi)', (pointer, context, column) => {
        try {
          return this.#column(this.#cursor(pointer as number), context as number, column as number);
        } catch (error) {
          return this.#fail(error);
        }
      }),
      rowid: install('i(pp)', (cursor, out) => this.#rowid(cursor as number, out as number)),
    };
  }

  #guarded(call: () => number): number {
    try {
      return call();
    } catch (error) {
      return this.#fail(error);
    }
  }

  #fail(error: unknown): number {
    this.#failure.error ??= error;
    return code.error;
  }

  #connect(db: number, out: number): number {
    const sql = this.#wasm.allocCString(declaration(this.#table.table));
    const result = this.#wasm.exports.sqlite3_declare_vtab(db, sql);
    this.#wasm.dealloc(sql);
    if (result === code.ok) this.#wasm.poke32(out, this.#zeroed(12));
    return result;
  }

  #zeroed(bytes: number): number {
    const pointer = this.#wasm.alloc(bytes);
    this.#wasm.heap8u().fill(0, pointer, pointer + bytes);
    return pointer;
  }

  #free(pointer: number): number {
    this.#wasm.dealloc(pointer);
    return code.ok;
  }

  #cursor(pointer: number): Cursor {
    return this.#cursors.get(pointer) as Cursor;
  }

  #open(out: number): number {
    const pointer = this.#zeroed(8);
    const plan = { uses: [], isUsed: [] };
    this.#cursors.set(pointer, { plan, conditions: [], next: 0, rows: null, isDone: true, rowid: 0n });
    this.#wasm.poke32(out, pointer);
    return code.ok;
  }

  #close(pointer: number): number {
    this.#cursor(pointer).rows?.close();
    this.#cursors.delete(pointer);
    return this.#free(pointer);
  }

  #bestIndex(info: number): number {
    const { peek32, poke32 } = this.#wasm;
    const heap = new DataView(this.#wasm.heap8u().buffer);
    const first = peek32(info + INFO.constraint);
    const usages = peek32(info + INFO.usage);
    const uses: Plan['uses'] = [];
    let rows = Math.max(1, this.#table.rows);
    let argument = 0;
    let hasMatch = false;
    for (let k = 0; k < peek32(info + INFO.constraints); k++) {
      const at = first + k * CONSTRAINT_BYTES;
      const column = this.#columns[heap.getInt32(at, true)];
      const op = operators.get(heap.getUint8(at + 4));
      if (column === undefined || op === undefined) continue;
      if (heap.getUint8(at + 5) === 0) continue;
      if (!this.#canUse(info, k, column, op) || (op === 'match' && hasMatch)) continue;
      hasMatch ||= op === 'match';
      rows *= op === 'eq' || op === 'is' ? SHARE.eq : PATTERNS.has(op) ? SHARE.pattern : SHARE.range;
      uses.push({ column: heap.getInt32(at, true), op });
      poke32(usages + k * USAGE_BYTES, ++argument);
      // Only the source can decide what matches a query of the search box.
      if (op === 'match') this.#wasm.heap8u()[usages + k * USAGE_BYTES + 4] = 1;
    }
    const used = heap.getBigUint64(info + INFO.used, true);
    const isUsed = this.#columns.map((_, index) => index >= 63 || (used & (1n << BigInt(index))) !== 0n);
    poke32(info + INFO.number, this.#plans.push({ uses, isUsed }) - 1);
    heap.setFloat64(info + INFO.cost, Math.max(LEAST_COST, rows), true);
    heap.setBigInt64(info + INFO.rows, BigInt(Math.max(1, Math.round(rows))), true);
    return code.ok;
  }

  #canUse(info: number, constraint: number, column: SqlColumn, op: Operator): boolean {
    if (PATTERNS.has(op) && column.type !== 'text') return false;
    if (op === 'match' && column.name !== 'text') return false;
    if (this.#table.isCut?.(column.name, op === 'is' ? 'eq' : op) === false) return false;
    if (column.type !== 'text' && column.type !== 'time') return true;
    if (PATTERNS.has(op) || op === 'null' || op === 'notnull') return true;
    const collation = this.#wasm.cstrToJs(this.#wasm.exports.sqlite3_vtab_collation(info, constraint)) ?? '';
    return collation.toLowerCase() === (column.type === 'time' ? 'time' : 'binary');
  }

  #filter(pointer: number, planNumber: number, argc: number, argv: number): number {
    const cursor = this.#cursor(pointer);
    cursor.rows?.close();
    cursor.rows = null;
    cursor.plan = this.#plans[planNumber] as Plan;
    cursor.next = 0;
    cursor.isDone = false;
    cursor.conditions = [];
    for (let k = 0; k < argc; k++) {
      const use = cursor.plan.uses[k] as Plan['uses'][number];
      const column = this.#columns[use.column] as SqlColumn;
      const condition = conditionOf(column, use.op, this.#values.read(this.#wasm.peek32(argv + k * 4)));
      if (condition === 'none') {
        cursor.isDone = true;
        return code.ok;
      }
      if (condition !== null) cursor.conditions.push(condition);
    }
    return this.#next(cursor);
  }

  #next(cursor: Cursor): number {
    cursor.rowid++;
    for (;;) {
      if (cursor.rows?.next()) return code.ok;
      cursor.rows?.close();
      cursor.rows = null;
      const entry = this.#table.sources[cursor.next++];
      if (entry === undefined) {
        cursor.isDone = true;
        return code.ok;
      }
      const isWanted = cursor.conditions.every(
        ({ column, op, value }) => column !== 'run' || op !== 'eq' || value === entry.runId,
      );
      if (isWanted) cursor.rows = entry.source.open({ conditions: cursor.conditions, isUsed: cursor.plan.isUsed });
    }
  }

  #column(cursor: Cursor, context: number, column: number): number {
    const value = cursor.rows?.cell(column) ?? null;
    const type = this.#columns[column]?.type;
    if (typeof value !== 'number') this.#values.give(context, value);
    else if (type === 'time') this.#values.give(context, timeText(value));
    else if (type === 'real') this.#values.giveReal(context, value);
    else this.#values.give(context, value);
    return code.ok;
  }

  #rowid(pointer: number, out: number): number {
    const heap = new DataView(this.#wasm.heap8u().buffer);
    heap.setBigInt64(out, this.#cursor(pointer).rowid, true);
    return code.ok;
  }
}

/**
 * Translates a condition for a source: null if it means nothing to the source, `none` if no row can
 * meet it.
 */
function conditionOf(column: SqlColumn, asked: Operator, value: string | number | null): Condition | null | 'none' {
  const { name } = column;
  if (asked === 'null' || asked === 'notnull') return { column: name, op: asked, value: null };
  if (value === null) return asked === 'is' ? { column: name, op: 'null', value: null } : 'none';
  const op = asked === 'is' ? 'eq' : asked;
  if (PATTERNS.has(op) || column.type === 'text') return { column: name, op, value: String(value) };
  if (column.type === 'time') {
    const us = typeof value === 'string' ? timeOfText(value) : null;
    return us === null ? null : timeCondition(name, op, us);
  }
  const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : { column: name, op, value: number };
}

/**
 * A text such as `2020-05-06 05:50` means the first moment that begins with it. Being shorter, it
 * is less than all of them.
 */
function timeCondition(column: string, op: ConditionOp, us: number): Condition {
  if (op === 'gt') return { column, op: 'ge', value: us };
  if (op === 'lt') return { column, op: 'le', value: us };
  return { column, op, value: us };
}
