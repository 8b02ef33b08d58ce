/**
 * A line scan returns the lines of a case that a filter lets through, one by one, in the calling
 * thread. SQL and exports use it, because they wait for each line anyway. It plans blocks and
 * accepts lines by the same rules as a search.
 */
import type { Filter } from '../../contract/filter.ts';
import { textEnd } from '../base/terminal.ts';
import { FormatBook, type OwnFormat } from '../formats/custom/format-book.ts';
import type { ReadableDb } from '../store/open.ts';
import { takeYearOf } from './default-year.ts';
import { createMatcher, type Matcher } from './match/matcher.ts';
import type { BlockRef } from './plan/block-ref.ts';
import { BlockTable } from './plan/block-table.ts';
import { Planner } from './plan/planner.ts';
import { planSearch, type SearchPlan } from './plan/search-plan.ts';
import { Vocabulary } from './plan/vocabulary.ts';
import type { Expr } from './query/query.ts';
import { FEW_BLOCKS } from './selection.ts';
import { BlockReader, type FileMeta } from './worker/block-reader.ts';
import { effectiveUs, rulesOf, shownBytes } from './worker/file-rules.ts';
import { type AcceptedLine, type LineAcceptor, lineAcceptor } from './worker/line-acceptor.ts';
import { carryOf, type FoundLines, lookAtLines, type WalkedLine, walkLines } from './worker/line-walker.ts';
import { type LineIdentity, LineResolver } from './worker/resolvers.ts';

const VOCABULARY_BYTES = 32 * 1024 * 1024;

/** What a scan has read so far. */
export interface ScanCost {
  /** Number of blocks in the files that can have wanted lines. */
  blocksTotal: number;
  /** Number of blocks read. */
  blocksRead: number;
  bytesRead: number;
  lines: number;
}

/** Which lines are wanted. */
export interface LineWish {
  filter: Filter;
  /** Combined with the filter's text by AND. */
  expr: Expr | null;
  /** Lines [from, to] of their files, from 1. */
  fromLine: number;
  toLine: number;
  /** One bit per level, none first. 1 means wanted. */
  levels: number;
  /** Only these files; null means all. */
  fileIds: Set<number> | null;
  /** Only these segments, by place; null means all. */
  segments: readonly number[] | null;
}

const FIRST_OF_RECORD = -2;

/** All levels. */
export const ALL_LEVELS = 0b111111;

/** A case as line scans read it. */
export class ScannedCase {
  readonly table = new BlockTable();
  readonly planner: Planner;
  readonly reader: BlockReader;
  readonly resolver: LineResolver;
  readonly formats: FormatBook;
  readonly vocabulary: Vocabulary;
  readonly db: ReadableDb;

  /** `folder` is the run's root if text is read in place, and null if the case has the text. */
  constructor(db: ReadableDb, folder: string | null, formats: readonly OwnFormat[]) {
    this.db = db;
    this.table.refresh(db);
    this.planner = new Planner(db, this.table);
    this.reader = new BlockReader(db, folder);
    this.resolver = new LineResolver(db);
    this.formats = new FormatBook(formats);
    this.vocabulary = new Vocabulary(db, VOCABULARY_BYTES);
    this.setYear();
  }

  /**
   * Sets the year of times without one to this case's year. Call it before reading lines if a
   * thread reads several cases.
   */
  setYear(): void {
    takeYearOf(this.db);
  }

  scan(wish: LineWish): LineScan {
    return new LineScan(this, wish);
  }

  close(): void {
    this.reader.close();
  }
}

/** Iterates over lines. After each call of {@link next}, the fields describe the line. */
export class LineScan {
  file: FileMeta | null = null;
  /** From 1. */
  line = 0;
  /**
   * Time on the filter's clock: the line's own or carried, or for lines before the first time of
   * the file that time. NaN if the file has none.
   */
  us = Number.NaN;
  ownTime = false;
  level = 0;
  /** Called before each block is read. If it throws, the scan ends. */
  onBlock: () => void = () => undefined;
  readonly cost: ScanCost;
  readonly #case: ScannedCase;
  readonly #wish: LineWish;
  readonly #plan: SearchPlan;
  readonly #matcher: Matcher | null;
  readonly #segments: readonly number[];
  #segment = 0;
  /** Remaining blocks of the segment, the next one last. */
  #blocks: BlockRef[] = [];
  #bytes: Buffer = Buffer.alloc(0);
  #room: Buffer | undefined;
  /** Lines of the block in columns. `#at` is the line that {@link next} returned last. */
  #count = 0;
  #at = -1;
  readonly #indexes: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #times: number[] = [];
  readonly #pids: number[] = [];
  readonly #marks: number[] = [];
  /**
   * Where in the block the line's record begins; -1 if before it; {@link FIRST_OF_RECORD} for the
   * first line of a record.
   */
  readonly #records: number[] = [];
  #fileLine = 0;
  /** The line that {@link next} looks at, to identify it. */
  readonly #place: AcceptedLine = {
    us: Number.NaN,
    pid: -1,
    level: 0,
    shown: 0,
    end: 0,
    isContinuation: false,
    recordStart: FIRST_OF_RECORD,
  };
  #accept: LineAcceptor | null;
  /** Microseconds to subtract from the block's times for the filter's clock. */
  #shift = 0;
  #identity: LineIdentity | null = null;

  constructor(scanned: ScannedCase, wish: LineWish) {
    this.#case = scanned;
    this.#wish = wish;
    this.#plan = planSearch(scanned.db, scanned.table, wish.filter, wish.fileIds, wish.expr);
    this.#accept = lineAcceptor(this.#plan.lineFilter, scanned.resolver, 0);
    const { expr } = this.#plan.parsed;
    this.#matcher = expr.type === 'all' ? null : createMatcher(expr);
    this.#segments = wish.segments ?? [...scanned.table.segments.keys()];
    this.cost = {
      blocksTotal: scanned.planner.countBlocks(this.#plan, scanned.table.segments.length),
      blocksRead: 0,
      bytesRead: 0,
      lines: 0,
    };
  }

  /**
   * Advances to the next line. Returns false after the last one. Throws `file_changed`,
   * `file_gone`.
   */
  next(): boolean {
    for (;;) {
      while (++this.#at < this.#count) {
        if (!this.#take(this.#at)) continue;
        this.cost.lines++;
        return true;
      }
      if (!this.#readBlock()) return false;
    }
  }

  /** The line's bytes, valid until the next call of {@link next}. */
  get bytes(): Buffer {
    return this.#bytes.subarray(this.#starts[this.#at] as number, this.#ends[this.#at] as number);
  }

  get identity(): LineIdentity {
    this.#identity ??= this.#case.resolver.identify(this.file as FileMeta, this.#place, this.#bytes);
    return this.#identity;
  }

  #take(at: number): boolean {
    const line = this.#fileLine + (this.#indexes[at] as number) + 1;
    const { fromLine, toLine, levels } = this.#wish;
    if (line < fromLine || line > toLine) return false;
    const mark = this.#marks[at] as number;
    const level = mark >> 1;
    if ((levels & (1 << level)) === 0) return false;
    const file = this.file as FileMeta;
    const place = this.#place;
    place.us = this.#times[at] as number;
    place.pid = this.#pids[at] as number;
    place.level = level;
    place.shown = this.#starts[at] as number;
    place.end = this.#ends[at] as number;
    place.recordStart = this.#records[at] as number;
    place.isContinuation = place.recordStart !== FIRST_OF_RECORD;
    if (this.#accept !== null && !this.#accept(file, place, this.#bytes)) return false;
    this.line = line;
    this.us = effectiveUs(file, place.us) - this.#shift;
    this.ownTime = (mark & 1) === 1;
    this.level = level;
    this.#identity = null;
    return true;
  }

  #readBlock(): boolean {
    const block = this.#nextBlock();
    if (block === null) return false;
    this.onBlock();
    const scanned = this.#case;
    const file = scanned.reader.file(block.fileId);
    this.file = file;
    this.#fileLine = block.fileLine;
    const read = scanned.reader.read(block, this.#room);
    // Reuse the memory for the next block if it fits.
    if (read.length > (this.#room?.length ?? 0)) this.#room = read;
    this.#bytes = shownBytes(file, read);
    const shift = scanned.table.shiftOf(block.blockId, this.#plan.clock);
    if (shift !== this.#shift) this.#accept = lineAcceptor(this.#plan.lineFilter, scanned.resolver, shift);
    this.#shift = shift;
    this.cost.blocksRead += block.span;
    this.cost.bytesRead += block.bytes;
    this.#count = 0;
    this.#at = -1;
    const keep = (line: WalkedLine, index: number) => {
      const at = this.#count++;
      this.#indexes[at] = index;
      this.#starts[at] = line.shown;
      this.#ends[at] = textEnd(this.#bytes, line.shown, line.end);
      this.#records[at] = line.isContinuation ? line.recordStart : FIRST_OF_RECORD;
      this.#times[at] = line.us;
      this.#pids[at] = line.pid;
      this.#marks[at] = line.level * 2 + (line.ownTime ? 1 : 0);
    };
    const rules = rulesOf(scanned.formats, file);
    const carry = carryOf(block);
    if (this.#matcher === null) walkLines(this.#bytes, carry, null, keep, rules);
    else {
      const found = findLines(this.#matcher, this.#bytes);
      if (found.starts.length > 0) lookAtLines(this.#bytes, carry, found, keep, rules);
    }
    return true;
  }

  #nextBlock(): BlockRef | null {
    while (this.#blocks.length === 0) {
      const segment = this.#segments[this.#segment++];
      if (segment === undefined) return null;
      this.#blocks = this.#blocksOf(segment).reverse();
    }
    return this.#blocks.pop() ?? null;
  }

  #blocksOf(segment: number): BlockRef[] {
    const { planner, table, vocabulary } = this.#case;
    let chains = planner.select(this.#plan, segment, null);
    const { parts } = this.#plan;
    if (parts.length > 0 && chains.length > FEW_BLOCKS) {
      const keys = vocabulary.keysOf(table.segments[segment]?.segmentId ?? -1, parts);
      chains = planner.select(this.#plan, segment, keys);
    }
    const { fromLine, toLine, levels } = this.#wish;
    return chains
      .filter(([id, span]) => levels === ALL_LEVELS || hasLevel(table, id, span, levels))
      .map(([id, span]) => planner.ref(id, span))
      .filter((block) => {
        const last = block.blockId + block.span - 1;
        const end = table.fileLine(last) + (table.lines[last] as number);
        return block.fileLine < toLine && end >= fromLine;
      });
  }
}

function hasLevel(table: BlockTable, id: number, span: number, levels: number): boolean {
  for (let level = 0; level < 6; level++) {
    if ((levels & (1 << level)) === 0) continue;
    const counts = table.levels[level] as Int32Array;
    for (let k = id; k < id + span; k++) if ((counts[k] as number) > 0) return true;
  }
  return false;
}

function findLines(matcher: Matcher, bytes: Buffer): FoundLines {
  const found: FoundLines = { starts: [], ends: [], indexes: [] };
  matcher.findLines(bytes, 0, bytes.length, (start, end, index) => {
    found.starts.push(start);
    found.ends.push(end);
    found.indexes.push(index);
    return undefined;
  });
  return found;
}
