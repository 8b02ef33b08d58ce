/**
 * A row group is a batch of a table's rows, gathered by column: numbers as a typed array, texts as
 * codes into a list of distinct words, and texts of lines as consecutive UTF-8 bytes. It makes no
 * object per row or cell, which made exports slow.
 */
import { Buffer, isUtf8 } from 'node:buffer';
import type { SqlColumn, SqlTable } from '../../contract/sql-schema.ts';
import type { Cell, RowCursor } from '../sql/tables/row-source.ts';

/** The column that is in the path of a file instead of the file. */
const PARTITION = 'run';
/** A row group ends at this many rows or gathered bytes, whichever comes first. */
const GROUP_ROWS = 131_072;
const GROUP_BYTES = 7 * 1024 * 1024;
/** Texts up to this length are copied byte by byte, which is faster than a call. */
const SHORT_BYTES = 512;

/** Numbers, or times in microseconds since 1970. NaN means unknown. */
export interface NumberColumn {
  kind: 'numbers';
  values: Float64Array;
}

/** Texts as indexes into the distinct `words`; -1 means unknown. */
export interface WordColumn {
  kind: 'words';
  codes: Int32Array;
  words: string[];
}

/** Bytes before each text of a {@link ByteColumn}: its length, little-endian. */
export const LENGTH_BYTES = 4;

/**
 * Texts as UTF-8, each after its length, as in Parquet's plain pages. The text of row k ends at
 * `ends[k]`; its length begins where the previous text ends. No text is unknown.
 */
export interface ByteColumn {
  kind: 'bytes';
  bytes: Buffer;
  ends: Uint32Array;
}

export type ColumnValues = NumberColumn | WordColumn | ByteColumn;

/**
 * A batch of rows. The arrays may be longer than `rows` and are valid until the next group is
 * requested.
 */
export interface RowGroup {
  rows: number;
  /** In the order of {@link columnsOf}. */
  columns: ColumnValues[];
}

/**
 * Returns the columns in the files of a table. The run of a data set is in the path, but the file
 * of a query result has it as a column.
 */
export function columnsOf(table: SqlTable): SqlTable['columns'] {
  return table.name === 'result' ? table.columns : table.columns.filter((column) => column.name !== PARTITION);
}

/** Returns where the text of a row begins. */
export function textStart({ ends }: ByteColumn, row: number): number {
  return (row === 0 ? 0 : (ends[row - 1] as number)) + LENGTH_BYTES;
}

/** Returns true for columns gathered as bytes: texts that seldom repeat and already are bytes. */
function isLineText(table: SqlTable, column: SqlColumn): boolean {
  return table.name === 'lines' && column.name === 'text';
}

interface Gatherer {
  /** Adds a cell to row `row`. Returns roughly how many bytes it takes. */
  put(row: number, cell: Cell): number;
  values(): ColumnValues;
  clear(): void;
}

class Numbers implements Gatherer {
  readonly #isWhole: boolean;
  #values = new Float64Array(1_024);

  constructor(isWhole: boolean) {
    this.#isWhole = isWhole;
  }

  put(row: number, cell: Cell): number {
    if (row === this.#values.length) this.#values = grown(this.#values, new Float64Array(row * 2));
    const value = cell === null ? Number.NaN : Number(cell);
    this.#values[row] = this.#isWhole ? (Number.isFinite(value) ? Math.round(value) : Number.NaN) : value;
    return 8;
  }

  values(): NumberColumn {
    return { kind: 'numbers', values: this.#values };
  }

  clear(): void {}
}

class Words implements Gatherer {
  #codes = new Int32Array(1_024);
  #words: string[] = [];
  #codeOf = new Map<string, number>();
  /** Most cells repeat the previous one. */
  #last: Cell = null;
  #lastCode = -1;

  put(row: number, cell: Cell): number {
    if (row === this.#codes.length) this.#codes = grown(this.#codes, new Int32Array(row * 2));
    if (cell === this.#last) {
      this.#codes[row] = this.#lastCode;
      return 4;
    }
    let code = -1;
    let bytes = 4;
    if (cell !== null) {
      const text = typeof cell === 'object' ? Buffer.from(cell).toString('utf8') : String(cell);
      const known = this.#codeOf.get(text);
      code = known ?? this.#words.length;
      if (known === undefined) {
        this.#words.push(text);
        this.#codeOf.set(text, code);
        bytes += text.length + 32;
      }
    }
    this.#codes[row] = code;
    this.#last = cell;
    this.#lastCode = code;
    return bytes;
  }

  values(): WordColumn {
    return { kind: 'words', codes: this.#codes, words: this.#words };
  }

  clear(): void {
    this.#words = [];
    this.#codeOf = new Map();
    this.#last = null;
    this.#lastCode = -1;
  }
}

/** Gathers texts as bytes. */
export class Texts implements Gatherer {
  #bytes = Buffer.allocUnsafe(1024 * 1024);
  #ends = new Uint32Array(1_024);
  #length = 0;

  put(row: number, cell: Cell): number {
    if (row === this.#ends.length) this.#ends = grown(this.#ends, new Uint32Array(row * 2));
    const bytes = typeof cell === 'object' && cell !== null ? cell : Buffer.from(cell === null ? '' : String(cell));
    this.#append(bytes);
    this.#ends[row] = this.#length;
    return bytes.length + 8;
  }

  #append(bytes: Uint8Array): void {
    const { length } = bytes;
    if (this.#length + LENGTH_BYTES + length > this.#bytes.length) this.#grow(LENGTH_BYTES + length);
    const into = this.#bytes;
    const start = this.#length + LENGTH_BYTES;
    let bits = 0;
    if (length <= SHORT_BYTES) {
      for (let k = 0; k < length; k++) {
        const byte = bytes[k] as number;
        bits |= byte;
        into[start + k] = byte;
      }
    }
    if (length > SHORT_BYTES || bits >= 0x80) {
      // Convert to valid UTF-8, because other engines refuse anything else.
      if (!isUtf8(bytes)) {
        this.#append(Buffer.from(Buffer.from(bytes).toString('utf8')));
        return;
      }
      into.set(bytes, start);
    }
    into.writeUInt32LE(length, this.#length);
    this.#length = start + length;
  }

  #grow(by: number): void {
    const size = Math.max(this.#length + by, this.#bytes.length * 2);
    const bytes = Buffer.allocUnsafe(size);
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.#bytes = bytes;
  }

  values(): ByteColumn {
    return { kind: 'bytes', bytes: this.#bytes.subarray(0, this.#length), ends: this.#ends };
  }

  clear(): void {
    this.#length = 0;
    // Release the memory of a very long line.
    if (this.#bytes.length > 2 * GROUP_BYTES) this.#bytes = Buffer.allocUnsafe(GROUP_BYTES);
  }
}

function grown<Values extends Float64Array | Int32Array | Uint32Array>(values: Values, larger: Values): Values {
  larger.set(values);
  return larger;
}

function gathererFor(table: SqlTable, column: SqlColumn): Gatherer {
  if (column.type !== 'text') return new Numbers(column.type !== 'real');
  return isLineText(table, column) ? new Texts() : new Words();
}

/** Yields the rows of a cursor in groups, and closes the cursor. */
export function* rowGroups(table: SqlTable, cursor: RowCursor): Generator<RowGroup> {
  const columns = columnsOf(table);
  const places = columns.map((column) => table.columns.indexOf(column));
  const gatherers = columns.map((column) => gathererFor(table, column));
  let rows = 0;
  let bytes = 0;
  const group = () => ({ rows, columns: gatherers.map((gatherer) => gatherer.values()) });
  try {
    while (cursor.next()) {
      for (let k = 0; k < places.length; k++) {
        bytes += (gatherers[k] as Gatherer).put(rows, cursor.cell(places[k] as number));
      }
      rows++;
      if (rows < GROUP_ROWS && bytes < GROUP_BYTES) continue;
      yield group();
      rows = 0;
      bytes = 0;
      for (const gatherer of gatherers) gatherer.clear();
    }
    if (rows > 0) yield group();
  } finally {
    cursor.close();
  }
}
