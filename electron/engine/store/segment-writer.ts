import type { ErrorEvent, ProcessEvent, RunEvent, SampleSeries, TaskEvent } from '../formats/types.ts';
import type { BlockRow, PartResult, PidSpan, ProblemRow, SegmentRows } from '../ingest/messages.ts';
import type { WritableDb } from './open.ts';

type Statement = ReturnType<WritableDb['prepare']>;

type Row = (number | string | null | Uint8Array)[];

/**
 * Writes what the ingest workers found, a segment a transaction: after a kill a unit is in the case wholly or not at all
 * (a unit of several segments is taken back by {@link removeUnit} before it is read again).
 */
export class SegmentWriter {
  readonly #db: WritableDb;
  #nextBlock: number;
  readonly #statements = new Map<string, Statement>();
  readonly #write: (rows: SegmentRows) => number[];

  constructor(db: WritableDb) {
    this.#db = db;
    this.#nextBlock = 1 + Number(db.prepare('SELECT coalesce(max(id), 0) FROM block').pluck().get());
    this.#write = db.transaction((rows: SegmentRows) => this.#insert(rows));
  }

  /** Write the rows of a segment; returns the files that are indexed to their end by it. */
  write(rows: SegmentRows): number[] {
    return this.#write(rows);
  }

  #insert(rows: SegmentRows): number[] {
    const unit = rows.unitId;
    const first = this.#nextBlock;
    if (rows.blocks.length > 0) {
      const segment = this.#run(
        'INSERT INTO segment (unit_id, first_block, blocks, tokens, long_blocks) VALUES (?, ?, ?, ?, ?)',
        [[unit, first, rows.blocks.length, rows.index.tokens, bytesOf(rows.index.longBlocks)]],
      );
      this.#run(
        'INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        rows.blocks.map((block, k) => blockRow(first + k, block)),
      );
      this.#run(
        'INSERT INTO block_text VALUES (?, 0, ?)',
        rows.texts.map(([k, text]) => [first + k, text]),
      );
      this.#run(
        'INSERT INTO posting VALUES (?, ?, ?)',
        rows.index.postings.map((page) => [segment, page.firstKey, page.data]),
      );
      this.#run(
        'INSERT INTO vocabulary VALUES (?, ?, ?, ?)',
        rows.index.vocabulary.map(({ letters, data }, k) => [segment, k, letters, data]),
      );
      this.#nextBlock += rows.blocks.length;
    }
    this.#run(
      `INSERT INTO task_event VALUES (NULL, ${marks(21)})`,
      rows.tasks.map(([file, event]) => taskRow(file, event, unit)),
    );
    this.#run(
      `INSERT INTO process_event VALUES (${marks(10)})`,
      rows.processes.map(([file, event]) => processRow(file, event, unit)),
    );
    this.#run(
      `INSERT INTO run_event VALUES (${marks(16)})`,
      rows.runs.map(([file, event]) => runRow(file, event, unit)),
    );
    this.#run(
      `INSERT INTO error_event VALUES (${marks(13)})`,
      rows.errors.map(([file, event]) => errorRow(file, event, unit)),
    );
    this.#run(
      `INSERT INTO series VALUES (NULL, ${marks(16)})`,
      rows.series
        .filter(([, series]) => series.timesUs.length > 0)
        .map(([file, series]) => seriesRow(file, series, unit)),
    );
    this.#run(
      `INSERT INTO pid_span VALUES (${marks(8)})`,
      rows.pidSpans.map((span) => pidRow(span, unit)),
    );
    this.#run(
      'INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?)',
      rows.problems.map((problem) => problemRow(problem, unit)),
    );
    for (const part of rows.parts) this.#finishPart(part);
    if (rows.last) this.#run('UPDATE unit SET state = 1 WHERE id = ?', [[unit]]);
    const pids = new Map<number, Set<number>>();
    for (const { fileId, pid } of rows.pidSpans) pids.set(fileId, (pids.get(fileId) ?? new Set()).add(pid));
    return rows.parts.flatMap((part) => (this.#finishFile(part, pids.get(part.fileId)) ? [part.fileId] : []));
  }

  #run(sql: string, rows: Row[]): number {
    if (rows.length === 0) return 0;
    const statement = this.#prepare(sql);
    let last = 0;
    for (const row of rows) last = Number(statement.run(row).lastInsertRowid);
    return last;
  }

  /** Each statement is compiled once: a run of many small files would spend more on that than on its rows. */
  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #finishPart(part: PartResult): void {
    this.#run('UPDATE part SET lines = ?, carry_us = ?, carry_pid = ? WHERE file_id = ? AND part = ?', [
      [part.lines, part.carryUs, part.carryPid, part.fileId, part.part],
    ]);
    this.#run(
      `UPDATE file SET errors = errors + ?, warnings = warnings + ?,
         first_us = CASE WHEN first_us IS NULL OR ? < first_us THEN coalesce(?, first_us) ELSE first_us END,
         last_us = CASE WHEN last_us IS NULL OR ? > last_us THEN coalesce(?, last_us) ELSE last_us END,
         encoding = CASE WHEN ? = 0 THEN ? ELSE encoding END, state = CASE WHEN ? = 1 THEN 'failed' ELSE state END
       WHERE id = ?`,
      [
        [
          part.errors,
          part.warnings,
          part.firstUs,
          part.firstUs,
          part.lastUs,
          part.lastUs,
          part.part,
          part.encoding,
          part.failed ? 1 : 0,
          part.fileId,
        ],
      ],
    );
  }

  /** When all parts of a file are read, its lines can be numbered: each part begins where the one before ends. */
  #finishFile(part: PartResult, pids: Set<number> | undefined): boolean {
    const ordered = this.#prepare('SELECT part, lines FROM part WHERE file_id = ? ORDER BY part');
    const parts = ordered.all(part.fileId) as { part: number; lines: number | null }[];
    if (parts.some((row) => row.lines === null)) return false;
    let line = 0;
    for (const row of parts) {
      this.#run('UPDATE part SET first_line = ? WHERE file_id = ? AND part = ?', [[line, part.fileId, row.part]]);
      line += row.lines ?? 0;
    }
    this.#run(
      "UPDATE file SET lines = ?, state = CASE state WHEN 'failed' THEN 'failed' ELSE 'indexed' END WHERE id = ?",
      [[line, part.fileId]],
    );
    // The pids of the only part are at hand; asking for them would mean to look through the spans of all files.
    const sql = 'SELECT DISTINCT pid FROM pid_span WHERE file_id = ? LIMIT 2';
    const all = parts.length === 1 ? [...(pids ?? [])] : (this.#prepare(sql).pluck().all(part.fileId) as number[]);
    if (all.length === 1) this.#run('UPDATE file SET pid = ? WHERE id = ?', [[all[0] as number, part.fileId]]);
    return true;
  }
}

const EVENT_TABLES = ['task_event', 'process_event', 'run_event', 'error_event', 'series', 'pid_span', 'problem'];

/** Take back whatever a unit that was not finished has left, so that it can be read again. */
export function removeUnit(db: WritableDb, unitId: number): void {
  const segments = db.prepare('SELECT id, first_block, blocks FROM segment WHERE unit_id = ?').all(unitId) as {
    id: number;
    first_block: number;
    blocks: number;
  }[];
  for (const segment of segments) {
    const range = [segment.first_block, segment.first_block + segment.blocks];
    db.prepare('DELETE FROM block_text WHERE block_id >= ? AND block_id < ?').run(...range);
    db.prepare('DELETE FROM block WHERE id >= ? AND id < ?').run(...range);
    db.prepare('DELETE FROM posting WHERE segment_id = ?').run(segment.id);
    db.prepare('DELETE FROM vocabulary WHERE segment_id = ?').run(segment.id);
  }
  db.prepare('DELETE FROM segment WHERE unit_id = ?').run(unitId);
  for (const table of EVENT_TABLES) db.prepare(`DELETE FROM ${table} WHERE unit_id = ?`).run(unitId);
  // Of a unit of several files and segments some files were done. A part of a large file is done with its unit only: it left nothing.
  db.prepare('UPDATE part SET lines = NULL, first_line = NULL WHERE unit_id = ?').run(unitId);
  db.prepare(
    `UPDATE file SET state = 'pending', lines = NULL, first_us = NULL, last_us = NULL, errors = 0, warnings = 0, pid = NULL
     WHERE id IN (SELECT file_id FROM part WHERE unit_id = :unit)
       AND NOT EXISTS (SELECT 1 FROM part WHERE part.file_id = file.id AND part.unit_id <> :unit)`,
  ).run({ unit: unitId });
}

function marks(count: number): string {
  return Array(count).fill('?').join(', ');
}

function bytesOf(numbers: Uint32Array): Uint8Array | null {
  return numbers.length === 0 ? null : new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function blockRow(id: number, b: BlockRow): Row {
  return [
    id,
    b.fileId,
    b.part,
    b.line,
    b.lines,
    b.start,
    b.bytes,
    b.minUs,
    b.maxUs,
    b.carryUs,
    b.carryPid,
    b.traceback,
    b.continues ? 1 : 0,
    ...b.levels,
  ];
}

function taskRow(file: number, e: TaskEvent, unit: number): Row {
  return [
    file,
    e.line,
    e.source,
    e.type,
    e.miniBatchId,
    e.dequeueCount,
    e.node,
    e.pid,
    e.process,
    e.atUs,
    e.startUs,
    e.durationSeconds,
    e.processSeconds,
    e.runMethodSeconds,
    e.total,
    e.succeeded,
    e.failed,
    e.status,
    e.error,
    e.inputs,
    unit,
  ];
}

function processRow(file: number, e: ProcessEvent, unit: number): Row {
  return [file, e.line, e.type, e.node, e.process, e.pid, e.atUs, e.exitCode, e.detail, unit];
}

function runRow(file: number, e: RunEvent, unit: number): Row {
  return [
    file,
    e.line,
    e.type,
    e.atUs,
    e.node,
    e.name,
    e.value,
    e.message,
    e.scheduled,
    e.processed,
    e.total,
    e.items,
    e.itemsSucceeded,
    e.itemsFailed,
    e.errorThreshold,
    unit,
  ];
}

function errorRow(file: number, e: ErrorEvent, unit: number): Row {
  return [
    file,
    e.line,
    e.lines,
    e.atUs,
    e.node,
    e.pid,
    e.process,
    e.level,
    JSON.stringify(e.chain),
    e.message,
    JSON.stringify(e.userFrames),
    e.miniBatchId,
    unit,
  ];
}

function seriesRow(file: number, s: SampleSeries, unit: number): Row {
  const order = Uint32Array.from(s.timesUs.keys());
  if (s.timesUs.some((time, k) => k > 0 && time < (s.timesUs[k - 1] as number))) {
    order.sort((a, b) => (s.timesUs[a] as number) - (s.timesUs[b] as number));
  }
  const times = Float64Array.from(order, (k) => s.timesUs[k] as number);
  const values = Float64Array.from(order, (k) => s.values[k] as number);
  const lines = Int32Array.from(order, (k) => s.lines[k] as number);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [
    file,
    s.node,
    s.process,
    s.pid,
    s.metric,
    s.unit,
    s.counter ? 1 : 0,
    times.length,
    times[0] as number,
    times.at(-1) as number,
    min,
    max,
    new Uint8Array(times.buffer),
    new Uint8Array(values.buffer),
    new Uint8Array(lines.buffer),
    unit,
  ];
}

function pidRow(s: PidSpan, unit: number): Row {
  return [s.fileId, s.node, s.process, s.pid, s.fromUs, s.toUs, s.lines, unit];
}

function problemRow(p: ProblemRow, unit: number): Row {
  return [p.fileId, p.line, p.kind, p.message, p.count, unit];
}
