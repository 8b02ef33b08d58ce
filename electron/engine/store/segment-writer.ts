/** The segment writer puts the rows of a segment into the database, all in one transaction. */
import type { ErrorEvent, ProcessEvent, RunEvent, SampleSeries, TaskEvent } from '../formats/types.ts';
import type { WritableDb } from './open.ts';
import type { BlockRow, PartResult, PidSpan, ProblemRow, SegmentRows } from './rows.ts';
import { nextBlock } from './take-out.ts';

type Statement = ReturnType<WritableDb['prepare']>;

type Row = (number | string | null | Uint8Array)[];

/**
 * Writes what the ingest workers found, a segment a transaction: after a kill a unit is in the case
 * wholly or not at all (a unit of several segments is taken back by {@link removeUnit} before it is
 * read again).
 */
export class SegmentWriter {
  readonly #db: WritableDb;
  #nextBlock: number;
  readonly #statements = new Map<string, Statement>();
  readonly #write: (rows: SegmentRows) => number[];

  constructor(db: WritableDb) {
    this.#db = db;
    this.#nextBlock = nextBlock(db);
    this.#write = db.transaction((rows: SegmentRows) => this.#insert(rows));
  }

  /** Write the rows of a segment; returns the files that are indexed to their end by it. */
  write(rows: SegmentRows): number[] {
    return this.#write(rows);
  }

  #insert(rows: SegmentRows): number[] {
    const unit = rows.unitId;
    const first = this.#nextBlock;
    this.#run(
      'UPDATE file SET reading = ? WHERE id = ?',
      rows.readings.map(([file, reading]) => [reading, file]),
    );
    if (rows.blocks.length > 0) {
      const segment = this.#run(
        'INSERT INTO segment (unit_id, first_block, blocks, tokens, long_blocks) VALUES (?, ?, ?, ?, ?)',
        [[unit, first, rows.blocks.length, rows.index.tokens, bytesOf(rows.index.longBlocks)]],
      );
      this.#run(
        `INSERT INTO block VALUES (${marks(21)})`,
        rows.blocks.map((block, k) => blockRow(first + k, block)),
      );
      this.#run(
        'INSERT INTO block_text VALUES (?, ?)',
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
      `INSERT INTO task_event VALUES (NULL, ${marks(22)})`,
      rows.tasks.map(([file, event, isTail]) => [...taskRow(file, event), unit, isTail ? 1 : 0]),
    );
    this.#run(
      `INSERT INTO process_event VALUES (${marks(11)}, NULL)`,
      rows.processes.map(([file, event, isTail]) => [...processRow(file, event), unit, isTail ? 1 : 0]),
    );
    this.#run(
      `INSERT INTO run_event VALUES (${marks(17)}, NULL)`,
      rows.runs.map(([file, event, isTail]) => [...runRow(file, event), unit, isTail ? 1 : 0]),
    );
    this.#run(
      `INSERT INTO error_event VALUES (${marks(16)}, NULL)`,
      rows.errors.map(([file, event, isTail]) => [...errorRow(file, event), unit, isTail ? 1 : 0]),
    );
    this.#run(
      `INSERT INTO series VALUES (NULL, ${marks(16)}, NULL)`,
      rows.series
        .filter(([, series]) => series.timesUs.length > 0)
        .map(([file, series]) => seriesRow(file, series, unit)),
    );
    this.#run(
      `INSERT INTO pid_span VALUES (${marks(9)}, NULL)`,
      rows.pidSpans.map((span) => pidRow(span, unit)),
    );
    this.#run(
      'INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)',
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

  /**
   * Each statement is compiled once: a run of many small files would spend more on that than on its
   * rows.
   */
  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #finishPart(part: PartResult): void {
    this.#run(
      `UPDATE part SET lines = ?, carry_us = ?, carry_pid = ?, first_us = ?, last_us = ?, errors = ?, warnings = ?,
         first_line = iif(part = 0, 0, first_line)
       WHERE file_id = ? AND part = ?`,
      [
        [
          part.lines,
          part.carryUs,
          part.carryPid,
          part.firstUs,
          part.lastUs,
          part.errors,
          part.warnings,
          part.fileId,
          part.part,
        ],
      ],
    );
    if (part.resume !== null) {
      this.#run('INSERT OR REPLACE INTO resume_point VALUES (?, ?, 0, ?, ?)', [
        [part.fileId, part.part, part.resume.position, part.resume.state],
      ]);
    }
    if (part.check !== null)
      this.#run('UPDATE file SET checked_bytes = bytes, content_check = ? WHERE id = ?', [[part.check, part.fileId]]);
    // Most are: of these it is said already.
    if (part.part === 0)
      this.#run('UPDATE file SET encoding = ? WHERE id = ? AND encoding <> ?', [
        [part.encoding, part.fileId, part.encoding],
      ]);
    if (part.failed) this.#run("UPDATE file SET state = 'failed' WHERE id = ?", [[part.fileId]]);
  }

  /**
   * When all parts of a file are read, its lines can be numbered: each part begins where the one
   * before ends.
   */
  #finishFile(part: PartResult, pids: Set<number> | undefined): boolean {
    const ordered = this.#prepare('SELECT part, unit_id, lines, first_line FROM part WHERE file_id = ? ORDER BY part');
    const parts = ordered.all(part.fileId) as {
      part: number;
      unit_id: number;
      lines: number | null;
      first_line: number | null;
    }[];
    if (parts.some((row) => row.lines === null)) return false;
    let line = 0;
    for (const row of parts) {
      if (row.first_line === null && line > 0) this.#shiftEvents(part.fileId, row.unit_id, line);
      if (row.part > 0)
        this.#run('UPDATE part SET first_line = ? WHERE file_id = ? AND part = ?', [[line, part.fileId, row.part]]);
      line += row.lines ?? 0;
    }
    // The pids of the only part are at hand; asking for them would mean to look through the spans
    // of all files.
    const sql = 'SELECT DISTINCT pid FROM pid_span WHERE file_id = ? LIMIT 2';
    const all = parts.length === 1 ? [...(pids ?? [])] : (this.#prepare(sql).pluck().all(part.fileId) as number[]);
    const only = all.length === 1 ? (all[0] ?? null) : null;
    this.#run(
      `UPDATE file SET lines = ?, pid = ?, state = CASE state WHEN 'failed' THEN 'failed' ELSE 'indexed' END,
         (first_us, last_us, errors, warnings) =
           (SELECT min(first_us), max(last_us), sum(errors), sum(warnings) FROM part WHERE file_id = file.id)
       WHERE id = ?`,
      [[line, only, part.fileId]],
    );
    return true;
  }

  /**
   * What was read of a later part numbers its lines from the part's beginning, as long as that is
   * not known.
   */
  #shiftEvents(fileId: number, unit: number, lines: number): void {
    for (const table of ['task_event', 'process_event', 'run_event', 'error_event', 'problem'])
      this.#run(`UPDATE ${table} SET line = line + ? WHERE unit_id = ? AND file_id = ?`, [[lines, unit, fileId]]);
  }
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
    b.carryNanos,
    b.carryLevel,
    b.traceback,
    b.continues ? 1 : 0,
    b.stored ? 1 : 0,
    ...b.levels,
  ];
}

function taskRow(file: number, e: TaskEvent): Row {
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
  ];
}

function processRow(file: number, e: ProcessEvent): Row {
  return [file, e.line, e.type, e.node, e.process, e.pid, e.atUs, e.exitCode, e.detail];
}

function runRow(file: number, e: RunEvent): Row {
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
  ];
}

function errorRow(file: number, e: ErrorEvent): Row {
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
    JSON.stringify(e.messages),
    JSON.stringify(e.userFrames),
    e.miniBatchId,
    e.head,
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
  return [s.fileId, s.node, s.process, s.pid, s.fromUs, s.toUs, s.lines, unit, s.isTail ? 1 : 0];
}

function problemRow(p: ProblemRow, unit: number): Row {
  return [p.fileId, p.line, p.kind, p.message, p.count, unit, p.isTail ? 1 : 0];
}
