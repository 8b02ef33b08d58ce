/**
 * A record collector gathers the lines of the records that a file's parser asks for, and gives it
 * each record when it is whole.
 */
import type { LineReader } from '../formats/line-reader.ts';
import type { LogParser, LogRecord, RecordSink } from '../formats/types.ts';

/** Further lines of a record are not kept. */
const MAX_RECORD_LINES = 2_000;
const MAX_RECORD_BYTES = 256 * 1024;
/** From this level up, every record is wanted: error. */
const WANTED_LEVEL = 4;

export class RecordCollector {
  readonly #fileId: number;
  readonly #parser: LogParser;
  readonly #sink: RecordSink;
  #record: LogRecord | null = null;
  #bytes = 0;

  constructor(fileId: number, parser: LogParser, sink: RecordSink) {
    this.#fileId = fileId;
    this.#parser = parser;
    this.#sink = sink;
  }

  /** The open record; null if there is none. */
  get record(): LogRecord | null {
    return this.#record;
  }

  /** Bytes of the open record so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Continues a record that another collector left open. */
  restore(record: LogRecord | null, bytes: number): void {
    this.#record = record;
    this.#bytes = bytes;
  }

  /**
   * Takes the line that `line` has read last, `bytes[at, end)`, if it belongs to a record that the
   * parser wants. `hasNeedle` says that the parser looks for it; `number` is 1-based.
   */
  take(line: LineReader, bytes: Buffer, at: number, end: number, hasNeedle: boolean, number: number): void {
    const open = this.#record;
    const isCandidate = hasNeedle || line.ownLevel >= WANTED_LEVEL;
    if (open === null && !isCandidate) return;
    if (line.isPrefixed || (isCandidate && (open === null || (line.role === null && hasNeedle)))) {
      this.close();
      if (isCandidate) this.#open(line, bytes, at, end, number);
    } else if (open !== null) {
      if (open.lines.length < MAX_RECORD_LINES && this.#bytes < MAX_RECORD_BYTES) {
        open.lines.push(lineText(bytes, at, end));
        this.#bytes += end - at;
      }
      // A bare traceback ends with its exception, or the last one chained to it; later output is
      // not part of it.
      if (!open.prefixed && line.traceback === 0) this.close();
    }
  }

  #open(line: LineReader, bytes: Buffer, at: number, end: number, number: number): void {
    const { isPrefixed, us, pid } = line;
    const text = lineText(bytes, at, end);
    this.#record = {
      fileId: this.#fileId,
      line: number,
      lines: [text],
      head: isPrefixed ? lineText(bytes, at + line.prefix.length, end) : text,
      timeUs: Number.isNaN(us) ? null : us,
      level: line.ownLevel,
      pid: pid === -1 ? null : pid,
      prefixed: isPrefixed,
    };
    this.#bytes = end - at;
  }

  /** Gives the open record to the parser. */
  close(): void {
    if (this.#record === null) return;
    this.#parser.record(this.#record, this.#sink);
    this.#record = null;
  }
}

function lineText(bytes: Buffer, from: number, to: number): string {
  const end = to > from && bytes[to - 1] === 13 ? to - 1 : to;
  return bytes.toString('utf8', from, Math.min(end, from + MAX_RECORD_BYTES));
}
