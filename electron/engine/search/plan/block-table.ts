/**
 * The block table holds what planning needs from every block of a case in typed arrays: place,
 * times, levels.
 */
import type { ClockChoice } from '../../../contract/filter.ts';
import { compareNatural } from '../../base/natural-order.ts';
import { nodeShifts } from '../../store/clock-shifts.ts';
import type { ReadableDb } from '../../store/open.ts';
import { namesOf, type RowOf, selectCells, selectRows } from '../../store/select.ts';
import { removals } from '../../store/take-out.ts';
import { BlockOrders, timeKey } from './block-orders.ts';

/** A file as search knows it. */
export interface SearchFile {
  fileId: number;
  path: string;
  kind: string;
  node: string | null;
  process: string | null;
  pid: number | null;
  bytes: number;
  modifiedUs: number | null;
  encoding: string;
  lines: number | null;
  /** First time of its lines; NaN if they have none or are not fully indexed. */
  firstUs: number;
  /**
   * First 0-based line of each part, and the time and pid carried into it. Set when the file is
   * indexed.
   */
  parts: readonly { firstLine: number; carryUs: number; carryPid: number }[];
  /** Microseconds to subtract from its times for the master's clock. */
  shiftUs: number;
  /** Place of the file in path order. */
  order: number;
}

const fileColumns = {
  id: 'number',
  path: 'text',
  kind: 'text',
  node: 'text?',
  process: 'text?',
  pid: 'number?',
  bytes: 'number',
  modified_us: 'number?',
  encoding: 'text',
  lines: 'number?',
  first_us: 'number?',
} as const;
type FileColumns = RowOf<typeof fileColumns>;

const blockColumns = {
  id: 'number',
  file_id: 'number',
  part: 'number',
  line: 'number',
  lines: 'number',
  start: 'number',
  bytes: 'number',
  min_us: 'number?',
  max_us: 'number?',
  carry_us: 'number?',
  carry_pid: 'number?',
  carry_nanos: 'number',
  carry_level: 'number',
  traceback: 'number',
  continues: 'number',
  stored: 'number',
  debug: 'number',
  info: 'number',
  warning: 'number',
  error: 'number',
  critical: 'number',
} as const;
type BlockColumns = RowOf<typeof blockColumns>;

const GROWTH = 1.5;

/**
 * The blocks of a case in columns by id (1, 2, …; ids of removed blocks stay unused). The planner
 * narrows by them before any text is read. About 80 bytes per block of 32 KB. {@link refresh}
 * extends it while indexing continues.
 */
export class BlockTable {
  readonly files = new Map<number, SearchFile>();
  segments: { segmentId: number; firstBlock: number; blocks: number; longBlocks: Uint32Array }[] = [];
  /** One more than the greatest known id. */
  end = 1;
  fileId = new Int32Array(1024);
  part = new Int32Array(1024);
  line = new Int32Array(1024);
  lines = new Int32Array(1024);
  start = new Float64Array(1024);
  bytes = new Int32Array(1024);
  /**
   * Effective times of the block's lines: own times and the time carried in. NaN if there are none.
   */
  minUs = new Float64Array(1024);
  maxUs = new Float64Array(1024);
  carryUs = new Float64Array(1024);
  carryPid = new Int32Array(1024);
  carryNanos = new Uint16Array(1024);
  carryLevel = new Int8Array(1024);
  traceback = new Int32Array(1024);
  continues = new Uint8Array(1024);
  /** 1 if the case stores its text. */
  stored = new Uint8Array(1024);
  /** Lines by level: none, debug, info, warning, error, critical. */
  levels: Int32Array[] = Array.from({ length: 6 }, () => new Int32Array(1024));

  /** Increases whenever blocks are added or removed. */
  version = 0;
  /** Increases whenever blocks are removed. */
  removals = 0;
  #lastSegment = 0;
  readonly #segmentStarts = new Set<number>();
  #orders: Partial<Record<ClockChoice, BlockOrders>> = {};
  /** Blocks before the first time of files whose first time is not known yet. */
  #untimed: number[] = [];
  readonly #names = new Map<string, string>();

  /** Adds what was written since the last call, and removes what is gone. */
  refresh(db: ReadableDb): void {
    this.#orders = {};
    this.version++;
    // Use one snapshot, so that a segment appears with all its blocks or not at all.
    db.transaction(() => {
      const removed = removals(db);
      if (removed !== this.removals) this.#leaveOut(db);
      this.removals = removed;
      const segments = selectRows(
        db,
        'SELECT id, first_block, blocks, long_blocks FROM segment WHERE id > ? ORDER BY id',
        { id: 'number', first_block: 'number', blocks: 'number', long_blocks: 'bytes?' },
      ).all(this.#lastSegment);
      this.#readFiles(db);
      this.#timeHeaders();
      const blocks = selectRows(
        db,
        `SELECT ${namesOf(blockColumns)} FROM block WHERE id >= ? AND id < ?`,
        blockColumns,
      );
      for (const segment of segments) {
        this.#lastSegment = segment.id;
        this.#segmentStarts.add(segment.first_block);
        const long = segment.long_blocks;
        this.segments.push({
          segmentId: segment.id,
          firstBlock: segment.first_block,
          blocks: segment.blocks,
          longBlocks: long === null ? new Uint32Array(0) : new Uint32Array(new Uint8Array(long).buffer),
        });
        const end = segment.first_block + segment.blocks;
        this.#reserve(end);
        for (const row of blocks.iterate(segment.first_block, end)) this.#put(row);
        this.end = Math.max(this.end, end);
      }
    })();
  }

  orders(clock: ClockChoice): BlockOrders {
    const made = this.#orders[clock] ?? new BlockOrders(this, (id) => this.shiftOf(id, clock));
    this.#orders[clock] = made;
    return made;
  }

  /** Returns the microseconds to subtract from a block's times for a clock. */
  shiftOf(id: number, clock: ClockChoice): number {
    return clock === 'written' ? 0 : (this.files.get(this.fileId[id] as number)?.shiftUs ?? 0);
  }

  /** Returns the least key in time order of the blocks of the `segmentIndex`-th segment. */
  timeKeyOf(segmentIndex: number, clock: ClockChoice): number {
    const { firstBlock, blocks } = this.segments[segmentIndex] ?? { firstBlock: 0, blocks: 0 };
    let least = Number.MAX_SAFE_INTEGER;
    for (let id = firstBlock; id < firstBlock + blocks; id++)
      least = Math.min(least, timeKey((this.minUs[id] as number) - this.shiftOf(id, clock)));
    return least;
  }

  /** Gives blocks before the first time of their file that time, once it is known. */
  #timeHeaders(): void {
    this.#untimed = this.#untimed.filter((id) => {
      const firstUs = this.files.get(this.fileId[id] as number)?.firstUs ?? Number.NaN;
      this.minUs[id] = firstUs;
      this.maxUs[id] = firstUs;
      return Number.isNaN(firstUs);
    });
  }

  /** Clears removed blocks. They have no file; segments keep their places, without blocks. */
  #leaveOut(db: ReadableDb): void {
    let next = 1;
    const clear = (to: number) => {
      this.fileId.fill(0, next, to);
      this.continues.fill(0, next, to);
    };
    for (const id of selectCells(db, 'SELECT id FROM block WHERE id < ? ORDER BY id', 'number').iterate(this.end)) {
      clear(id);
      next = id + 1;
    }
    clear(this.end);
    const segments = new Set(selectCells(db, 'SELECT id FROM segment', 'number').all());
    for (const segment of this.segments) if (!segments.has(segment.segmentId)) segment.blocks = 0;
  }

  /**
   * Returns true if the block continues a line of the block before it, in the same segment. Lines
   * are not searched across segments.
   */
  goesOnFromBefore(id: number): boolean {
    return this.continues[id] === 1 && !this.#segmentStarts.has(id);
  }

  /** Returns true if the block still exists in that file. */
  has(id: number, fileId: number): boolean {
    return this.fileId[id] === fileId;
  }

  /**
   * Keeps unchanged files: a case can have a million, and is read repeatedly while it is indexed.
   */
  #readFiles(db: ReadableDb): void {
    const divided = dividedFiles(db);
    const shifts = nodeShifts(db);
    let count = 0;
    let isOrdered = true;
    const rows = selectRows(
      db,
      'SELECT id, path, kind, node, process, pid, bytes, modified_us, encoding, lines, first_us FROM file',
      fileColumns,
    ).iterate();
    for (const row of rows) {
      count++;
      const known = this.files.get(row.id);
      const shiftUs = row.node === null ? 0 : (shifts.get(row.node) ?? 0);
      const parts = divided.get(row.id) ?? UNDIVIDED;
      if (known !== undefined && isSame(known, row, shiftUs, parts)) continue;
      isOrdered &&= known?.path === row.path;
      this.files.set(row.id, this.#fileOf(row, shiftUs, parts, known?.order ?? 0));
    }
    if (count === this.files.size && isOrdered) return;
    const ids = new Set(selectCells(db, 'SELECT id FROM file', 'number').all());
    const files = [...this.files.values()].filter(({ fileId }) => ids.has(fileId));
    files.sort((a, b) => compareNatural(a.path, b.path));
    this.files.clear();
    files.forEach((file, order) => {
      this.files.set(file.fileId, file.order === order ? file : { ...file, order });
    });
  }

  #fileOf(row: FileColumns, shiftUs: number, parts: SearchFile['parts'], order: number): SearchFile {
    return {
      fileId: row.id,
      path: row.path,
      kind: this.#shared(row.kind),
      node: row.node === null ? null : this.#shared(row.node),
      process: row.process === null ? null : this.#shared(row.process),
      pid: row.pid,
      bytes: row.bytes,
      modifiedUs: row.modified_us,
      encoding: this.#shared(row.encoding),
      lines: row.lines,
      firstUs: firstUsOf(row),
      parts,
      shiftUs,
      order,
    };
  }

  /** Returns one shared copy of a name that many files have. */
  #shared(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    this.#names.set(name, name);
    return name;
  }

  #reserve(end: number): void {
    if (end <= this.fileId.length) return;
    const size = Math.ceil(end * GROWTH);
    const grow = <T extends Int32Array | Float64Array | Uint8Array | Int8Array | Uint16Array>(old: T, next: T): T => {
      next.set(old);
      return next;
    };
    this.fileId = grow(this.fileId, new Int32Array(size));
    this.part = grow(this.part, new Int32Array(size));
    this.line = grow(this.line, new Int32Array(size));
    this.lines = grow(this.lines, new Int32Array(size));
    this.start = grow(this.start, new Float64Array(size));
    this.bytes = grow(this.bytes, new Int32Array(size));
    this.minUs = grow(this.minUs, new Float64Array(size));
    this.maxUs = grow(this.maxUs, new Float64Array(size));
    this.carryUs = grow(this.carryUs, new Float64Array(size));
    this.carryPid = grow(this.carryPid, new Int32Array(size));
    this.carryNanos = grow(this.carryNanos, new Uint16Array(size));
    this.carryLevel = grow(this.carryLevel, new Int8Array(size));
    this.traceback = grow(this.traceback, new Int32Array(size));
    this.continues = grow(this.continues, new Uint8Array(size));
    this.stored = grow(this.stored, new Uint8Array(size));
    this.levels = this.levels.map((column) => grow(column, new Int32Array(size)));
  }

  #put(row: BlockColumns): void {
    const id = row.id;
    const part = this.files.get(row.file_id)?.parts[row.part];
    const carryUs = row.carry_us ?? part?.carryUs ?? Number.NaN;
    this.fileId[id] = row.file_id;
    this.part[id] = row.part;
    this.line[id] = row.line;
    this.lines[id] = row.lines;
    this.start[id] = row.start;
    this.bytes[id] = row.bytes;
    const from = Number.isNaN(carryUs) ? (this.files.get(row.file_id)?.firstUs ?? Number.NaN) : carryUs;
    if (Number.isNaN(from) && row.min_us === null) this.#untimed.push(id);
    this.minUs[id] = least(row.min_us, from);
    this.maxUs[id] = greatest(row.max_us, from);
    this.carryUs[id] = carryUs;
    this.carryPid[id] = row.carry_pid ?? part?.carryPid ?? -1;
    this.carryNanos[id] = row.carry_nanos;
    this.carryLevel[id] = row.carry_level;
    this.traceback[id] = row.traceback;
    this.continues[id] = row.continues;
    this.stored[id] = row.stored;
    const counts = [row.debug, row.info, row.warning, row.error, row.critical];
    let rest = row.lines;
    counts.forEach((count, k) => {
      (this.levels[k + 1] as Int32Array)[id] = count;
      rest -= count;
    });
    (this.levels[0] as Int32Array)[id] = rest;
  }

  /** Returns the first line of a block within its file, 0-based. */
  fileLine(id: number): number {
    const file = this.files.get(this.fileId[id] as number);
    return (file?.parts[this.part[id] as number]?.firstLine ?? 0) + (this.line[id] as number);
  }
}

/** The only part of an undivided file. Nothing is carried into it. */
const UNDIVIDED: SearchFile['parts'] = [{ firstLine: 0, carryUs: Number.NaN, carryPid: -1 }];

/** Reads the parts of files that have several. */
function dividedFiles(db: ReadableDb): Map<number, SearchFile['parts']> {
  const rows = selectRows(
    db,
    `SELECT file_id, first_line, carry_us, carry_pid FROM part
       WHERE file_id IN (SELECT file_id FROM part WHERE part > 0) ORDER BY file_id, part`,
    { file_id: 'number', first_line: 'number?', carry_us: 'number?', carry_pid: 'number?' },
  ).iterate();
  const files = new Map<number, { firstLine: number; carryUs: number; carryPid: number }[]>();
  let carryUs = Number.NaN;
  let carryPid = -1;
  for (const row of rows) {
    const parts = files.get(row.file_id);
    const part = { firstLine: row.first_line ?? 0, carryUs, carryPid };
    if (parts === undefined) files.set(row.file_id, [{ ...part, carryUs: Number.NaN, carryPid: -1 }]);
    else parts.push(part);
    carryUs = row.carry_us ?? (parts === undefined ? Number.NaN : carryUs);
    carryPid = row.carry_pid ?? (parts === undefined ? -1 : carryPid);
  }
  return files;
}

function firstUsOf(row: FileColumns): number {
  return row.lines === null ? Number.NaN : (row.first_us ?? Number.NaN);
}

function isSame(file: SearchFile, row: FileColumns, shiftUs: number, parts: SearchFile['parts']): boolean {
  return (
    file.parts === parts &&
    file.lines === row.lines &&
    file.path === row.path &&
    file.node === row.node &&
    file.pid === row.pid &&
    file.bytes === row.bytes &&
    file.modifiedUs === row.modified_us &&
    file.encoding === row.encoding &&
    file.kind === row.kind &&
    file.process === row.process &&
    Object.is(file.firstUs, firstUsOf(row)) &&
    file.shiftUs === shiftUs
  );
}

function least(own: number | null, carry: number): number {
  if (own === null) return carry;
  return Number.isNaN(carry) ? own : Math.min(own, carry);
}

function greatest(own: number | null, carry: number): number {
  if (own === null) return carry;
  return Number.isNaN(carry) ? own : Math.max(own, carry);
}
