/** The segment writer puts the rows of a segment into the database in one transaction. */
import {
  blockInsert,
  blockTextInsert,
  type Cell,
  errorInsert,
  type Insert,
  pidSpanInsert,
  postingInsert,
  problemInsert,
  processInsert,
  runInsert,
  segmentInsert,
  seriesInsert,
  sortedSeries,
  taskInsert,
  vocabularyInsert,
} from './inserts.ts';
import type { WritableDb } from './open.ts';
import type { PartResult, SegmentRows } from './rows.ts';
import { type RowOf, type Select, selectCells, selectRows } from './select.ts';
import { nextBlock } from './take-out.ts';
import { shiftTaskColumns, writeTaskColumns } from './task-columns.ts';

type Statement = ReturnType<WritableDb['prepare']>;

const partLines = { part: 'number', unit_id: 'number', lines: 'number?', first_line: 'number?' } as const;
type PartLines = RowOf<typeof partLines>;

/**
 * Writes what the ingest workers found. Since each segment is one transaction, a kill leaves a unit
 * in the case completely or not at all ({@link removeUnit} takes back an unfinished unit of several
 * segments before it is read again).
 */
export class SegmentWriter {
  readonly #db: WritableDb;
  #nextBlock: number;
  readonly #statements = new Map<string, Statement>();
  readonly #partsOf: Select<PartLines>;
  readonly #pidsOf: Select<number>;
  readonly #write: (rows: SegmentRows) => number[];

  constructor(db: WritableDb) {
    this.#db = db;
    this.#nextBlock = nextBlock(db);
    const parts = 'SELECT part, unit_id, lines, first_line FROM part WHERE file_id = ? ORDER BY part';
    this.#partsOf = selectRows(db, parts, partLines);
    this.#pidsOf = selectCells(db, 'SELECT DISTINCT pid FROM pid_span WHERE file_id = ? LIMIT 2', 'number');
    this.#write = db.transaction((rows: SegmentRows) => this.#insert(rows));
  }

  /** Writes the rows of a segment. Returns the files that are now completely indexed. */
  write(rows: SegmentRows): number[] {
    return this.#write(rows);
  }

  #insert(rows: SegmentRows): number[] {
    const unit = rows.unitId;
    this.#run(
      'UPDATE file SET reading = ? WHERE id = ?',
      rows.readings.map(([file, reading]) => [reading, file]),
    );
    if (rows.blocks.length > 0) this.#putIndex(rows);
    const lastId = this.#put(taskInsert, rows.tasks, unit);
    if (rows.taskColumns !== null) writeTaskColumns(this.#db, unit, lastId, rows.taskColumns);
    this.#put(processInsert, rows.processes, unit);
    this.#put(runInsert, rows.runs, unit);
    this.#put(errorInsert, rows.errors, unit);
    const series = rows.series.filter(([, { timesUs }]) => timesUs.length > 0);
    this.#put(
      seriesInsert,
      series.map(([file, each]) => sortedSeries(file, each)),
      unit,
    );
    this.#put(pidSpanInsert, rows.pidSpans, unit);
    this.#put(problemInsert, rows.problems, unit);
    for (const part of rows.parts) this.#finishPart(part);
    if (rows.last) this.#run('UPDATE unit SET state = 1 WHERE id = ?', [[unit]]);
    const pids = new Map<number, Set<number>>();
    for (const { fileId, pid } of rows.pidSpans) pids.set(fileId, (pids.get(fileId) ?? new Set()).add(pid));
    return rows.parts.flatMap((part) => (this.#finishFile(part, pids.get(part.fileId)) ? [part.fileId] : []));
  }

  #putIndex({ unitId, blocks, texts, index }: SegmentRows): void {
    const firstBlock = this.#nextBlock;
    const segment = this.#put(segmentInsert, [{ firstBlock, blocks: blocks.length, index }], unitId);
    this.#put(
      blockInsert,
      blocks.map((block, k) => ({ id: firstBlock + k, block })),
      unitId,
    );
    this.#put(
      blockTextInsert,
      texts.map(([k, text]) => ({ id: firstBlock + k, text })),
      unitId,
    );
    this.#put(
      postingInsert,
      index.postings.map((page) => ({ segment, page })),
      unitId,
    );
    this.#put(
      vocabularyInsert,
      index.vocabulary.map((page, number) => ({ segment, number, page })),
      unitId,
    );
    this.#nextBlock += blocks.length;
  }

  /** Inserts rows; returns the id of the last one. */
  #put<Row>(insert: Insert<Row>, rows: readonly Row[], unit: number): number {
    if (rows.length === 0) return 0;
    const statement = this.#prepare(insert.sql);
    let last = 0;
    for (const row of rows) last = Number(statement.run(insert.cells(row, unit)).lastInsertRowid);
    return last;
  }

  #run(sql: string, rows: Cell[][]): void {
    if (rows.length === 0) return;
    const statement = this.#prepare(sql);
    for (const row of rows) statement.run(row);
  }

  /**
   * Compiles each statement once: with many small files, compiling would take longer than writing
   * the rows.
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
      this.#run(
        'INSERT OR REPLACE INTO resume_point (file_id, part, is_begun, position, state) VALUES (?, ?, 0, ?, ?)',
        [[part.fileId, part.part, part.resume.position, part.resume.state]],
      );
    }
    if (part.check !== null)
      this.#run('UPDATE file SET checked_bytes = bytes, content_check = ? WHERE id = ?', [[part.check, part.fileId]]);
    // Most files are UTF-8, the column's default.
    if (part.part === 0)
      this.#run('UPDATE file SET encoding = ? WHERE id = ? AND encoding <> ?', [
        [part.encoding, part.fileId, part.encoding],
      ]);
    if (part.failed) this.#run("UPDATE file SET state = 'failed' WHERE id = ?", [[part.fileId]]);
  }

  /**
   * Numbers the lines of a file once all its parts are read: each part begins where the one before
   * ends.
   */
  #finishFile(part: PartResult, pids: Set<number> | undefined): boolean {
    const parts = this.#partsOf.all(part.fileId);
    if (parts.some((row) => row.lines === null)) return false;
    let line = 0;
    for (const row of parts) {
      if (row.first_line === null && line > 0) this.#shiftEvents(part.fileId, row.unit_id, line);
      if (row.part > 0)
        this.#run('UPDATE part SET first_line = ? WHERE file_id = ? AND part = ?', [[line, part.fileId, row.part]]);
      line += row.lines ?? 0;
    }
    // A single part has its pids here; a query would scan the spans of all files.
    const all = parts.length === 1 ? [...(pids ?? [])] : this.#pidsOf.all(part.fileId);
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
   * Renumbers the lines of a later part, which count from the start of the part until the parts
   * before it are read.
   */
  #shiftEvents(fileId: number, unit: number, lines: number): void {
    for (const table of ['task_event', 'process_event', 'run_event', 'error_event', 'problem'])
      this.#run(`UPDATE ${table} SET line = line + ? WHERE unit_id = ? AND file_id = ?`, [[lines, unit, fileId]]);
    shiftTaskColumns(this.#db, unit, fileId, lines);
  }
}
