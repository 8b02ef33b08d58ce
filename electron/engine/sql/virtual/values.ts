/**
 * Converts values between JavaScript and SQLite: the arguments and results of virtual tables and
 * functions.
 */

import type { SqliteWasm } from '../sqlite-wasm.ts';
import type { Cell } from '../tables/row-source.ts';

const INTEGER = 1;
const REAL = 2;
const TEXT = 3;
const BLOB = 4;
/** Makes SQLite copy what it is given. */
const TRANSIENT = -1;

/** A value of SQL as JavaScript has it. */
export type SqlValue = string | number | null;

/** Reads and writes values of one SQLite instance. Keeps a piece of its memory to pass texts. */
export class Values {
  readonly #wasm: SqliteWasm;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();
  #scratch = 0;
  #scratchBytes = 0;

  constructor(wasm: SqliteWasm) {
    this.#wasm = wasm;
  }

  #room(bytes: number): number {
    if (bytes > this.#scratchBytes) {
      if (this.#scratch !== 0) this.#wasm.dealloc(this.#scratch);
      this.#scratchBytes = Math.max(64 * 1024, bytes * 2);
      this.#scratch = this.#wasm.alloc(this.#scratchBytes);
    }
    return this.#scratch;
  }

  /** Sets the result of a function or the cell of a column. */
  give(context: number, value: Cell): void {
    const { exports } = this.#wasm;
    if (value === null) exports.sqlite3_result_null(context);
    else if (typeof value === 'number') {
      if (!Number.isInteger(value)) exports.sqlite3_result_double(context, value);
      else if (value === (value | 0)) exports.sqlite3_result_int(context, value);
      else if (Number.isSafeInteger(value)) exports.sqlite3_result_int64(context, BigInt(value));
      else exports.sqlite3_result_double(context, value);
    } else if (typeof value === 'string') {
      const room = this.#room(value.length * 3);
      const heap = this.#wasm.heap8u();
      const { written } = this.#encoder.encodeInto(value, heap.subarray(room, room + value.length * 3));
      exports.sqlite3_result_text(context, room, written, TRANSIENT);
    } else {
      const room = this.#room(value.length);
      this.#wasm.heap8u().set(value, room);
      exports.sqlite3_result_text(context, room, value.length, TRANSIENT);
    }
  }

  /** Sets a real number, even if it is an integer. */
  giveReal(context: number, value: number): void {
    this.#wasm.exports.sqlite3_result_double(context, value);
  }

  fail(context: number, message: string): void {
    const bytes = this.#encoder.encode(message);
    const room = this.#room(bytes.length);
    this.#wasm.heap8u().set(bytes, room);
    this.#wasm.exports.sqlite3_result_error(context, room, bytes.length);
  }

  /** Reads an argument of a function or filter. Treats a blob as text. */
  read(value: number): SqlValue {
    const { exports } = this.#wasm;
    const type = exports.sqlite3_value_type(value);
    if (type === INTEGER || type === REAL) return exports.sqlite3_value_double(value);
    if (type !== TEXT && type !== BLOB) return null;
    const text = exports.sqlite3_value_text(value);
    return this.text(text, exports.sqlite3_value_bytes(value));
  }

  /**
   * Reads the cell of a result row. Integers beyond 2^53 and infinities become text, a blob becomes
   * `x'…'`.
   */
  column(statement: number, column: number): SqlValue {
    const { exports } = this.#wasm;
    const type = exports.sqlite3_column_type(statement, column);
    if (type === REAL || type === INTEGER) {
      const number = exports.sqlite3_column_double(statement, column);
      // SQLite formats what a JavaScript or JSON number cannot hold exactly.
      if (type === REAL ? Number.isFinite(number) : Number.isSafeInteger(number)) return number;
    }
    if (type === TEXT || type === REAL || type === INTEGER) {
      const text = exports.sqlite3_column_text(statement, column);
      return this.text(text, exports.sqlite3_column_bytes(statement, column));
    }
    if (type !== BLOB) return null;
    const blob = exports.sqlite3_column_blob(statement, column);
    const bytes = exports.sqlite3_column_bytes(statement, column);
    return `x'${Buffer.from(this.#wasm.heap8u().subarray(blob, blob + bytes)).toString('hex')}'`;
  }

  text(pointer: number, bytes: number): string {
    return this.#decoder.decode(this.#wasm.heap8u().subarray(pointer, pointer + bytes));
  }
}
