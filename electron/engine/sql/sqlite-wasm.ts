/**
 * SQLite compiled to WebAssembly, to evaluate users' SQL. The store's SQLite (better-sqlite3)
 * cannot do this: it cannot stop a statement, does not give the place of an error, and passes
 * virtual tables only `=` on hidden parameters, so conditions on `lines` could not reach the index.
 * This file loads the module and exposes the calls that are used, under their names in the C
 * interface. Pointers are numbers.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import init from '@sqlite.org/sqlite-wasm';
import { keepGenericWrappers } from '../base/wasm-wrappers.ts';

keepGenericWrappers();

/** Result codes and flags of SQLite's interface. */
export const code = { ok: 0, error: 1, denied: 1, interrupt: 9, constraint: 19, row: 100, done: 101 } as const;

/** The C functions, as WebAssembly exports them. */
interface SqliteExports {
  sqlite3_prepare_v2(db: number, sql: number, bytes: number, statement: number, tail: number): number;
  sqlite3_step(statement: number): number;
  sqlite3_finalize(statement: number): number;
  sqlite3_close_v2(db: number): number;
  sqlite3_column_count(statement: number): number;
  sqlite3_column_name(statement: number, column: number): number;
  sqlite3_column_decltype(statement: number, column: number): number;
  sqlite3_column_table_name(statement: number, column: number): number;
  sqlite3_column_origin_name(statement: number, column: number): number;
  sqlite3_column_type(statement: number, column: number): number;
  sqlite3_column_double(statement: number, column: number): number;
  sqlite3_column_text(statement: number, column: number): number;
  sqlite3_column_blob(statement: number, column: number): number;
  sqlite3_column_bytes(statement: number, column: number): number;
  sqlite3_limit(db: number, limit: number, value: number): number;
  sqlite3_bind_parameter_count(statement: number): number;
  sqlite3_errmsg(db: number): number;
  sqlite3_error_offset(db: number): number;
  sqlite3_declare_vtab(db: number, sql: number): number;
  sqlite3_vtab_collation(info: number, constraint: number): number;
  sqlite3_value_type(value: number): number;
  sqlite3_value_double(value: number): number;
  sqlite3_value_text(value: number): number;
  sqlite3_value_bytes(value: number): number;
  sqlite3_result_null(context: number): void;
  sqlite3_result_int(context: number, value: number): void;
  sqlite3_result_int64(context: number, value: bigint): void;
  sqlite3_result_double(context: number, value: number): void;
  sqlite3_result_text(context: number, text: number, bytes: number, destructor: number): void;
  sqlite3_result_error(context: number, text: number, bytes: number): void;
  sqlite3_progress_handler(db: number, operations: number, callback: number, argument: number): void;
  sqlite3_set_authorizer(db: number, callback: number, argument: number): number;
  sqlite3_create_module_v2(db: number, name: number, module: number, argument: number, destructor: number): number;
  sqlite3_create_function_v2(
    db: number,
    name: number,
    parameters: number,
    flags: number,
    argument: number,
    call: number,
    step: number,
    final: number,
    destructor: number,
  ): number;
  sqlite3_create_collation_v2(
    db: number,
    name: number,
    flags: number,
    argument: number,
    compare: number,
    destructor: number,
  ): number;
}

export interface SqliteWasm {
  exports: SqliteExports;
  heap8u(): Uint8Array;
  alloc(bytes: number): number;
  dealloc(pointer: number): void;
  allocCString(text: string): number;
  cstrToJs(pointer: number): string | null;
  /**
   * Makes a function pointer. Signature `i(ip)` returns an int and takes an int and a pointer; j is
   * a 64-bit integer, v is void.
   */
  installFunction(signature: string, call: (...values: number[]) => number | undefined): number;
  peek32(pointer: number): number;
  poke32(pointer: number, value: number): unknown;
}

interface Sqlite3 {
  wasm: SqliteWasm;
  oo1: { DB: new (name: string) => { pointer: number; exec(sql: string): unknown } };
}

export interface LoadedSqlite {
  wasm: SqliteWasm;
  /** Opens a new database in memory. */
  openMemory(): { pointer: number; exec(sql: string): unknown };
}

/**
 * Returns the path of the module: beside the bundle, or in its package when run from the sources.
 */
function wasmFile(): string {
  const beside = fileURLToPath(new URL('./sqlite3.wasm', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(import.meta.resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm'));
}

export async function loadSqlite(): Promise<LoadedSqlite> {
  const silent = () => undefined;
  const options = { wasmBinary: readFileSync(wasmFile()), print: silent, printErr: silent };
  const load = init as unknown as (options: object) => Promise<Sqlite3>;
  const { wasm, oo1 } = await load(options);
  return { wasm, openMemory: () => new oo1.DB(':memory:') };
}
