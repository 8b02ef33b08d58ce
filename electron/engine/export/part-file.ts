/**
 * A part file is one file of a data set. It is written under a name that nothing takes for a part, and gets its own by a rename when all of it is on
 * the disk: a reader sees it whole or not at all.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { SQL_SCHEMA_VERSION, type SqlColumn, type SqlTable } from '../../contract/sql-schema.ts';
import type { Cell } from '../sql/tables/row-source.ts';
import { timeText } from '../sql/times.ts';
import { columnsOf, type RowGroup } from './rows.ts';

export const dataSetFormats = ['parquet', 'jsonl', 'csv'] as const;
export type DataSetFormat = (typeof dataSetFormats)[number];

export interface WrittenPart {
  rows: number;
  bytes: number;
  sha256: string;
}

export interface PartFile {
  write(group: RowGroup): void;
  /** Bytes written so far. */
  readonly bytes: number;
  /** Put the file in place. */
  finish(): WrittenPart;
  /** Throw away what was written. */
  discard(): void;
}

/** Where a part is until it is whole: names that begin with a dot are no parts to Hive, Spark and DuckDB. */
function temporaryOf(path: string): string {
  return path.replace(/[^/\\]*$/, (name) => `.${name}.${process.pid}.tmp`);
}

export function createPart(format: DataSetFormat, path: string, table: SqlTable): PartFile {
  mkdirSync(dirname(path), { recursive: true });
  const file = new OutputFile(temporaryOf(path), path);
  if (format === 'parquet') return new ParquetPart(file, table);
  return new TextPart(file, table, format);
}

/** A file that is written from its beginning to its end, and then renamed. */
class OutputFile {
  readonly #temporary: string;
  readonly #path: string;
  #fd: number;
  bytes = 0;

  constructor(temporary: string, path: string) {
    this.#temporary = temporary;
    this.#path = path;
    this.#fd = openSync(temporary, 'w+', 0o666);
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at, bytes.length - at);
    this.bytes += bytes.length;
  }

  finish(rows: number): WrittenPart {
    fsyncSync(this.#fd);
    const sha256 = hashOf(this.#fd);
    closeSync(this.#fd);
    this.#fd = -1;
    renameSync(this.#temporary, this.#path);
    return { rows, bytes: this.bytes, sha256 };
  }

  discard(): void {
    if (this.#fd !== -1) closeSync(this.#fd);
    this.#fd = -1;
    rmSync(this.#temporary, { force: true });
  }
}

function hashOf(fd: number): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  for (let at = 0; ; ) {
    const got = readSync(fd, buffer, 0, buffer.length, at);
    if (got === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, got));
    at += got;
  }
}

/** The size and hash of a file; null where there is none. */
export function fileHash(path: string): { bytes: number; sha256: string } | null {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    return { bytes: statSync(path).size, sha256: hashOf(fd) };
  } finally {
    closeSync(fd);
  }
}

const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Parquet elements by the types of the public columns. Any value can be unknown. */
function elementOf({ name, type }: SqlColumn) {
  const base = { name, repetition_type: 'OPTIONAL' as const };
  switch (type) {
    case 'text':
      return { ...base, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const };
    case 'integer':
      return { ...base, type: 'INT64' as const };
    case 'real':
      return { ...base, type: 'DOUBLE' as const };
    case 'time':
      return {
        ...base,
        type: 'INT64' as const,
        converted_type: 'TIMESTAMP_MICROS' as const,
        logical_type: { type: 'TIMESTAMP' as const, isAdjustedToUTC: true, unit: 'MICROS' as const },
      };
  }
}

/** Texts that name one of few; integers and times that ascend. */
const DICTIONARY = new Set(['node', 'level', 'kind', 'metric', 'unit', 'outcome', 'status', 'source', 'type']);
const ASCENDING = new Set(['line', 'time', 'start_time', 'end_time']);

class ParquetPart implements PartFile {
  readonly #file: OutputFile;
  readonly #table: SqlTable;
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  #rows = 0;

  constructor(file: OutputFile, table: SqlTable) {
    this.#file = file;
    this.#table = table;
    const columns = columnsOf(table);
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)],
      codec: 'ZSTD',
      compressors: { ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes, zstdOptions) },
      createdBy: 'postrun',
      kvMetadata: [{ key: 'postrun.schema', value: String(SQL_SCHEMA_VERSION) }],
    });
  }

  get bytes(): number {
    return this.#file.bytes;
  }

  write(group: RowGroup): void {
    const columnData = columnsOf(this.#table).map(({ name, type }, k) => {
      const cells = group.columns[k] as Cell[];
      if (type === 'integer' || type === 'time') {
        const data = cells.map((cell) => (cell === null ? null : BigInt(Math.round(Number(cell)))));
        return { name, data, encoding: ASCENDING.has(name) ? ('DELTA_BINARY_PACKED' as const) : undefined };
      }
      if (type === 'real') return { name, data: cells, encoding: 'PLAIN' as const };
      const encoding = DICTIONARY.has(name)
        ? ('RLE_DICTIONARY' as const)
        : name === 'text'
          ? ('PLAIN' as const)
          : undefined;
      return { name, data: cells, encoding };
    });
    void this.#writer.write({ columnData: columnData as never, rowGroupSize: group.rows });
    this.#rows += group.rows;
    this.#flush();
  }

  /** Hand what was written to the file; places in the file go on counting. */
  #flush(): void {
    const bytes = this.#bytes as unknown as { buffer: ArrayBuffer; index: number };
    this.#file.write(new Uint8Array(bytes.buffer, 0, bytes.index));
    bytes.index = 0;
  }

  finish(): WrittenPart {
    void this.#writer.finish();
    this.#flush();
    return this.#file.finish(this.#rows);
  }

  discard(): void {
    this.#file.discard();
  }
}

/** JSON Lines or CSV (RFC 4180), in UTF-8. Times are ISO 8601; what is unknown is null, or an empty field. */
class TextPart implements PartFile {
  readonly #file: OutputFile;
  readonly #columns: SqlTable['columns'];
  readonly #format: 'jsonl' | 'csv';
  #rows = 0;

  constructor(file: OutputFile, table: SqlTable, format: 'jsonl' | 'csv') {
    this.#file = file;
    this.#columns = columnsOf(table);
    this.#format = format;
    if (format === 'csv') file.write(Buffer.from(`${this.#columns.map(({ name }) => name).join(',')}\r\n`));
  }

  get bytes(): number {
    return this.#file.bytes;
  }

  write(group: RowGroup): void {
    const rowText = this.#format === 'csv' ? csvRow : jsonRow;
    let text = '';
    for (let row = 0; row < group.rows; row++) {
      text += rowText(this.#columns, group, row);
      if (text.length < 1_000_000) continue;
      this.#file.write(Buffer.from(text));
      text = '';
    }
    this.#file.write(Buffer.from(text));
    this.#rows += group.rows;
  }

  finish(): WrittenPart {
    return this.#file.finish(this.#rows);
  }

  discard(): void {
    this.#file.discard();
  }
}

function valueOfCell(column: SqlColumn, cell: Cell): string | number | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (typeof cell === 'number') return column.type === 'time' ? timeText(cell) : cell;
  return Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('utf8');
}

function jsonRow(columns: SqlTable['columns'], group: RowGroup, row: number): string {
  const fields = columns.map((column, k) => {
    const value = valueOfCell(column, group.columns[k]?.[row] ?? null);
    return `"${column.name}":${JSON.stringify(value)}`;
  });
  return `{${fields.join(',')}}\n`;
}

function csvRow(columns: SqlTable['columns'], group: RowGroup, row: number): string {
  const fields = columns.map((column, k) => {
    const value = valueOfCell(column, group.columns[k]?.[row] ?? null);
    if (value === null) return '';
    const text = String(value);
    // An empty text is not the same as none.
    return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${fields.join(',')}\r\n`;
}
