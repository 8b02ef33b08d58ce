/**
 * A column chunk of a Parquet file, encoded directly from gathered columns: pages of dictionary
 * codes, packed differences or plain values, each compressed separately. hyparquet-writer provides
 * the container (schema, statistics, footer). Its column encoder takes each cell as a JavaScript
 * object, which was five times slower.
 */
import { Buffer } from 'node:buffer';
import { constants, zstdCompressSync } from 'node:zlib';
import { ByteWriter, type ParquetWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeDictionaryPage } from 'hyparquet-writer/src/dictionary.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { ByteSink } from './byte-sink.ts';
import {
  type ByteColumn,
  type ColumnValues,
  LENGTH_BYTES,
  type NumberColumn,
  textStart,
  type WordColumn,
} from './columns.ts';
import { WIDEST_RANGE, writeDeltaPacked } from './delta-packed.ts';

export type ParquetElement = ParquetWriter['schema'][number];
export type ParquetChunk = ParquetWriter['row_groups'][number]['columns'][number];
type ChunkMeta = NonNullable<ParquetChunk['meta_data']>;
type Encoding = ChunkMeta['encodings'][number];
type Statistics = NonNullable<ChunkMeta['statistics']>;

const PAGE_ROWS = 131_072;
const PAGE_BYTES = 1024 * 1024;
/** With more distinct numbers than this, a dictionary does not pay off. */
const DICTIONARY_NUMBERS = 256;
const DICTIONARY_BYTES = 1024 * 1024;
const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const compressors = { ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes, zstdOptions) };

/** What the data pages of a chunk contain, and how to encode the rows of a page. */
interface PagePlan {
  encoding: Encoding;
  /** The values of a dictionary; null if pages hold the values themselves. */
  dictionary: string[] | bigint[] | null;
  /** Returns where the page that begins at a row ends. */
  endOf: (from: number) => number;
  /** Encodes the known values of rows [from, to). Valid until the next call. */
  encode: (from: number, to: number) => Uint8Array;
}

/**
 * Writes the chunk of one column. `isDictionary` forces a dictionary even if it does not save
 * space.
 */
export function writeChunk(
  out: ByteWriter,
  element: ParquetElement,
  column: ColumnValues,
  rows: number,
  isDictionary: boolean,
): ParquetChunk {
  const start = out.offset;
  const statistics = statisticsOf(element, column, rows);
  const plan = planOf(element, column, rows, statistics, isDictionary);
  let plainBytes = 0;
  let dictionaryAt: bigint | undefined;
  if (plan.dictionary !== null) {
    dictionaryAt = BigInt(start);
    plainBytes += writeDictionaryPage(out, { ...dictionaryColumn, element, columnName: element.name }, plan.dictionary);
  }
  const dataAt = BigInt(out.offset);
  let pages = 0;
  for (let from = 0; from < rows; pages++) {
    const to = Math.min(rows, plan.endOf(from));
    plainBytes += writePage(out, plan, column, from, to, statistics.null_count !== 0n);
    from = to;
  }
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: element.type as ChunkMeta['type'],
      encodings: plan.dictionary === null ? [plan.encoding, 'RLE'] : ['PLAIN', plan.encoding, 'RLE'],
      path_in_schema: [element.name],
      codec: 'ZSTD',
      num_values: BigInt(rows),
      total_uncompressed_size: BigInt(plainBytes),
      total_compressed_size: BigInt(out.offset - start),
      data_page_offset: dataAt,
      dictionary_page_offset: dictionaryAt,
      statistics,
      encoding_stats: [
        ...(plan.dictionary === null ? [] : [{ page_type: 'DICTIONARY_PAGE', encoding: 'PLAIN', count: 1 } as const]),
        { page_type: 'DATA_PAGE_V2', encoding: plan.encoding, count: pages },
      ],
    },
  };
}

/** What hyparquet-writer's dictionary pages need to know about a column. */
const dictionaryColumn = {
  codec: 'ZSTD' as const,
  compressors,
  schemaPath: [],
  stats: true,
  pageSize: 0,
  columnIndex: false,
  offsetIndex: false,
};

const body = new ByteSink();

/** Encodes a page by calling `write` with the sink. */
function inSink(write: (out: ByteSink, from: number, to: number) => void): PagePlan['encode'] {
  return (from, to) => {
    body.clear();
    write(body, from, to);
    return body.view();
  };
}

/** Writes a page. Returns its uncompressed size with its header. */
function writePage(
  out: ByteWriter,
  plan: PagePlan,
  column: ColumnValues,
  from: number,
  to: number,
  hasNulls: boolean,
): number {
  const levels = new ByteWriter(64);
  const nulls = writeLevels(levels, column, from, to, hasNulls);
  const bytes = plan.encode(from, to);
  const packed = compressors.ZSTD(bytes);
  const before = out.offset;
  writePageHeader(out, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levels.offset + bytes.length,
    compressed_page_size: levels.offset + packed.length,
    data_page_header_v2: {
      num_values: to - from,
      num_nulls: nulls,
      num_rows: to - from,
      encoding: plan.encoding,
      definition_levels_byte_length: levels.offset,
      repetition_levels_byte_length: 0,
      is_compressed: true,
    },
  });
  const header = out.offset - before;
  out.appendBytes(levels.getBytes());
  out.appendBytes(packed);
  return header + levels.offset + bytes.length;
}

/** Writes definition levels: 1 if a value is known. Returns the number of unknown values. */
function writeLevels(out: ByteWriter, column: ColumnValues, from: number, to: number, hasNulls: boolean): number {
  const levels = new Uint8Array(to - from).fill(1);
  let nulls = 0;
  if (hasNulls) {
    for (let row = from; row < to; row++) {
      if (isKnown(column, row)) continue;
      levels[row - from] = 0;
      nulls++;
    }
  }
  writeRleBitPackedHybrid(out, levels, 1);
  return nulls;
}

function isKnown(column: ColumnValues, row: number): boolean {
  if (column.kind === 'numbers') return !Number.isNaN(column.values[row] as number);
  return column.kind === 'bytes' || column.codes[row] !== -1;
}

function planOf(
  element: ParquetElement,
  column: ColumnValues,
  rows: number,
  statistics: Statistics,
  isDictionary: boolean,
): PagePlan {
  if (column.kind === 'bytes') return textPages(column);
  if (column.kind === 'words') return wordPages(column, rows, isDictionary);
  return element.type === 'DOUBLE' ? realPages(column) : wholePages(column, rows, statistics);
}

const byRows = (from: number) => from + PAGE_ROWS;

/** Plans pages whose content is the gathered bytes as they are. */
function textPages(column: ByteColumn): PagePlan {
  const { bytes, ends } = column;
  const startOf = (row: number) => textStart(column, row) - LENGTH_BYTES;
  return {
    encoding: 'PLAIN',
    dictionary: null,
    endOf: (from) => {
      const limit = startOf(from) + PAGE_BYTES;
      let to = from + 1;
      while (to < ends.length && (ends[to] as number) <= limit && to - from < PAGE_ROWS) to++;
      return to;
    },
    encode: (from, to) => bytes.subarray(startOf(from), ends[to - 1]),
  };
}

function wordPages({ codes, words }: WordColumn, rows: number, isDictionary: boolean): PagePlan {
  const bytes = words.reduce((sum, word) => sum + word.length, 0);
  if ((isDictionary && words.length > 0) || (bytes <= DICTIONARY_BYTES && words.length * 2 <= rows))
    return codePages(codes, words);
  return {
    encoding: 'PLAIN',
    dictionary: null,
    endOf: (from) => {
      let to = from;
      for (let size = 0; to < rows && size < PAGE_BYTES && to - from < PAGE_ROWS; to++) {
        size += words[codes[to] as number]?.length ?? 0;
      }
      return to;
    },
    encode: inSink((out, from, to) => {
      for (let row = from; row < to; row++) {
        const word = words[codes[row] as number];
        if (word === undefined) continue;
        const text = Buffer.from(word);
        out.reserve(4);
        out.length = out.buffer.writeUInt32LE(text.length, out.length);
        out.bytes(text);
      }
    }),
  };
}

/** Plans pages of indexes into a dictionary. */
function codePages(codes: Int32Array, dictionary: string[] | bigint[]): PagePlan {
  // A width of zero is legal for a single value, but some readers fail on it.
  const width = Math.max(1, Math.ceil(Math.log2(dictionary.length)));
  return {
    encoding: 'RLE_DICTIONARY',
    dictionary,
    endOf: byRows,
    encode: inSink((out, from, to) => {
      const known = knownCodes(codes.subarray(from, to));
      const packed = new ByteWriter(4_096);
      writeRleBitPackedHybrid(packed, known, width);
      out.byte(width);
      out.bytes(packed.getBytes());
    }),
  };
}

function knownCodes(codes: Int32Array): Int32Array {
  if (!codes.includes(-1)) return codes;
  const known = new Int32Array(codes.length);
  let count = 0;
  for (let k = 0; k < codes.length; k++) if (codes[k] !== -1) known[count++] = codes[k] as number;
  return known.subarray(0, count);
}

function knownNumbers(values: Float64Array): Float64Array {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let k = 0; k < values.length; k++) if (!Number.isNaN(values[k])) known[count++] = values[k] as number;
  return known.subarray(0, count);
}

function realPages({ values }: NumberColumn): PagePlan {
  return {
    encoding: 'PLAIN',
    dictionary: null,
    endOf: byRows,
    encode: inSink((out, from, to) => {
      out.reserve(8 * (to - from));
      for (let row = from; row < to; row++) {
        const value = values[row] as number;
        if (!Number.isNaN(value)) out.length = out.buffer.writeDoubleLE(value, out.length);
      }
    }),
  };
}

/**
 * Plans pages of integers and times: a dictionary for few distinct values, otherwise packed
 * differences, or plain values if the range is too wide for exact differences.
 */
function wholePages(
  { values }: NumberColumn,
  rows: number,
  { min_value, max_value, null_count }: Statistics,
): PagePlan {
  const few = fewNumbers(values, rows);
  if (few !== null) return codePages(few.codes, few.numbers);
  const isNarrow =
    Number(max_value) - Number(min_value) < WIDEST_RANGE &&
    Number.isSafeInteger(Number(max_value)) &&
    Number.isSafeInteger(Number(min_value));
  return {
    encoding: isNarrow ? 'DELTA_BINARY_PACKED' : 'PLAIN',
    dictionary: null,
    endOf: byRows,
    encode: inSink((out, from, to) => {
      const page = values.subarray(from, to);
      const known = null_count === 0n ? page : knownNumbers(page);
      if (isNarrow) {
        writeDeltaPacked(out, known, known.length);
        return;
      }
      out.reserve(8 * known.length);
      for (const value of known) out.length = out.buffer.writeBigInt64LE(BigInt(value), out.length);
    }),
  };
}

function fewNumbers(values: Float64Array, rows: number): { codes: Int32Array; numbers: bigint[] } | null {
  const codes = new Int32Array(rows);
  const codeOf = new Map<number, number>();
  const most = Math.min(DICTIONARY_NUMBERS, rows / 4);
  let last = Number.NaN;
  let lastCode = -1;
  for (let row = 0; row < rows; row++) {
    const value = values[row] as number;
    if (value !== last) {
      last = value;
      lastCode = Number.isNaN(value) ? -1 : (codeOf.get(value) ?? codeOf.size);
      if (lastCode === codeOf.size) codeOf.set(value, lastCode);
      if (codeOf.size > most) return null;
    }
    codes[row] = lastCode;
  }
  return codeOf.size === 0 ? null : { codes, numbers: [...codeOf.keys()].map(BigInt) };
}

function statisticsOf(element: ParquetElement, column: ColumnValues, rows: number): Statistics {
  if (column.kind === 'numbers') return numberStatistics(column, rows, element.type === 'DOUBLE');
  return column.kind === 'words' ? wordStatistics(column, rows) : textStatistics(column, rows);
}

function numberStatistics({ values }: NumberColumn, rows: number, isReal: boolean): Statistics {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let nulls = 0;
  for (let row = 0; row < rows; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) nulls++;
    else {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  if (nulls === rows) return { null_count: BigInt(nulls) };
  if (!isReal) return { null_count: BigInt(nulls), min_value: BigInt(least), max_value: BigInt(most) };
  // Zeros of both signs are one value, so the bounds include both.
  return { null_count: BigInt(nulls), min_value: least === 0 ? -0 : least, max_value: most === 0 ? 0 : most };
}

function wordStatistics({ codes, words }: WordColumn, rows: number): Statistics {
  let nulls = 0;
  for (let row = 0; row < rows; row++) if (codes[row] === -1) nulls++;
  if (words.length === 0) return { null_count: BigInt(nulls) };
  const sorted = words.map((word) => Buffer.from(word)).sort(Buffer.compare);
  return { null_count: BigInt(nulls), min_value: sorted[0], max_value: sorted.at(-1) };
}

function textStatistics(column: ByteColumn, rows: number): Statistics {
  const { bytes, ends } = column;
  let least: [number, number] = [textStart(column, 0), ends[0] as number];
  let most = least;
  for (let row = 1; row < rows; row++) {
    const start = textStart(column, row);
    const end = ends[row] as number;
    if (compare(bytes, start, end, least) < 0) least = [start, end];
    else if (compare(bytes, start, end, most) > 0) most = [start, end];
  }
  return {
    null_count: 0n,
    min_value: Buffer.from(bytes.subarray(...least)),
    max_value: Buffer.from(bytes.subarray(...most)),
  };
}

/** Compares bytes [start, end) with those of another range. */
function compare(bytes: Buffer, start: number, end: number, [otherStart, otherEnd]: [number, number]): number {
  const length = Math.min(end - start, otherEnd - otherStart);
  for (let k = 0; k < length; k++) {
    const difference = (bytes[start + k] as number) - (bytes[otherStart + k] as number);
    if (difference !== 0) return difference;
  }
  return end - start - (otherEnd - otherStart);
}
