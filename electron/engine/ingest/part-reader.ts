/**
 * A part reader reads the lines of one part of a file: it parses prefixes, carries times, collects
 * records for the parser and counts levels.
 */
import { findLineEnd, wordsOf } from '../base/line-end.ts';
import { nextMatch } from '../base/line-text.ts';
import { blockWithoutCodes, hasStates, lastStateAt } from '../base/terminal.ts';
import { LineReader } from '../formats/line-reader.ts';
import { createLogParser, createTableParser, restoreLogParser } from '../formats/parsers/parsers.ts';
import { type LineRules, usualRulesOfLines } from '../formats/prefix/line-rules.ts';
import { hasLikes, type Likeness } from '../formats/prefix/prefix-alike.ts';
import { createFreeTable, PART_OF_TABLE } from '../formats/tables/free-table.ts';
import type { FileContext, LogParser, LogRecord, RecordSink, TableParser } from '../formats/types.ts';
import type { BlockKernel } from '../kernel/block-kernel.ts';
import { LiteralSet, literalsOf } from '../kernel/literal-set.ts';
import type { BlockRow, PartResult } from '../store/rows.ts';
import { believable } from './believable.ts';
import { lastBytes, tailLines } from './file-end.ts';
import { guardLogParser, guardTableParser } from './guarded-parser.ts';
import type { UnitPart } from './messages.ts';
import { type PidCount, ProcessSpans, widen } from './process-spans.ts';
import { RecordCollector } from './record-collector.ts';
import { TableReader } from './table-reader.ts';

/**
 * Slots of a part's clock: the last time seen, then the least and greatest of the part, of the
 * block, and of a stretch of one process.
 */
const CARRY = 0;
const FIRST = 1;
const LAST = 2;
const MIN = 3;
const MAX = 4;
const PID_MIN = 5;
const PID_MAX = 6;

/**
 * The state that a reader carries from line to line; can be cloned. A change here requires a new
 * SCHEMA_VERSION.
 */
export interface ReaderState {
  lines: number;
  clock: Float64Array;
  carryPid: number;
  pidLines: number;
  pids: Map<number, PidCount>;
  traceback: number;
  errors: number;
  warnings: number;
  /** Level of the open record; -1 if none. */
  recordLevel: number;
  carryNanos: number;
  record: LogRecord | null;
  recordBytes: number;
  hasNul: boolean;
  /** Null if the file's lines have no parser. */
  parser: object | null;
  tail: Uint8Array;
}

/**
 * Reads the blocks of a part line by line: times, levels, pids, tracebacks, and the records that
 * the file's parser asks for. This is the only pass over the lines; the caller cuts the blocks and
 * indexes their tokens.
 */
export class PartReader {
  readonly #part: UnitPart;
  readonly #sink: RecordSink;
  readonly #parser: LogParser | null;
  readonly #kernel: BlockKernel;
  /** The parser's needles, if all are literals, and the literals that start a traceback. */
  readonly #literals: LiteralSet;
  /** The parser's needles, if they need a regular expression. */
  readonly #pattern: RegExp | null;
  readonly #table: TableReader | null;
  /**
   * A reader for a file that may be a table although its name does not say so; null once its lines
   * rule that out.
   */
  #guess: TableReader | null;
  /**
   * Times in the slots that {@link CARRY} and its neighbours name; NaN if unknown. An array of
   * numbers, because assigning to a field would allocate.
   */
  readonly #clock = new Float64Array(7).fill(Number.NaN);
  readonly #line: LineReader;
  readonly #likeness: Likeness = { length: 0, levelAt: 0, minuteUs: 0 };
  readonly #spans = new ProcessSpans(this.#clock.subarray(PID_MIN, PID_MAX + 1), this.#clock);
  #lines = 0;
  #errors = 0;
  #warnings = 0;
  /** Null if the file's lines have no parser. */
  readonly #records: RecordCollector | null;
  #hasNul = false;
  /** The last bytes read, if the parser wants them. */
  #tail: Uint8Array = new Uint8Array(0);

  /** `kernel` loads each block; `rules` say how to read the lines of the file. */
  constructor(part: UnitPart, sink: RecordSink, kernel: BlockKernel, rules: LineRules = usualRulesOfLines) {
    this.#kernel = kernel;
    this.#line = new LineReader(rules, this.#clock.subarray(CARRY, CARRY + 1));
    this.#part = part;
    this.#sink = believable(sink);
    const context: FileContext = part.file;
    const table: TableParser | null = context.shape === 'csv' ? createTableParser(context) : null;
    this.#table = table === null ? null : new TableReader(guardTableParser(table), this.#sink);
    const canBeTable = context.shape === 'lines' && context.kind === 'other' && part.part === 0 && part.resume === null;
    // A damaged row only shows that the file is not a table; that a table continues is worth
    // telling a person.
    const quiet: RecordSink = {
      ...this.#sink,
      problem: (kind, message, line) => {
        if (kind === PART_OF_TABLE) this.#sink.problem(kind, message, line);
      },
    };
    this.#guess = canBeTable ? new TableReader(guardTableParser(createFreeTable(context, true)), quiet) : null;
    this.#parser = context.shape === 'binary' || this.#table !== null ? null : guardLogParser(createLogParser(context));
    this.#records = this.#parser === null ? null : new RecordCollector(context.fileId, this.#parser, this.#sink);
    const needles = this.#parser?.needles ?? null;
    const literals = needles === null ? [] : literalsOf(needles);
    this.#literals = literalSet(literals ?? []);
    this.#pattern = literals === null ? needles : null;
  }

  /** Lines read so far, including an unfinished one. */
  get lines(): number {
    return this.#lines;
  }

  /**
   * Set if the lines are rows of a table: such a file is read again from the start when it grows.
   */
  get isTable(): boolean {
    return this.#table !== null || this.#guess !== null;
  }

  /** Changes the rules; call it before the first block. */
  readBy(rules: LineRules): void {
    this.#line.rules = rules;
  }

  /**
   * Returns the reader's state, which the caller must clone immediately. {@link restore} continues
   * from it in a new reader of the same part. Tables are not supported.
   */
  state(): ReaderState {
    return {
      lines: this.#lines,
      clock: this.#clock,
      carryPid: this.#spans.pid,
      pidLines: this.#spans.lines,
      pids: this.#spans.counts,
      traceback: this.#line.traceback,
      errors: this.#errors,
      warnings: this.#warnings,
      recordLevel: this.#line.recordLevel,
      carryNanos: this.#line.nanos,
      record: this.#records?.record ?? null,
      recordBytes: this.#records?.bytes ?? 0,
      hasNul: this.#hasNul,
      parser: this.#parser?.state ?? null,
      tail: this.#tail,
    };
  }

  /** Continues where another reader of this part stopped; call it before the first block. */
  restore(saved: ReaderState): void {
    this.#lines = saved.lines;
    this.#clock.set(saved.clock);
    this.#line.pid = saved.carryPid;
    this.#spans.restore(saved.carryPid, saved.pidLines, saved.pids);
    this.#line.traceback = saved.traceback;
    this.#errors = saved.errors;
    this.#warnings = saved.warnings;
    this.#line.recordLevel = saved.recordLevel;
    this.#line.nanos = saved.carryNanos;
    this.#records?.restore(saved.record, saved.recordBytes);
    this.#hasNul = saved.hasNul;
    this.#tail = saved.tail;
    if (this.#parser !== null && saved.parser !== null) restoreLogParser(this.#parser, saved.parser);
  }

  /**
   * Reads the block `source[sourceFrom, sourceTo)` (less than 64 KB), which lies at `start` in the
   * file. `continues` says that it begins within a line. Terminal control codes are removed first.
   */
  block(
    source: Buffer,
    sourceFrom: number,
    sourceTo: number,
    start: number,
    continues: boolean,
  ): Omit<BlockRow, 'stored'> {
    const raw = source.subarray(sourceFrom, sourceTo);
    const clean = this.#part.file.shape === 'binary' ? raw : blockWithoutCodes(raw);
    const isAsItIs = clean === raw;
    const bytes = isAsItIs ? source : clean;
    const from = isAsItIs ? sourceFrom : 0;
    const to = isAsItIs ? sourceTo : clean.length;
    const row: Omit<BlockRow, 'stored'> = {
      fileId: this.#part.file.fileId,
      part: this.#part.part,
      line: this.#lines,
      lines: 0,
      start,
      bytes: sourceTo - sourceFrom,
      minUs: null,
      maxUs: null,
      carryUs: known(this.#clock[CARRY]),
      carryPid: this.#pid(),
      carryNanos: this.#line.nanos,
      carryLevel: this.#line.recordLevel,
      traceback: this.#line.traceback,
      continues,
      levels: [0, 0, 0, 0, 0],
    };
    this.#kernel.load(bytes, from, to);
    let at = from;
    if (continues) {
      const lineEnd = bytes.subarray(from, to).indexOf(10);
      at = lineEnd === -1 ? to : from + lineEnd + 1;
    }
    if (this.#part.file.shape === 'binary') this.#countLines(bytes, at, to, row);
    else this.#readLines(bytes, from, at, to, row);
    this.#noteDamage(bytes, from, to, row.line);
    if (this.#parser?.wantsTail === true) this.#tail = lastBytes(this.#tail, bytes.subarray(from, to));
    return row;
  }

  /** Reports once per file that it is not all text. */
  #noteDamage(bytes: Buffer, from: number, to: number, line: number): void {
    if (this.#part.file.shape === 'binary') return;
    const block = bytes.subarray(from, to);
    if (!this.#hasNul && block.includes(0)) {
      this.#hasNul = true;
      this.#sink.problem(
        'binary',
        'The file has NUL bytes: it is not all text. It is searched and shown as it is.',
        line + 1,
      );
    }
  }

  #countLines(bytes: Buffer, from: number, to: number, row: Omit<BlockRow, 'stored'>): void {
    const words = wordsOf(bytes);
    for (let at = from; at < to; at = findLineEnd(bytes, words, at, to) + 1) row.lines++;
    this.#lines += row.lines;
  }

  /** Reads the lines of `bytes[from, to)` in a block that begins at `blockStart`. */
  #readLines(bytes: Buffer, blockStart: number, from: number, to: number, row: Omit<BlockRow, 'stored'>): void {
    const words = wordsOf(bytes);
    const pattern = this.#pattern;
    const text = pattern === null ? '' : bytes.toString('latin1', blockStart, to);
    const { needles, tracebacks } = this.#kernel.find(this.#literals);
    const canStart = this.#parser !== null && tracebacks.length > 0;
    const needleAfter = pattern === null ? cursorOf(needles) : (offset: number) => nextMatch(pattern, text, offset);
    const tracebackAfter = cursorOf(tracebacks);
    let nextNeedle = this.#parser === null ? -1 : needleAfter(from - blockStart);
    let nextStart = canStart ? tracebackAfter(from - blockStart) : -1;
    const line = this.#line;
    const records = this.#records;
    const { prefix } = line;
    const isRewritten = hasStates(bytes.subarray(from, to));
    const canBeQuiet = line.rules.own === null && this.#table === null && this.#guess === null && !isRewritten;
    const clock = this.#clock;
    clock[MIN] = Number.NaN;
    clock[MAX] = Number.NaN;
    for (let at = from; at < to; ) {
      if (canBeQuiet && (records === null || records.record === null) && line.traceback === 0) {
        let stop = to - blockStart;
        if (nextNeedle !== -1) stop = Math.min(stop, nextNeedle);
        if (nextStart !== -1) stop = Math.min(stop, nextStart);
        at = blockStart + this.#readQuiet(at - blockStart, stop, row);
        if (at >= to) break;
      }
      const end = findLineEnd(bytes, words, at, to);
      const shown = isRewritten ? lastStateAt(bytes, at, end) : at;
      const offset = end - blockStart;
      const hasNeedle = nextNeedle !== -1 && nextNeedle < offset;
      const hasStart = nextStart !== -1 && nextStart < offset;
      line.read(bytes, shown, end, hasStart);
      if (!Number.isNaN(prefix.timeUs)) widen(clock, MIN, prefix.timeUs, prefix.timeUs);
      if (line.pid !== this.#spans.pid) this.#changePid(line.pid);
      if (canBeQuiet && hasLikes(bytes, at, prefix, this.#likeness)) {
        this.#kernel.remember(at - blockStart, this.#likeness, prefix.level, prefix.level < 4);
      }
      this.#spans.addLine();
      this.#countLevel(row);
      if (this.#guess !== null) {
        this.#guess.line(bytes, at, end, this.#lines + 1);
        if (this.#guess.isDone) this.#guess = null;
      }
      if (this.#table !== null) this.#table.line(bytes, at, end, this.#lines + 1);
      else records?.take(line, bytes, shown, end, hasNeedle, this.#lines + 1);
      if (hasNeedle) nextNeedle = needleAfter(offset);
      if (hasStart) nextStart = tracebackAfter(offset);
      this.#lines++;
      row.lines++;
      at = end + 1;
    }
    row.minUs = known(clock[MIN]);
    row.maxUs = known(clock[MAX]);
    if (row.minUs !== null && !((clock[FIRST] as number) <= row.minUs)) clock[FIRST] = row.minUs;
    if (row.maxUs !== null && !((clock[LAST] as number) >= row.maxUs)) clock[LAST] = row.maxUs;
  }

  /**
   * Counts lines that need no parsing, from `from` up to at most `to` in the block. Returns where
   * the next line begins.
   */
  #readQuiet(from: number, to: number, row: Omit<BlockRow, 'stored'>): number {
    const warnings = row.levels[2];
    const quiet = this.#kernel.readQuiet(from, to, row.levels);
    if (quiet.lines === 0) return quiet.next;
    this.#warnings += row.levels[2] - warnings;
    const clock = this.#clock;
    clock[CARRY] = quiet.lastUs;
    this.#line.recordLevel = quiet.lastLevel;
    this.#line.nanos = 0;
    widen(clock, MIN, quiet.minUs, quiet.maxUs);
    this.#spans.addLines(quiet.lines, quiet.minUs, quiet.maxUs);
    this.#lines += quiet.lines;
    row.lines += quiet.lines;
    return quiet.next;
  }

  /** Counts the line read last by its level. */
  #countLevel(row: Omit<BlockRow, 'stored'>): void {
    const { level, ownLevel, role, isPrefixed } = this.#line;
    if (level > 0) row.levels[(level - 1) as 0 | 1 | 2 | 3 | 4]++;
    if (ownLevel === 3) this.#warnings++;
    else if (ownLevel >= 4 && (isPrefixed || role === 'first')) this.#errors++;
  }

  /** Starts the lines of another process. */
  #changePid(pid: number): void {
    this.#spans.change(pid);
    this.#kernel.forgetLines();
  }

  /** Finishes the part; call it after the last block. */
  end(encoding: string, failed: boolean): Omit<PartResult, 'check' | 'resume'> {
    this.#records?.close();
    this.#spans.end();
    this.#parser?.end?.(this.#sink, tailLines(this.#tail, this.#lines, known(this.#clock[CARRY])));
    const isWhole = this.#part.end >= this.#part.file.bytes;
    this.#table?.end(isWhole);
    this.#guess?.end(isWhole);
    return {
      fileId: this.#part.file.fileId,
      part: this.#part.part,
      lines: this.#lines,
      carryUs: known(this.#clock[CARRY]),
      carryPid: this.#pid(),
      firstUs: known(this.#clock[FIRST]),
      lastUs: known(this.#clock[LAST]),
      errors: this.#errors,
      warnings: this.#warnings,
      encoding,
      failed,
    };
  }

  #pid(): number | null {
    return this.#spans.pid === -1 ? null : this.#spans.pid;
  }

  /** Returns the pids that wrote the part, with their time ranges; call it after {@link end}. */
  pids(): Map<number, PidCount> {
    return this.#spans.counts;
  }
}

const literalSets = new Map<string, LiteralSet>();

/** Returns one set for all files with the same needles, which spares reloading the kernel. */
function literalSet(literals: readonly string[]): LiteralSet {
  const key = literals.join('\n');
  const set = literalSets.get(key) ?? new LiteralSet(literals);
  literalSets.set(key, set);
  return set;
}

/**
 * Returns a function that finds the first of ascending offsets at or after one; -1 if there is
 * none. It must be asked in ascending order.
 */
function cursorOf(offsets: Uint16Array): (offset: number) => number {
  let next = 0;
  return (offset) => {
    while (next < offsets.length && (offsets[next] as number) < offset) next++;
    return next < offsets.length ? (offsets[next] as number) : -1;
  };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
