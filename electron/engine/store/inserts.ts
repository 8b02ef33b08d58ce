/**
 * An insert lists the columns of a table, each with its value for a row. Both the statement and its
 * parameters come from that list. It leaves out the table's own id, and `written_node`, which
 * analysis fills.
 */
import type { ErrorEvent, ProcessEvent, RunEvent, SampleSeries, TaskEvent } from '../formats/types.ts';
import type { BlockRow, Found, PidSpan, ProblemRow } from './rows.ts';
import type { SegmentData } from './segment-builder.ts';

export type Cell = number | string | null | Uint8Array;
type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/** Puts rows into a table; `unit` is the unit that read them. */
export interface Insert<Row> {
  table: string;
  columns: readonly string[];
  sql: string;
  cells(row: Row, unit: number): Cell[];
}

function insert<Row>(table: string, columns: readonly string[], cells: Insert<Row>['cells']): Insert<Row> {
  const marks = columns.map(() => '?').join(', ');
  const names = columns.map((name) => `"${name}"`).join(', ');
  return { table, columns, sql: `INSERT INTO ${table} (${names}) VALUES (${marks})`, cells };
}

function insertRows<Row>(table: string, columns: Columns<Row>): Insert<Row> {
  const values = Object.values(columns);
  return insert(table, Object.keys(columns), (row) => values.map((value) => value(row)));
}

/** Inserts like {@link insertRows}, for tables with a `unit_id`. */
function insertRead<Row>(table: string, columns: Columns<Row>): Insert<Row> {
  const values = Object.values(columns);
  return insert(table, [...Object.keys(columns), 'unit_id'], (row, unit) => [
    ...values.map((value) => value(row)),
    unit,
  ]);
}

function insertEvents<Event>(table: string, columns: Columns<Event>): Insert<Found<Event>> {
  const values = Object.values(columns);
  return insert(table, ['file_id', ...Object.keys(columns), 'unit_id', 'tail'], ([file, event, isTail], unit) => [
    file,
    ...values.map((value) => value(event)),
    unit,
    isTail ? 1 : 0,
  ]);
}

const flag = (is: boolean) => (is ? 1 : 0);
const bytesOf = (numbers: Uint32Array | Float64Array | Int32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** A segment whose first block is number `firstBlock`. */
export const segmentInsert = insertRead<{ firstBlock: number; blocks: number; index: SegmentData }>('segment', {
  first_block: (s) => s.firstBlock,
  blocks: (s) => s.blocks,
  tokens: (s) => s.index.tokens,
  long_blocks: (s) => (s.index.longBlocks.length === 0 ? null : bytesOf(s.index.longBlocks)),
});

/** A block with its number in the case. */
export const blockInsert = insertRows<{ id: number; block: BlockRow }>('block', {
  id: ({ id }) => id,
  file_id: ({ block }) => block.fileId,
  part: ({ block }) => block.part,
  line: ({ block }) => block.line,
  lines: ({ block }) => block.lines,
  start: ({ block }) => block.start,
  bytes: ({ block }) => block.bytes,
  min_us: ({ block }) => block.minUs,
  max_us: ({ block }) => block.maxUs,
  carry_us: ({ block }) => block.carryUs,
  carry_pid: ({ block }) => block.carryPid,
  carry_nanos: ({ block }) => block.carryNanos,
  carry_level: ({ block }) => block.carryLevel,
  traceback: ({ block }) => block.traceback,
  continues: ({ block }) => flag(block.continues),
  stored: ({ block }) => flag(block.stored),
  debug: ({ block }) => block.levels[0],
  info: ({ block }) => block.levels[1],
  warning: ({ block }) => block.levels[2],
  error: ({ block }) => block.levels[3],
  critical: ({ block }) => block.levels[4],
});

export const blockTextInsert = insertRows<{ id: number; text: Uint8Array }>('block_text', {
  block_id: ({ id }) => id,
  data: ({ text }) => text,
});

export const postingInsert = insertRows<{ segment: number; page: SegmentData['postings'][number] }>('posting', {
  segment_id: ({ segment }) => segment,
  first_hash: ({ page }) => page.firstKey,
  data: ({ page }) => page.data,
});

export const vocabularyInsert = insertRows<{
  segment: number;
  number: number;
  page: SegmentData['vocabulary'][number];
}>('vocabulary', {
  segment_id: ({ segment }) => segment,
  page: ({ number }) => number,
  letters: ({ page }) => page.letters,
  data: ({ page }) => page.data,
});

export const taskInsert = insertEvents<TaskEvent>('task_event', {
  line: (e) => e.line,
  source: (e) => e.source,
  type: (e) => e.type,
  mini_batch_id: (e) => e.miniBatchId,
  dequeue_count: (e) => e.dequeueCount,
  node: (e) => e.node,
  pid: (e) => e.pid,
  process: (e) => e.process,
  at_us: (e) => e.atUs,
  start_us: (e) => e.startUs,
  duration_seconds: (e) => e.durationSeconds,
  process_seconds: (e) => e.processSeconds,
  run_method_seconds: (e) => e.runMethodSeconds,
  total: (e) => e.total,
  succeeded: (e) => e.succeeded,
  failed: (e) => e.failed,
  status: (e) => e.status,
  error: (e) => e.error,
  inputs: (e) => e.inputs,
});

export const processInsert = insertEvents<ProcessEvent>('process_event', {
  line: (e) => e.line,
  type: (e) => e.type,
  node: (e) => e.node,
  process: (e) => e.process,
  pid: (e) => e.pid,
  at_us: (e) => e.atUs,
  exit_code: (e) => e.exitCode,
  detail: (e) => e.detail,
});

export const runInsert = insertEvents<RunEvent>('run_event', {
  line: (e) => e.line,
  type: (e) => e.type,
  at_us: (e) => e.atUs,
  node: (e) => e.node,
  name: (e) => e.name,
  value: (e) => e.value,
  message: (e) => e.message,
  scheduled: (e) => e.scheduled,
  processed: (e) => e.processed,
  total: (e) => e.total,
  items: (e) => e.items,
  items_succeeded: (e) => e.itemsSucceeded,
  items_failed: (e) => e.itemsFailed,
  error_threshold: (e) => e.errorThreshold,
});

export const errorInsert = insertEvents<ErrorEvent>('error_event', {
  line: (e) => e.line,
  lines: (e) => e.lines,
  at_us: (e) => e.atUs,
  node: (e) => e.node,
  pid: (e) => e.pid,
  process: (e) => e.process,
  level: (e) => e.level,
  chain: (e) => JSON.stringify(e.chain),
  message: (e) => e.message,
  messages: (e) => JSON.stringify(e.messages),
  user_frames: (e) => JSON.stringify(e.userFrames),
  mini_batch_id: (e) => e.miniBatchId,
  head: (e) => e.head,
});

/** A series that has points, sorted by time. */
export const seriesInsert = insertRead<SortedSeries>('series', {
  file_id: ({ fileId }) => fileId,
  node: ({ series }) => series.node,
  process: ({ series }) => series.process,
  pid: ({ series }) => series.pid,
  metric: ({ series }) => series.metric,
  unit: ({ series }) => series.unit,
  counter: ({ series }) => flag(series.counter),
  points: ({ times }) => times.length,
  from_us: ({ times }) => times[0] ?? Number.NaN,
  to_us: ({ times }) => times.at(-1) ?? Number.NaN,
  min: ({ values }) => values.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY),
  max: ({ values }) => values.reduce((most, value) => (value > most ? value : most), Number.NEGATIVE_INFINITY),
  times: ({ times }) => bytesOf(times),
  values: ({ values }) => bytesOf(values),
  lines: ({ lines }) => bytesOf(lines),
});

interface SortedSeries {
  fileId: number;
  series: SampleSeries;
  times: Float64Array;
  values: Float64Array;
  lines: Int32Array;
}

/** Sorts the points of a series by time. */
export function sortedSeries(fileId: number, series: SampleSeries): SortedSeries {
  const { timesUs } = series;
  const timeAt = (k: number) => timesUs[k] ?? Number.NaN;
  const order = Uint32Array.from(timesUs.keys());
  if (timesUs.some((time, k) => k > 0 && time < timeAt(k - 1))) order.sort((a, b) => timeAt(a) - timeAt(b));
  return {
    fileId,
    series,
    times: Float64Array.from(order, timeAt),
    values: Float64Array.from(order, (k) => series.values[k] ?? Number.NaN),
    lines: Int32Array.from(order, (k) => series.lines[k] ?? 0),
  };
}

export const pidSpanInsert = insertRead<PidSpan>('pid_span', {
  file_id: (s) => s.fileId,
  node: (s) => s.node,
  process: (s) => s.process,
  pid: (s) => s.pid,
  from_us: (s) => s.fromUs,
  to_us: (s) => s.toUs,
  lines: (s) => s.lines,
  tail: (s) => flag(s.isTail),
});

export const problemInsert = insertRead<ProblemRow>('problem', {
  file_id: (p) => p.fileId,
  line: (p) => p.line,
  kind: (p) => p.kind,
  message: (p) => p.message,
  count: (p) => p.count,
  tail: (p) => flag(p.isTail),
});
