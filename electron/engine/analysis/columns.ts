/**
 * Attempts and mini-batches in columns, stored in the case beside their tables. Views draw lanes
 * and charts of a million attempts from them, and sort and filter them, in milliseconds. `derive`
 * writes the columns; they are read once and kept until the case changes.
 */
import { at, type Numbers } from '../base/typed.ts';
import type { ReadableDb, WritableDb } from '../store/open.ts';
import { getRunFact } from '../store/run-facts.ts';
import { selectCells, selectRows } from '../store/select.ts';
import { ClockAlign, type ClockChoice } from './clocks.ts';

/**
 * Columns of attempts in the order of `attempt.id` (1, 2, …): by start, with unknown starts last.
 */
export interface AttemptColumns {
  /** Microseconds; NaN if unknown. */
  startUs: Float64Array;
  /** Seconds; NaN if unknown. */
  duration: Float32Array;
  processSeconds: Float32Array;
  runSeconds: Float32Array;
  /** Index of the process: `process.id` - 1, or -1 if unknown. */
  process: Int32Array;
  /** `mini_batch.ordinal`. */
  batch: Int32Array;
  /** Counts from 1; stored as at most 255. */
  attempt: Uint8Array;
  /** Code: index in the contract's `outcomes`. */
  outcome: Uint8Array;
  /** Index in {@link DerivedColumns.nodes}; -1 if unknown. */
  node: Int32Array;
  total: Int32Array;
  succeeded: Int32Array;
  /** 1 if run() returned and its items were counted. */
  processed: Uint8Array;
}

/** Columns of mini-batches in the order of `mini_batch.ordinal` (0, 1, …). */
export interface BatchColumns {
  /** Code: index in the contract's `outcomes`. */
  status: Uint8Array;
  /** Pick-ups, including those known only from a dequeue count; stored as at most 255. */
  attempts: Uint8Array;
  /** Index of the attempt that decides the status; -1 if no attempt is known. */
  last: Int32Array;
}

export interface DerivedColumns {
  nodes: string[];
  /** The values of worker processes that facets filter by, by the index of the process. */
  processes: { pid: Int32Array; name: string[] };
  attempts: AttemptColumns;
  batches: BatchColumns;
}

const TABLE = 'CREATE TABLE IF NOT EXISTS derived_column (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID';

const makers = {
  f8: (buffer: ArrayBufferLike, offset: number, bytes: number) => new Float64Array(buffer, offset, bytes / 8),
  f4: (buffer: ArrayBufferLike, offset: number, bytes: number) => new Float32Array(buffer, offset, bytes / 4),
  i4: (buffer: ArrayBufferLike, offset: number, bytes: number) => new Int32Array(buffer, offset, bytes / 4),
  u1: (buffer: ArrayBufferLike, offset: number, bytes: number) => new Uint8Array(buffer, offset, bytes),
};
type TypeCode = keyof typeof makers;

const attemptTypes: Record<keyof AttemptColumns, TypeCode> = {
  startUs: 'f8',
  duration: 'f4',
  processSeconds: 'f4',
  runSeconds: 'f4',
  process: 'i4',
  batch: 'i4',
  attempt: 'u1',
  outcome: 'u1',
  node: 'i4',
  total: 'i4',
  succeeded: 'i4',
  processed: 'u1',
};
const batchTypes: Record<keyof BatchColumns, TypeCode> = { status: 'u1', attempts: 'u1', last: 'i4' };

/** Writes all columns as part of the transaction of `derive`. */
export function writeColumns(db: WritableDb, columns: { attempts: AttemptColumns; batches: BatchColumns }): void {
  db.exec(TABLE);
  db.exec('DELETE FROM derived_column');
  const insert = db.prepare('INSERT INTO derived_column (name, data) VALUES (?, ?)');
  for (const [name, values] of Object.entries(columns.attempts)) insert.run(`attempt.${name}`, bytesOf(values));
  for (const [name, values] of Object.entries(columns.batches)) insert.run(`batch.${name}`, bytesOf(values));
}

function bytesOf(values: Numbers): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

interface Cached {
  generation: string;
  columns: DerivedColumns;
  /** Values that views derive from the data, such as an order. Dropped when the data changes. */
  memo: Map<string, unknown>;
}

const cache = new WeakMap<ReadableDb, Cached>();

function cached(db: ReadableDb): Cached {
  // Empty until something has been derived.
  const generation = selectCells(db, "SELECT value FROM run_info WHERE key = 'generation'", 'text').get() ?? '';
  const before = cache.get(db);
  if (before !== undefined && before.generation === generation) return before;
  const fresh = { generation, columns: readColumns(db, generation), memo: new Map<string, unknown>() };
  cache.set(db, fresh);
  return fresh;
}

/**
 * Returns the columns of the case, read at most once per derivation and empty before the first. Do
 * not write to them. Aligned starts are not in the order of the rows.
 */
export function columnsOf(db: ReadableDb, clock: ClockChoice = 'written'): DerivedColumns {
  const { columns } = cached(db);
  if (clock === 'written') return columns;
  return memoized(db, 'aligned columns', () => aligned(columns, new ClockAlign(db)));
}

function aligned(columns: DerivedColumns, clock: ClockAlign): DerivedColumns {
  if (!clock.isShifting) return columns;
  const shifts = clock.shifts(columns.nodes);
  const { node, startUs } = columns.attempts;
  return {
    ...columns,
    attempts: { ...columns.attempts, startUs: startUs.map((time, row) => time - (shifts[at(node, row)] ?? 0)) },
  };
}

/** Returns the ids of the first attempts (by start) that pass a test, without reading the table. */
export function firstAttempts(columns: DerivedColumns, count: number, test: (row: number) => boolean): number[] {
  const ids: number[] = [];
  const total = columns.attempts.outcome.length;
  for (let row = 0; row < total && ids.length < count; row++) if (test(row)) ids.push(row + 1);
  return ids;
}

/** Returns the ids of the longest attempts that pass a test, longest first. */
export function longestAttempts(columns: DerivedColumns, count: number, test: (row: number) => boolean): number[] {
  const { duration } = columns.attempts;
  const best: number[] = [];
  const lengthOf = (row: number) => at(duration, row);
  for (let row = 0; row < duration.length; row++) {
    const length = lengthOf(row);
    const least = best.at(-1);
    if (Number.isNaN(length) || (best.length >= count && least !== undefined && length <= lengthOf(least))) continue;
    if (!test(row)) continue;
    best.push(row);
    best.sort((a, b) => lengthOf(b) - lengthOf(a));
    if (best.length > count) best.pop();
  }
  return best.map((row) => row + 1);
}

/** Computes a value once per derivation. Keeps at most 32 values and drops the oldest first. */
export function memoized<T>(db: ReadableDb, key: string, make: (columns: DerivedColumns) => T): T {
  const { memo, columns } = cached(db);
  if (memo.has(key)) return memo.get(key) as T;
  const value = make(columns);
  const oldest = memo.keys().next();
  if (memo.size >= 32 && !oldest.done) memo.delete(oldest.value);
  memo.set(key, value);
  return value;
}

function readColumns(db: ReadableDb, generation: string): DerivedColumns {
  const data = new Map<string, Buffer>();
  let nodes: string[] = [];
  const pids = selectCells(db, 'SELECT coalesce(pid, -1) FROM process ORDER BY id', 'number').all();
  const names = selectCells(db, "SELECT coalesce(process, '') FROM process ORDER BY id", 'text').all();
  if (generation !== '') {
    const rows = selectRows(db, 'SELECT name, data FROM derived_column', { name: 'text', data: 'bytes' }).all();
    for (const row of rows) data.set(row.name, row.data);
    nodes = getRunFact<string[]>(db, 'nodes') ?? [];
  }
  const column = (name: string, type: TypeCode): Numbers => {
    const bytes = data.get(name) ?? Buffer.alloc(0);
    if (bytes.byteOffset % 8 === 0) return makers[type](bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const copy = new Uint8Array(bytes);
    return makers[type](copy.buffer, 0, bytes.byteLength);
  };
  const group = (prefix: string, types: Record<string, TypeCode>): Record<string, Numbers> =>
    Object.fromEntries(Object.entries(types).map(([name, type]) => [name, column(`${prefix}.${name}`, type)]));
  return {
    nodes,
    processes: { pid: Int32Array.from(pids), name: names },
    attempts: group('attempt', attemptTypes) as unknown as AttemptColumns,
    batches: group('batch', batchTypes) as unknown as BatchColumns,
  };
}
