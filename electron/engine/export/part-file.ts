/**
 * A part file is one file of a data set. It is written under a name that no reader takes for a
 * part, and renamed once all of it is on disk. A reader sees it complete or not at all.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { SQL_SCHEMA_VERSION, type SqlColumn, type SqlTable } from '../../contract/sql-schema.ts';
import { ByteSink } from './byte-sink.ts';
import { type ColumnValues, columnsOf, type RowGroup } from './columns.ts';
import { type ParquetElement, writeChunk } from './parquet-column.ts';
import { textRows } from './text-rows.ts';

export const dataSetFormats = ['parquet', 'jsonl', 'csv'] as const;
export type DataSetFormat = (typeof dataSetFormats)[number];

interface WrittenPart {
  rows: number;
  bytes: number;
  sha256: string;
}

export interface PartFile {
  write(group: RowGroup): void;
  /** Bytes written so far. */
  readonly bytes: number;
  /** Puts the file in place. */
  finish(): WrittenPart;
  /** Discards what was written. */
  discard(): void;
}

/**
 * Returns the name of an incomplete part. Hive, Spark and DuckDB ignore names that begin with a
 * dot.
 */
function temporaryOf(path: string): string {
  return path.replace(/[^/\\]*$/, (name) => `.${name}.${process.pid}.tmp`);
}

export function createPart(format: DataSetFormat, path: string, table: SqlTable): PartFile {
  mkdirSync(dirname(path), { recursive: true });
  const file = new OutputFile(temporaryOf(path), path);
  if (format === 'parquet') return new ParquetPart(file, table);
  return new TextPart(file, table, format);
}

/** A file that is written sequentially and then renamed. */
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

/** Returns the Parquet element for a public column. Any value may be unknown. */
function elementOf({ name, type }: SqlColumn): ParquetElement {
  const base = { name, repetition_type: 'OPTIONAL' as const };
  switch (type) {
    case 'text':
      return { ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    case 'integer':
      return { ...base, type: 'INT64' };
    case 'real':
      return { ...base, type: 'DOUBLE' };
    case 'time':
      return {
        ...base,
        type: 'INT64',
        converted_type: 'TIMESTAMP_MICROS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
      };
  }
}

/** Columns with few distinct words. They always get a dictionary. */
const DICTIONARY = new Set(['node', 'level', 'kind', 'metric', 'unit', 'outcome', 'status', 'source', 'type']);

class ParquetPart implements PartFile {
  readonly #file: OutputFile;
  readonly #out = new ByteWriter();
  readonly #elements: ParquetElement[];
  readonly #writer: ParquetWriter;
  #rows = 0;

  constructor(file: OutputFile, table: SqlTable) {
    this.#file = file;
    this.#elements = columnsOf(table).map(elementOf);
    this.#writer = new ParquetWriter({
      writer: this.#out,
      schema: [{ name: 'root', num_children: this.#elements.length }, ...this.#elements],
      codec: 'ZSTD',
      createdBy: 'postrun',
      kvMetadata: [{ key: 'postrun.schema', value: String(SQL_SCHEMA_VERSION) }],
    });
  }

  get bytes(): number {
    return this.#file.bytes;
  }

  write(group: RowGroup): void {
    const before = this.#out.offset;
    const columns = this.#elements.map((element, k) => {
      const values = group.columns[k] as ColumnValues;
      const chunk = writeChunk(this.#out, element, values, group.rows, DICTIONARY.has(element.name));
      this.#flush();
      return chunk;
    });
    this.#writer.row_groups.push({
      columns,
      num_rows: BigInt(group.rows),
      total_byte_size: columns.reduce((sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n), 0n),
      total_compressed_size: BigInt(this.#out.offset - before),
    });
    this.#writer.num_rows += BigInt(group.rows);
    this.#rows += group.rows;
  }

  /** Writes the buffer to the file. Offsets continue to count. */
  #flush(): void {
    this.#file.write(this.#out.getBytes());
    this.#out.index = 0;
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

/** Number of rows formatted before they are written. */
const TEXT_ROWS = 4_096;

/**
 * JSON Lines or CSV (RFC 4180) in UTF-8. Times are ISO 8601. An unknown value is null, or an empty
 * field.
 */
class TextPart implements PartFile {
  readonly #file: OutputFile;
  readonly #columns: SqlTable['columns'];
  readonly #format: 'jsonl' | 'csv';
  readonly #text = new ByteSink();
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
    const rows = textRows(this.#format, this.#columns, group);
    for (let row = 0; row < group.rows; row += TEXT_ROWS) {
      this.#text.clear();
      rows(this.#text, row, Math.min(group.rows, row + TEXT_ROWS));
      this.#file.write(this.#text.view());
    }
    this.#rows += group.rows;
  }

  finish(): WrittenPart {
    return this.#file.finish(this.#rows);
  }

  discard(): void {
    this.#file.discard();
  }
}
