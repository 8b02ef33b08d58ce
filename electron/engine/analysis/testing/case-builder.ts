/** Builds small cases for tests: a case in memory, with rows as ingest writes them. */
import type { ErrorEvent, ProcessEvent, RunEvent, SampleSeries, TaskEvent } from '../../formats/types.ts';
import {
  errorInsert,
  type Insert,
  pidSpanInsert,
  processInsert,
  runInsert,
  seriesInsert,
  sortedSeries,
  taskInsert,
} from '../../store/inserts.ts';
import type { WritableDb } from '../../store/open.ts';
import { openMemory } from '../../store/testing/open-memory.ts';

/** 2020-05-06T05:50:00Z in microseconds. */
export const T0 = 1_588_744_200_000_000;

/** Converts seconds after the start of the test's run into microseconds since the epoch. */
export function t(seconds: number): number {
  return T0 + Math.round(seconds * 1e6);
}

/** The unit of all rows. */
const UNIT = 1;

const BLANK_TASK = {
  ...{ source: 'worker_log', dequeueCount: null, node: null, pid: null, process: null, atUs: null, startUs: null },
  ...{ durationSeconds: null, processSeconds: null, runMethodSeconds: null, total: null, succeeded: null },
  ...{ failed: null, status: null, error: null, inputs: null },
} as const;
const BLANK_PROCESS = { node: null, process: null, pid: null, atUs: null, exitCode: null, detail: null } as const;
const BLANK_RUN = {
  ...{ atUs: null, node: null, name: null, value: null, message: null, scheduled: null, processed: null, total: null },
  ...{ items: null, itemsSucceeded: null, itemsFailed: null, errorThreshold: null },
} as const;
const BLANK_ERROR = {
  ...{ lines: 1, atUs: null, node: null, pid: null, process: null, level: 4, chain: [], messages: [] },
  ...{ userFrames: [], miniBatchId: null, head: null },
};

interface FileOptions {
  kind?: string;
  node?: string | null;
  process?: string | null;
  firstUs?: number | null;
  lastUs?: number | null;
  bytes?: number;
  lines?: number;
}

/** A case in memory. Each method inserts what its name says and returns what later calls need. */
export class CaseBuilder {
  readonly db: WritableDb = openMemory();
  /** What runs each insert, by its SQL. Preparing one takes longer than running it. */
  readonly #inserts = new Map<string, (cells: unknown[]) => void>();
  #files = 0;
  #line = 0;

  file(path: string, options: FileOptions = {}): number {
    this.db
      .prepare(
        `INSERT INTO file (id, path, kind, format, generation, node, process, shape, priority, bytes, lines, first_us, last_us, state)
         VALUES (?, ?, ?, 'test', '1', ?, ?, 'lines', 0, ?, ?, ?, ?, 'indexed')`,
      )
      .run(
        ++this.#files,
        path,
        options.kind ?? 'worker',
        options.node ?? null,
        options.process ?? null,
        options.bytes ?? 100,
        options.lines ?? 10,
        options.firstUs ?? null,
        options.lastUs ?? null,
      );
    return this.#files;
  }

  #put<Row>(insert: Insert<Row>, row: Row): void {
    let run = this.#inserts.get(insert.sql);
    if (run === undefined) {
      const statement = this.db.prepare(insert.sql);
      run = (cells) => statement.run(...cells);
      this.#inserts.set(insert.sql, run);
    }
    run(insert.cells(row, UNIT));
  }

  task(
    fileId: number,
    event: Partial<TaskEvent> & Pick<TaskEvent, 'type' | 'miniBatchId'>,
  ): { fileId: number; line: number } {
    const line = event.line ?? ++this.#line;
    this.#put(taskInsert, [fileId, { ...BLANK_TASK, ...event, line }, false]);
    return { fileId, line };
  }

  process(fileId: number, event: Partial<ProcessEvent> & Pick<ProcessEvent, 'type'>): void {
    const line = event.line ?? ++this.#line;
    this.#put(processInsert, [fileId, { ...BLANK_PROCESS, ...event, line }, false]);
  }

  span(fileId: number, node: string | null, process: string | null, pid: number, fromUs: number, toUs: number): void {
    this.#put(pidSpanInsert, { fileId, node, process, pid, fromUs, toUs, lines: 10, isTail: false });
  }

  run(fileId: number, event: Partial<RunEvent> & Pick<RunEvent, 'type'>): { fileId: number; line: number } {
    const line = event.line ?? ++this.#line;
    this.#put(runInsert, [fileId, { ...BLANK_RUN, ...event, line }, false]);
    return { fileId, line };
  }

  error(fileId: number, event: Partial<ErrorEvent> & Pick<ErrorEvent, 'message'>): { fileId: number; line: number } {
    const line = event.line ?? ++this.#line;
    this.#put(errorInsert, [fileId, { ...BLANK_ERROR, ...event, line }, false]);
    return { fileId, line };
  }

  series(
    fileId: number,
    node: string,
    metric: string,
    points: [seconds: number, value: number][],
    who: { process?: string | null; pid?: number | null; unit?: string; counter?: boolean } = {},
  ): void {
    this.samples(fileId, {
      ...{ node, metric, process: who.process ?? null, pid: who.pid ?? null },
      ...{ unit: who.unit ?? 'percent', counter: who.counter === true },
      timesUs: points.map(([seconds]) => t(seconds)),
      values: points.map(([, value]) => value),
      // Line 1 is the header of the table.
      lines: points.map((_, index) => index + 2),
    });
  }

  /** Inserts a series as a parser returns it. */
  samples(fileId: number, series: SampleSeries): void {
    this.#put(seriesInsert, sortedSeries(fileId, series));
  }
}
