/** The task events of a run in columns, at about 50 bytes per event, read in chunks. */
import { at, float64, type Growing, int32, uint8 } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectCells } from '../store/select.ts';
import {
  countFigures,
  HAS_ERROR,
  HAS_FIGURE,
  HAS_INPUTS,
  MAX_ITEMS,
  readTaskColumns,
  type TaskColumns,
} from '../store/task-columns.ts';

const SOURCE_SQL = `CASE source WHEN 'task_table' THEN 0 WHEN 'master_log' THEN 1 WHEN 'worker_log' THEN 2 WHEN 'report' THEN 3 ELSE 4 END`;
const TYPE_SQL = `CASE type WHEN 'picked' THEN 0 WHEN 'processed' THEN 1 WHEN 'failed' THEN 2 WHEN 'timed_out' THEN 3
  WHEN 'aborted' THEN 4 WHEN 'poisoned' THEN 5 ELSE 6 END`;
const CHUNK = 20_000;

/**
 * A row with small numbers packed, because each value from SQLite costs more than the arithmetic.
 * `flags` = type + 8 source + 64 dequeue + 16384 (with inputs) + 32768 (with an error text) + 65536
 * id. `place` = file * 2^32 + line. A numeric id comes as a number. `items` = (total + 1) + 2^25
 * (succeeded + 1), or null if neither is given.
 */
type Row = [
  flags: number,
  place: number,
  miniBatchId: string | number,
  node: string | null,
  pid: number | null,
  process: string | null,
  atUs: number | null,
  startUs: number | null,
  items: number | null,
  duration: number | null,
  processSeconds: number | null,
  runMethodSeconds: number | null,
  failed: number | null,
];

const items = (column: string) => `min(coalesce(${column}, -1), ${MAX_ITEMS}) + 1`;
const ROWS_SQL = `SELECT ${TYPE_SQL} + 8 * ${SOURCE_SQL} + 64 * min(coalesce(dequeue_count, 0), 255)
    + CASE WHEN inputs IS NULL THEN 0 ELSE 16384 END + CASE WHEN error IS NULL THEN 0 ELSE 32768 END + 65536 * id,
  (file_id << 32) + line,
  CASE WHEN length(mini_batch_id) < 16 AND CAST(CAST(mini_batch_id AS INTEGER) AS TEXT) = mini_batch_id
    THEN CAST(mini_batch_id AS INTEGER) ELSE mini_batch_id END, node, pid, process, at_us, start_us,
  CASE WHEN total IS NOT NULL OR succeeded IS NOT NULL THEN ${items('total')} + 33554432 * (${items('succeeded')}) END,
  duration_seconds, process_seconds, run_method_seconds, CASE WHEN total IS NULL OR succeeded IS NULL THEN failed END
  FROM task_event WHERE id > ? AND id <= ? ORDER BY id`;

/**
 * Columns of events. Unknown is NaN in floats and -1 in integers. `figure` points into the figure
 * columns; -1 if none.
 */
export class TaskEvents {
  readonly batch: Growing<Int32Array>;
  readonly type: Growing<Uint8Array>;
  readonly source: Growing<Uint8Array>;
  /**
   * An index into {@link names} as read; `resolveEvents` replaces it with a code of `Identities`.
   */
  readonly node: Growing<Int32Array>;
  readonly pid: Growing<Int32Array>;
  /** Index into {@link processes}. */
  readonly process: Growing<Int32Array>;
  readonly dequeue: Growing<Uint8Array>;
  readonly atUs: Growing<Float64Array>;
  readonly startUs: Growing<Float64Array>;
  readonly fileId: Growing<Int32Array>;
  readonly line: Growing<Int32Array>;
  readonly figure: Growing<Int32Array>;
  /** `task_event.id`, negative if the event has an error text. */
  readonly row: Growing<Int32Array>;
  readonly duration: Growing<Float64Array>;
  readonly processSeconds: Growing<Float64Array>;
  readonly runSeconds: Growing<Float64Array>;
  readonly total: Growing<Int32Array>;
  readonly succeeded: Growing<Int32Array>;
  readonly failed: Growing<Int32Array>;
  /** Ids of mini-batches by code, in the order first read. */
  readonly ids: string[] = [];
  /** Names of nodes as written in the events. */
  readonly names: string[] = [];
  readonly processes: string[] = [];
  /** True if any event names the inputs of its mini-batch. */
  hasInputs = false;

  /** `capacity` and `figures` are the expected numbers, so that columns seldom have to grow. */
  constructor(capacity: number, figures = 1) {
    this.batch = int32(capacity);
    this.type = uint8(capacity);
    this.source = uint8(capacity);
    this.node = int32(capacity);
    this.pid = int32(capacity);
    this.process = int32(capacity);
    this.dequeue = uint8(capacity);
    this.atUs = float64(capacity);
    this.startUs = float64(capacity);
    this.fileId = int32(capacity);
    this.line = int32(capacity);
    this.figure = int32(capacity);
    this.row = int32(capacity);
    this.duration = float64(figures);
    this.processSeconds = float64(figures);
    this.runSeconds = float64(figures);
    this.total = int32(figures);
    this.succeeded = int32(figures);
    this.failed = int32(figures);
  }

  get length(): number {
    return this.batch.length;
  }

  /**
   * Returns the events of each mini-batch, `order[offsets[code] .. offsets[code + 1]]`, in the
   * order read.
   */
  group(): { order: Int32Array; offsets: Int32Array } {
    const offsets = new Int32Array(this.ids.length + 1);
    const batch = this.batch.view();
    for (let i = 0; i < batch.length; i++) {
      const code = at(batch, i) + 1;
      offsets[code] = at(offsets, code) + 1;
    }
    for (let i = 1; i < offsets.length; i++) offsets[i] = at(offsets, i) + at(offsets, i - 1);
    const next = offsets.slice();
    const order = new Int32Array(batch.length);
    for (let i = 0; i < batch.length; i++) {
      const code = at(batch, i);
      const place = at(next, code);
      order[place] = i;
      next[code] = place + 1;
    }
    return { order, offsets };
  }
}

/** Codes of mini-batches. Ids that count from 0 use an array, all others a map. */
class BatchCodes {
  readonly #dense: Int32Array;
  readonly #others = new Map<string, number>();
  readonly #ids: string[];

  constructor(ids: string[], capacity: number) {
    this.#ids = ids;
    this.#dense = new Int32Array(capacity);
  }

  of(id: string | number): number {
    const isDense = typeof id === 'number' && id >= 0 && id < this.#dense.length;
    const code = isDense ? at(this.#dense, id) - 1 : (this.#others.get(String(id)) ?? -1);
    if (code >= 0) return code;
    const fresh = this.#ids.push(String(id)) - 1;
    if (isDense) this.#dense[id] = fresh + 1;
    else this.#others.set(String(id), fresh);
    return fresh;
  }
}

/** Numbers texts in order of appearance. */
class Numbering {
  readonly #codes = new Map<string, number>();
  readonly #texts: string[];

  constructor(texts: string[]) {
    this.#texts = texts;
  }

  of(text: string | null): number {
    if (text === null) return -1;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.#texts.push(text) - 1;
    this.#codes.set(text, code);
    return code;
  }
}

/** Reads all task events as written. */
export function readTaskEvents(db: ReadableDb): TaskEvents {
  const end = only(selectCells(db, 'SELECT max(id) FROM task_event', 'number?')) ?? 0;
  const reader = new EventReader(db, end);
  let next = 1;
  for (const { firstId, columns } of readTaskColumns(db)) {
    reader.readRows(next, firstId);
    reader.add(columns, firstId);
    next = firstId + columns.type.length;
  }
  reader.readRows(next, end + 1);
  return reader.events;
}

/** Appends events to columns, from stored columns or row by row. */
class EventReader {
  readonly events: TaskEvents;
  readonly #codes: BatchCodes;
  readonly #names: Numbering;
  readonly #processes: Numbering;
  readonly #select: { all(from: number, to: number): Row[] };

  constructor(db: ReadableDb, end: number) {
    this.events = new TaskEvents(Math.max(1, end), Math.max(1, countFigures(db)));
    this.#codes = new BatchCodes(this.events.ids, end);
    this.#names = new Numbering(this.events.names);
    this.#processes = new Numbering(this.events.processes);
    this.#select = db.prepare<[number, number], Row>(ROWS_SQL).raw();
  }

  /** Appends columns of events whose ids begin with `firstId`. */
  add(columns: TaskColumns, firstId: number): void {
    const { events } = this;
    const { figures, texts } = columns;
    const before = events.length;
    const count = columns.type.length;
    for (const name of ['atUs', 'startUs'] as const) events[name].append(columns[name]);
    for (const name of ['fileId', 'line', 'pid'] as const) events[name].append(columns[name]);
    for (const name of ['type', 'source', 'dequeue'] as const) events[name].append(columns[name]);
    this.#number(events.node.extend(count), before, columns.node, texts, this.#names);
    this.#number(events.process.extend(count), before, columns.process, texts, this.#processes);
    const batch = events.batch.extend(count);
    const row = events.row.extend(count);
    const figure = events.figure.extend(count);
    let nextFigure = events.duration.length;
    for (let i = 0; i < count; i++) {
      const id = at(columns.batch, i);
      batch[before + i] = this.#codes.of(id >= 0 ? id : (texts[-2 - id] ?? ''));
      const flags = at(columns.flags, i);
      row[before + i] = (flags & HAS_ERROR) === 0 ? firstId + i : -(firstId + i);
      figure[before + i] = (flags & HAS_FIGURE) === 0 ? -1 : nextFigure++;
      if ((flags & HAS_INPUTS) !== 0) events.hasInputs = true;
    }
    for (const name of ['duration', 'processSeconds', 'runSeconds'] as const) events[name].append(figures[name]);
    for (const name of ['total', 'succeeded', 'failed'] as const) events[name].append(figures[name]);
  }

  /** Replaces indexes of texts with codes of names. */
  #number(codes: Int32Array, first: number, from: Int32Array, texts: readonly string[], names: Numbering): void {
    const known = new Int32Array(texts.length).fill(-1);
    for (let i = 0; i < from.length; i++) {
      const text = at(from, i);
      if (text >= 0 && at(known, text) < 0) known[text] = names.of(texts[text] ?? '');
      codes[first + i] = text < 0 ? -1 : at(known, text);
    }
  }

  /** Appends the rows with ids in `[first, end)`. */
  readRows(first: number, end: number): void {
    for (let from = first; from < end; from += CHUNK) {
      for (const row of this.#select.all(from - 1, Math.min(from + CHUNK, end) - 1)) this.#push(row);
    }
  }

  #push(row: Row): void {
    const { events } = this;
    const flags = row[0];
    events.batch.push(this.#codes.of(row[2]));
    events.type.push(flags & 7);
    events.source.push((flags >> 3) & 7);
    events.dequeue.push((flags >> 6) & 255);
    if ((flags & 16_384) !== 0) events.hasInputs = true;
    const eventId = Math.floor(flags / 65_536);
    events.row.push((flags & 32_768) !== 0 ? -eventId : eventId);
    events.node.push(this.#names.of(row[3]));
    events.pid.push(row[4] ?? -1);
    events.process.push(this.#processes.of(row[5]));
    events.atUs.push(row[6] ?? Number.NaN);
    events.startUs.push(row[7] ?? Number.NaN);
    events.fileId.push(Math.floor(row[1] / 4_294_967_296));
    events.line.push(row[1] % 4_294_967_296);
    if (row[9] === null && row[8] === null && row[12] === null) {
      events.figure.push(-1);
      return;
    }
    events.figure.push(events.duration.length);
    events.duration.push(row[9] ?? Number.NaN);
    events.processSeconds.push(row[10] ?? Number.NaN);
    events.runSeconds.push(row[11] ?? Number.NaN);
    const total = row[8] === null ? -1 : (row[8] % 33_554_432) - 1;
    const succeeded = row[8] === null ? -1 : Math.floor(row[8] / 33_554_432) - 1;
    events.total.push(total);
    events.succeeded.push(succeeded);
    events.failed.push(row[12] ?? (total >= 0 && succeeded >= 0 ? total - succeeded : -1));
  }
}
