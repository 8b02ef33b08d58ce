/**
 * Formats rows of a table as UTF-8 text: CSV (RFC 4180), JSON Lines, or ClickHouse's TabSeparated.
 * Escapes a repeated word once per row group. Infinite numbers are `inf` and `-inf`, which DuckDB
 * and ClickHouse read.
 */
import { Buffer } from 'node:buffer';
import { csvCell } from '../../contract/csv.ts';
import type { SqlColumn } from '../../contract/sql-schema.ts';
import { timeText } from '../sql/times.ts';
import type { ByteSink } from './byte-sink.ts';
import {
  type ByteColumn,
  type ColumnValues,
  type NumberColumn,
  type RowGroup,
  textStart,
  type WordColumn,
} from './columns.ts';

/** Appends the cell of a row. */
export type WriteCell = (out: ByteSink, row: number) => void;

/** How a format writes cells and what comes between them. */
interface TextFormat {
  /** Text before the cell of column k. */
  lead: (column: SqlColumn, k: number) => string;
  end: string;
  unknown: string;
  /** Escapes a text. */
  escaped: (text: string) => string;
  /** For each byte below 128: 1 if a text cannot contain it unescaped. */
  isSpecial: Uint8Array;
  /** For each byte: 1 if a text that begins with it must be escaped. */
  isSpecialFirst: Uint8Array;
  /** Goes around a text without special bytes. */
  quote: string;
  time: (us: number) => string;
  /** Formats a number. Quotes a non-finite one if the format supports it only as text. */
  number: (value: number) => string;
}

function bytesOf(characters: string, fromControl = false): Uint8Array {
  const set = new Uint8Array(256);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  if (fromControl) set.fill(1, 0, 32);
  return set;
}

const isoTime = onceEach(timeText);

const csv: TextFormat = {
  lead: (_column, k) => (k === 0 ? '' : ','),
  end: '\r\n',
  unknown: '',
  escaped(text) {
    // An empty text differs from an unknown one.
    return text === '' ? '""' : csvCell(text);
  },
  isSpecial: bytesOf('",\r\n'),
  // The last byte begins the full-width forms of the others.
  isSpecialFirst: bytesOf("'=+-@\t\xef"),
  quote: '',
  time: isoTime,
  number: numberText,
};

const jsonl: TextFormat = {
  lead: ({ name }, k) => `${k === 0 ? '{' : ','}${JSON.stringify(name)}:`,
  end: '}\n',
  unknown: 'null',
  escaped: (text) => JSON.stringify(text),
  isSpecial: bytesOf('"\\', true),
  isSpecialFirst: bytesOf(''),
  quote: '"',
  time: (us) => `"${isoTime(us)}"`,
  number: (value) => (Number.isFinite(value) ? String(value) : `"${numberText(value)}"`),
};

const tabEscapes: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
};
const tabSpecial = /[\\\t\n\r\0\b\f]/g;

/** Escapes a text for ClickHouse's TabSeparated and its quoted literals. */
export function tabEscaped(text: string): string {
  return text.replace(tabSpecial, (character) => tabEscapes[character] ?? character);
}

const tabs: TextFormat = {
  lead: () => '\t',
  end: '\n',
  unknown: '\\N',
  escaped: tabEscaped,
  isSpecial: bytesOf(Object.keys(tabEscapes).join('')),
  isSpecialFirst: bytesOf(''),
  quote: '',
  time: (us) => String(us),
  number: numberText,
};

const formats = { csv, jsonl, tabs } as const;

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}

/** Remembers the last answer, because neighbouring values are often equal. */
function onceEach(of: (value: number) => string): (value: number) => string {
  let last = Number.NaN;
  let text = '';
  return (value) => {
    if (value !== last) {
      last = value;
      text = of(value);
    }
    return text;
  };
}

/** Appends rows [from, to). */
export type WriteRows = (out: ByteSink, from: number, to: number) => void;

/** Writes the rows of a group as CSV or JSON Lines. */
export function textRows(format: 'csv' | 'jsonl', columns: readonly SqlColumn[], group: RowGroup): WriteRows {
  const { lead, end } = formats[format];
  const leads = columns.map(lead);
  return rowsOf(
    leads,
    end,
    columns.map((column, k) => cellWriter(formats[format], column, group.columns[k] as ColumnValues)),
  );
}

/** Writes rows of cells, each after its lead, with `end` after the last. */
export function rowsOf(leads: readonly string[], end: string, writers: readonly WriteCell[]): WriteRows {
  return (out, from, to) => {
    for (let row = from; row < to; row++) {
      for (let k = 0; k < writers.length; k++) {
        out.ascii(leads[k] as string);
        (writers[k] as WriteCell)(out, row);
      }
      out.ascii(end);
    }
  };
}

/** Writes a cell of TabSeparated. `unknown` replaces an unknown value. */
export function tabCell(column: SqlColumn, values: ColumnValues, unknown: string): WriteCell {
  return cellWriter({ ...tabs, unknown }, column, values);
}

function cellWriter(format: TextFormat, column: SqlColumn, values: ColumnValues): WriteCell {
  if (values.kind === 'words') return wordWriter(format, values);
  if (values.kind === 'bytes') return byteWriter(format, values);
  return numberWriter(format, values, column.type === 'time');
}

function numberWriter({ unknown, time, number }: TextFormat, { values }: NumberColumn, isTime: boolean): WriteCell {
  const text = isTime ? time : onceEach(number);
  return (out, row) => {
    const value = values[row] as number;
    out.ascii(Number.isNaN(value) ? unknown : text(value));
  };
}

function wordWriter({ unknown, escaped }: TextFormat, { codes, words }: WordColumn): WriteCell {
  const written: Buffer[] = [];
  return (out, row) => {
    const code = codes[row] as number;
    if (code === -1) {
      out.ascii(unknown);
      return;
    }
    const text = written[code] ?? Buffer.from(escaped(words[code] as string));
    written[code] = text;
    out.bytes(text);
  };
}

function byteWriter({ escaped, isSpecial, isSpecialFirst, quote }: TextFormat, column: ByteColumn): WriteCell {
  const { bytes, ends } = column;
  return (out, row) => {
    const start = textStart(column, row);
    const end = ends[row] as number;
    const isSpecialText = start === end || isSpecialFirst[bytes[start] as number] === 1;
    if (isSpecialText || hasSpecial(bytes, start, end, isSpecial)) {
      out.bytes(Buffer.from(escaped(bytes.toString('utf8', start, end))));
      return;
    }
    out.ascii(quote);
    out.reserve(end - start);
    out.length += bytes.copy(out.buffer, out.length, start, end);
    out.ascii(quote);
  };
}

function hasSpecial(bytes: Buffer, start: number, end: number, isSpecial: Uint8Array): boolean {
  for (let at = start; at < end; at++) if (isSpecial[bytes[at] as number] === 1) return true;
  return false;
}
