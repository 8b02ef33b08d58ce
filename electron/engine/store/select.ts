/**
 * A select is a prepared SELECT with typed rows: the caller names its columns and what they hold,
 * and the row type follows. Preparing checks the names, and the declared types of columns that come
 * straight from a table, against SQLite. Rows themselves are checked only in tests
 * (`POSTRUN_CHECK_ROWS`), because checking a row costs as much as reading it.
 */
import type { ReadableDb } from './open.ts';

/** Types of the values in a column; `?` allows NULL, which becomes `null`. */
interface Cells {
  number: number;
  'number?': number | null;
  text: string;
  'text?': string | null;
  bytes: Buffer;
  'bytes?': Buffer | null;
}

declare const wordBrand: unique symbol;
type Word<T> = 'text' & { readonly [wordBrand]: T };
type WordOrNull<T> = 'text?' & { readonly [wordBrand]: T };

export type Column = keyof Cells;
export type Shape = Readonly<Record<string, Column>>;
export type CellOf<C extends Column> =
  C extends Word<infer T> ? T : C extends WordOrNull<infer T> ? T | null : Cells[C];
/** The type of a row with the columns `S`. */
export type RowOf<S extends Shape> = { -readonly [Name in keyof S]: CellOf<S[Name]> };
/** The type of a row as a tuple with the columns `C`. */
export type TupleOf<C extends readonly Column[]> = { -readonly [K in keyof C]: CellOf<C[K]> };

/** A text column restricted to the words of a type; its writers guarantee that. */
export const word = <T extends string>(): Word<T> => 'text' as Word<T>;
export const wordOrNull = <T extends string>(): WordOrNull<T> => 'text?' as WordOrNull<T>;

declare const jsonBrand: unique symbol;
/** Text that is the JSON of a `T`. A column of it is declared as `word<JsonText<T>>()`. */
export type JsonText<T> = string & { readonly [jsonBrand]: T };

export function parseJson<T>(text: JsonText<T>): T {
  const value: T = JSON.parse(text);
  return value;
}

/** A prepared SELECT; the methods take the parameters of its statement. */
export interface Select<Row> {
  all(...parameters: unknown[]): Row[];
  /** Returns the first row. */
  get(...parameters: unknown[]): Row | undefined;
  iterate(...parameters: unknown[]): IterableIterator<Row>;
}

/** Lists the columns of a shape for a SELECT whose names match the table's. */
export const namesOf = (shape: Shape): string => Object.keys(shape).join(', ');

/** Prepares a SELECT that returns objects. */
export function selectRows<const S extends Shape>(db: ReadableDb, sql: string, shape: S): Select<RowOf<S>> {
  const statement = db.prepare<unknown[], RowOf<S>>(sql);
  const columns = statement.columns();
  const names = columns.map(({ name }) => name);
  const wrong = names.length !== Object.keys(shape).length || names.some((name) => !Object.hasOwn(shape, name));
  if (wrong) throw mismatch(sql, `gives ${names.join(', ')}`);
  checkTypes(columns, sql, (name) => shape[name]);
  return isChecking ? checked(statement, sql, (row) => names.map((name) => [shape[name], row[name]])) : statement;
}

/** Prepares a SELECT of one column that returns its cells. */
export function selectCells<const C extends Column>(db: ReadableDb, sql: string, column: C): Select<CellOf<C>> {
  const statement = db.prepare<unknown[], CellOf<C>>(sql);
  const columns = statement.columns();
  if (columns.length !== 1) throw mismatch(sql, 'gives more than one column');
  checkTypes(columns, sql, () => column);
  statement.pluck();
  return isChecking ? checked(statement, sql, (cell) => [[column, cell]]) : statement;
}

/** Prepares a SELECT that returns tuples, which are cheaper than objects for many rows. */
export function selectTuples<const C extends readonly Column[]>(
  db: ReadableDb,
  sql: string,
  columns: C,
): Select<TupleOf<C>> {
  const statement = db.prepare<unknown[], TupleOf<C>>(sql);
  const given = statement.columns();
  if (given.length !== columns.length) throw mismatch(sql, `gives other than ${columns.length} columns`);
  checkTypes(given, sql, (_name, k) => columns[k]);
  statement.raw();
  return isChecking ? checked(statement, sql, (row) => columns.map((column, k) => [column, row[k]])) : statement;
}

/** Returns the row of a SELECT that always has one, such as a sum over a table. */
export function only<Row>(select: Select<Row>, ...parameters: unknown[]): Row {
  const row = select.get(...parameters);
  if (row === undefined) throw new Error('a statement that always gives a row gave none');
  return row;
}

/** Returns whether a SELECT gives any row. */
export function isAny(db: ReadableDb, sql: string, ...parameters: unknown[]): boolean {
  return db.prepare(sql).get(...parameters) !== undefined;
}

const isChecking = process.env.POSTRUN_CHECK_ROWS === '1';

/** Maps the declared types of SQLite; expressions have none. */
const DECLARED: Readonly<Record<string, string>> = { INTEGER: 'number', REAL: 'number', TEXT: 'text', BLOB: 'bytes' };

const baseOf = (column: Column | undefined) => column?.replace('?', '');

function mismatch(sql: string, what: string): Error {
  return new Error(`a statement ${what}, which is not what its caller reads: ${sql}`);
}

interface Given {
  name: string;
  type: string | null;
}

function checkTypes(columns: Given[], sql: string, at: (name: string, k: number) => Column | undefined): void {
  for (const [k, { name, type }] of columns.entries()) {
    const declared = type === null ? undefined : DECLARED[type];
    if (declared !== undefined && declared !== baseOf(at(name, k))) throw mismatch(sql, `gives ${name} as ${type}`);
  }
}

function holds(column: Column | undefined, value: unknown): boolean {
  if (value === null) return column?.endsWith('?') === true;
  if (baseOf(column) === 'bytes') return Buffer.isBuffer(value);
  return typeof value === (baseOf(column) === 'number' ? 'number' : 'string');
}

/** Wraps a select so that it throws at a row that does not match its columns. */
function checked<Row>(
  select: Select<Row>,
  sql: string,
  cellsOf: (row: Row) => [Column | undefined, unknown][],
): Select<Row> {
  const check = (row: Row): Row => {
    const bad = cellsOf(row).find(([column, value]) => !holds(column, value));
    if (bad !== undefined) throw mismatch(sql, `gives ${String(bad[1])} for ${bad[0]}`);
    return row;
  };
  return {
    all: (...parameters) => select.all(...parameters).map(check),
    get: (...parameters) => {
      const row = select.get(...parameters);
      return row === undefined ? undefined : check(row);
    },
    *iterate(...parameters) {
      for (const row of select.iterate(...parameters)) yield check(row);
    },
  };
}
