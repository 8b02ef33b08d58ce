/**
 * Stores task events a second time, in columns that hold only what deriving needs: about ten
 * thousand events per row of `task_columns`. Reading 3.2 million events takes 7 s from their own
 * table and a few tenths of a second from here.
 *
 * A row is written together with the rows of `task_event` that it repeats, and deleted before any
 * of them. Readers take events that no row repeats from `task_event` itself.
 */
import { compress, decompress } from '../base/codec.ts';
import type { TaskEvent } from '../formats/types.ts';
import type { ReadableDb, WritableDb } from './open.ts';
import type { Found, PackedTasks } from './rows.ts';
import { only, selectCells, selectRows } from './select.ts';

/** Sources, the most trusted figures first: a lower code is more precise. */
export const SOURCE = { task_table: 0, master_log: 1, worker_log: 2, report: 3, error_log: 4 } as const;
/** Codes of the types of task events; everything from `processed` to `aborted` ends an attempt. */
export const TYPE = { picked: 0, processed: 1, failed: 2, timed_out: 3, aborted: 4, poisoned: 5, sent: 6 } as const;

/** Larger numbers of items in a mini-batch are clamped to this. */
export const MAX_ITEMS = 33_554_430;
/** Bits of `flags`: the event has figures, an error text, inputs. */
export const HAS_FIGURE = 1;
export const HAS_ERROR = 2;
export const HAS_INPUTS = 4;

/**
 * Events in columns. An unknown value is NaN in floats and -1 in integers. `node` and `process` are
 * indexes into `texts`; `batch` is a numeric id, or `-2 - index` into `texts`.
 */
export interface TaskColumns {
  atUs: Float64Array;
  startUs: Float64Array;
  fileId: Int32Array;
  line: Int32Array;
  pid: Int32Array;
  node: Int32Array;
  process: Int32Array;
  batch: Int32Array;
  type: Uint8Array;
  source: Uint8Array;
  dequeue: Uint8Array;
  flags: Uint8Array;
  /** Figures of only those events that have any. */
  figures: {
    duration: Float64Array;
    processSeconds: Float64Array;
    runSeconds: Float64Array;
    total: Int32Array;
    succeeded: Int32Array;
    failed: Int32Array;
  };
  texts: string[];
}

const HEAD_BYTES = 16;

/**
 * Creates columns over the bytes of a row, the widest numbers first to keep all of them aligned.
 */
function viewOf(
  { buffer, byteOffset }: Uint8Array,
  count: number,
  figures: number,
): Omit<TaskColumns, 'texts'> & { end: number } {
  let end = byteOffset + HEAD_BYTES;
  const take = (bytes: number) => {
    end += bytes;
    return end - bytes;
  };
  const floats = (length: number) => new Float64Array(buffer, take(8 * length), length);
  const whole = (length: number) => new Int32Array(buffer, take(4 * length), length);
  const small = (length: number) => new Uint8Array(buffer, take(length), length);
  const [atUs, startUs] = [floats(count), floats(count)];
  const [duration, processSeconds, runSeconds] = [floats(figures), floats(figures), floats(figures)];
  const [total, succeeded, failed] = [whole(figures), whole(figures), whole(figures)];
  const [fileId, line, pid, node] = [whole(count), whole(count), whole(count), whole(count)];
  const [process, batch] = [whole(count), whole(count)];
  const [type, source, dequeue, flags] = [small(count), small(count), small(count), small(count)];
  const columns = { atUs, startUs, fileId, line, pid, node, process, batch, type, source, dequeue, flags };
  const allFigures = { duration, processSeconds, runSeconds, total, succeeded, failed };
  return { ...columns, figures: allFigures, end: end - byteOffset };
}

const BYTES_OF_EVENT = 2 * 8 + 6 * 4 + 4;
const BYTES_OF_FIGURE = 3 * 8 + 3 * 4;

/** Decides whether a value is known; SQLite stores a NaN as NULL. */
const isGiven = (value: number | null): value is number => value !== null && !Number.isNaN(value);
const wholeOr = (value: number | null, unknown: number): number => (isGiven(value) ? value : unknown);
/** The number without the sign of a zero, which SQLite drops; NaN if there is none. */
const floatOf = (value: number | null): number => (value ?? Number.NaN) + 0;

function hasFigure({ durationSeconds, total, succeeded, failed }: TaskEvent): boolean {
  return isGiven(durationSeconds) || isGiven(total) || isGiven(succeeded) || isGiven(failed);
}

const PLAIN_NUMBER = /^(?:0|[1-9]\d{0,8})$/;

/** Packs the events of a segment; null if there are none. */
export function packTasks(found: readonly Found<TaskEvent>[]): PackedTasks | null {
  if (found.length === 0) return null;
  const figures = found.filter(([, event]) => hasFigure(event)).length;
  const bytes = new Uint8Array(HEAD_BYTES + found.length * BYTES_OF_EVENT + figures * BYTES_OF_FIGURE);
  const columns = viewOf(bytes, found.length, figures);
  const texts = new Map<string, number>();
  const codeOf = (text: string | null) => {
    if (text === null) return -1;
    // Normalised as SQLite would return it.
    const known = texts.get(text.toWellFormed());
    if (known !== undefined) return known;
    texts.set(text.toWellFormed(), texts.size);
    return texts.size - 1;
  };
  let figure = 0;
  for (const [i, [fileId, event]] of found.entries()) {
    columns.atUs[i] = floatOf(event.atUs);
    columns.startUs[i] = floatOf(event.startUs);
    columns.fileId[i] = fileId;
    columns.line[i] = event.line;
    columns.pid[i] = wholeOr(event.pid, -1);
    columns.node[i] = codeOf(event.node);
    columns.process[i] = codeOf(event.process);
    const id = event.miniBatchId;
    columns.batch[i] = PLAIN_NUMBER.test(id) ? Number(id) : -2 - codeOf(id);
    columns.type[i] = TYPE[event.type];
    columns.source[i] = SOURCE[event.source];
    columns.dequeue[i] = Math.min(wholeOr(event.dequeueCount, 0), 255);
    columns.flags[i] =
      (hasFigure(event) ? HAS_FIGURE : 0) |
      (event.error === null ? 0 : HAS_ERROR) |
      (event.inputs === null ? 0 : HAS_INPUTS);
    if (hasFigure(event)) putFigures(columns.figures, figure++, event);
  }
  new Int32Array(bytes.buffer, 0, 2).set([found.length, figures]);
  const names = Buffer.from(JSON.stringify([...texts.keys()]));
  return { count: found.length, figures, data: compress(Buffer.concat([bytes, names])) };
}

function putFigures(figures: TaskColumns['figures'], k: number, event: TaskEvent): void {
  figures.duration[k] = floatOf(event.durationSeconds);
  figures.processSeconds[k] = floatOf(event.processSeconds);
  figures.runSeconds[k] = floatOf(event.runMethodSeconds);
  const total = Math.min(wholeOr(event.total, -1), MAX_ITEMS);
  const succeeded = Math.min(wholeOr(event.succeeded, -1), MAX_ITEMS);
  figures.total[k] = total;
  figures.succeeded[k] = succeeded;
  figures.failed[k] = total >= 0 && succeeded >= 0 ? total - succeeded : wholeOr(event.failed, -1);
}

/** Columns of this size or less, as of most segments, are decompressed in one piece. */
const USUAL_BYTES = 2 * 1024 * 1024;

function unpack(data: Uint8Array): { bytes: Uint8Array; columns: TaskColumns } {
  const got = decompress(data, USUAL_BYTES);
  const bytes = got.byteOffset % 8 === 0 ? got : new Uint8Array(got);
  const [count = 0, figures = 0] = new Int32Array(bytes.buffer, bytes.byteOffset, 2);
  const { end, ...columns } = viewOf(bytes, count, figures);
  const texts: string[] = JSON.parse(Buffer.from(bytes.subarray(end)).toString());
  return { bytes, columns: { ...columns, texts } };
}

/** Writes the columns of a segment's events, the last of which has the id `lastId`. */
export function writeTaskColumns(db: WritableDb, unit: number, lastId: number, packed: PackedTasks): void {
  db.prepare('INSERT INTO task_columns (first_id, figures, unit_id, data) VALUES (?, ?, ?, ?)').run(
    lastId - packed.count + 1,
    packed.figures,
    unit,
    packed.data,
  );
}

/** Returns the number of events kept in columns that have figures. */
export function countFigures(db: ReadableDb): number {
  return only(selectCells(db, 'SELECT coalesce(sum(figures), 0) FROM task_columns', 'number'));
}

/**
 * Reads all columns in the order of event ids; the caller reads events in the gaps from
 * `task_event`.
 */
export function* readTaskColumns(db: ReadableDb): Generator<{ firstId: number; columns: TaskColumns }, void> {
  const ids = selectCells(db, 'SELECT first_id FROM task_columns ORDER BY first_id', 'number').all();
  const data = selectCells(db, 'SELECT data FROM task_columns WHERE first_id = ?', 'bytes');
  for (const firstId of ids) {
    const row = data.get(firstId);
    if (row !== undefined) yield { firstId, columns: unpack(row).columns };
  }
}

/** Adds `lines` to the line numbers that a unit read from a file. */
export function shiftTaskColumns(db: WritableDb, unit: number, fileId: number, lines: number): void {
  const rows = selectRows(db, 'SELECT first_id, data FROM task_columns WHERE unit_id = ?', {
    first_id: 'number',
    data: 'bytes',
  }).all(unit);
  const update = db.prepare('UPDATE task_columns SET data = ? WHERE first_id = ?');
  for (const row of rows) {
    const { bytes, columns } = unpack(row.data);
    for (const [i, file] of columns.fileId.entries()) {
      if (file === fileId) columns.line[i] = (columns.line[i] ?? 0) + lines;
    }
    update.run(compress(bytes), row.first_id);
  }
}
