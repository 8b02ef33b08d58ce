/**
 * A table reader finds the delimiter of a CSV file, splits its lines into cells, and hands the rows
 * to the table's parser.
 */
import { parse } from 'csv-parse/sync';
import type { RecordSink, TableParser } from '../formats/types.ts';

const MAX_ROW_LINES = 500;
const QUOTE = 34;

/** Possible delimiters, the most common first. */
const DELIMITERS = [',', ';', '\t', '|'];

/** Returns the delimiter that occurs most often outside quotes in the header. */
function delimiterOf(header: string): string {
  const plain = header.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => plain.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/**
 * Turns the lines of a CSV file into rows; the first line determines the delimiter. A line without
 * quotes is a row by itself. csv-parse reads rows with quotes, which may span lines. A row that
 * never closes its quote is a problem, and its lines are read one by one.
 */
export class TableReader {
  readonly #parser: TableParser;
  readonly #sink: RecordSink;
  #open: string[] = [];
  #openLine = 0;
  #quotes = 0;
  #delimiter: string | null = null;

  constructor(parser: TableParser, sink: RecordSink) {
    this.#parser = parser;
    this.#sink = sink;
  }

  /** The parser wants no more rows. */
  get isDone(): boolean {
    return this.#parser.isDone === true;
  }

  line(bytes: Buffer, from: number, to: number, line: number): void {
    if (this.isDone) return;
    const end = to > from && bytes[to - 1] === 13 ? to - 1 : to;
    const text = bytes.toString('utf8', from, end);
    if (this.#delimiter === null) {
      if (text.trim() === '') return;
      this.#delimiter = delimiterOf(text);
      this.#parser.begin?.(this.#delimiter);
    }
    let quotes = 0;
    for (let at = from; at < end; at++) if (bytes[at] === QUOTE) quotes++;
    if (this.#open.length === 0) {
      if (quotes === 0) {
        if (text !== '') this.#parser.row(text.split(this.#delimiter), line, this.#sink);
        return;
      }
      this.#openLine = line;
      this.#quotes = 0;
    }
    this.#open.push(text);
    this.#quotes += quotes;
    if (this.#quotes % 2 === 0) this.#close();
    else if (this.#open.length >= MAX_ROW_LINES) this.#giveUp();
  }

  #close(): void {
    try {
      const rows: string[][] = parse(this.#open.join('\n'), {
        delimiter: this.#delimiter ?? ',',
        relax_quotes: true,
        relax_column_count: true,
      });
      for (const cells of rows) this.#parser.row(cells, this.#openLine, this.#sink);
    } catch {
      this.#sink.problem('broken_row', 'A row of this table is damaged; its line is kept as text.', this.#openLine);
    }
    this.#open = [];
  }

  #giveUp(): void {
    this.#sink.problem(
      'broken_row',
      'A row of this table opens a quote and never closes it; its lines are read one by one.',
      this.#openLine,
    );
    const lines = this.#open;
    this.#open = [];
    lines.forEach((text, k) => {
      this.#parser.row(text.replaceAll('"', '').split(this.#delimiter ?? ','), this.#openLine + k, this.#sink);
    });
  }

  /** Finishes the table. `isWhole` says that the file has no further rows. */
  end(isWhole: boolean): void {
    if (this.#open.length > 0) this.#giveUp();
    this.#parser.end?.(this.#sink, isWhole);
  }
}
