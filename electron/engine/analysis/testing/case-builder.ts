/** Small builders for tests: a case in memory and rows as ingest writes them. */
import type { ErrorEvent, ProcessEvent, RunEvent, SampleSeries, TaskEvent } from '../../formats/types.ts';
import type { WritableDb } from '../../store/open.ts';
import { openMemory } from '../../store/testing/open-memory.ts';

/** 2020-05-06T05:50:00Z in microseconds. */
export const T0 = 1_588_744_200_000_000;

/** Seconds after the start of the test's run, as microseconds since the epoch. */
export function t(seconds: number): number {
  return T0 + Math.round(seconds * 1e6);
}

interface FileOptions {
  kind?: string;
  node?: string | null;
  process?: string | null;
  firstUs?: number | null;
  lastUs?: number | null;
  bytes?: number;
  lines?: number;
}

/**
 * A case in memory; every method inserts what its name says and gives back what later calls need.
 */
export class CaseBuilder {
  readonly db: WritableDb = openMemory();
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

  task(
    fileId: number,
    event: Partial<TaskEvent> & Pick<TaskEvent, 'type' | 'miniBatchId'>,
  ): { fileId: number; line: number } {
    const line = event.line ?? ++this.#line;
    this.db
      .prepare(`INSERT INTO task_event VALUES (NULL, ${Array(21).fill('?').join(', ')}, 0)`)
      .run(
        fileId,
        line,
        event.source ?? 'worker_log',
        event.type,
        event.miniBatchId,
        event.dequeueCount ?? null,
        event.node ?? null,
        event.pid ?? null,
        event.process ?? null,
        event.atUs ?? null,
        event.startUs ?? null,
        event.durationSeconds ?? null,
        event.processSeconds ?? null,
        event.runMethodSeconds ?? null,
        event.total ?? null,
        event.succeeded ?? null,
        event.failed ?? null,
        event.status ?? null,
        event.error ?? null,
        event.inputs ?? null,
        1,
      );
    return { fileId, line };
  }

  process(fileId: number, event: Partial<ProcessEvent> & Pick<ProcessEvent, 'type'>): void {
    this.db
      .prepare('INSERT INTO process_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, NULL)')
      .run(
        fileId,
        event.line ?? ++this.#line,
        event.type,
        event.node ?? null,
        event.process ?? null,
        event.pid ?? null,
        event.atUs ?? null,
        event.exitCode ?? null,
        event.detail ?? null,
      );
  }

  span(fileId: number, node: string | null, process: string | null, pid: number, fromUs: number, toUs: number): void {
    this.db
      .prepare('INSERT INTO pid_span VALUES (?, ?, ?, ?, ?, ?, 10, 1, 0, NULL)')
      .run(fileId, node, process, pid, fromUs, toUs);
  }

  run(fileId: number, event: Partial<RunEvent> & Pick<RunEvent, 'type'>): { fileId: number; line: number } {
    const line = event.line ?? ++this.#line;
    this.db
      .prepare(`INSERT INTO run_event VALUES (${Array(16).fill('?').join(', ')}, 0, NULL)`)
      .run(
        fileId,
        line,
        event.type,
        event.atUs ?? null,
        event.node ?? null,
        event.name ?? null,
        event.value ?? null,
        event.message ?? null,
        event.scheduled ?? null,
        event.processed ?? null,
        event.total ?? null,
        event.items ?? null,
        event.itemsSucceeded ?? null,
        event.itemsFailed ?? null,
        event.errorThreshold ?? null,
        1,
      );
    return { fileId, line };
  }

  error(fileId: number, event: Partial<ErrorEvent> & Pick<ErrorEvent, 'message'>): { fileId: number; line: number } {
    const line = event.line ?? ++this.#line;
    this.db
      .prepare(`INSERT INTO error_event VALUES (${Array(15).fill('?').join(', ')}, 0, NULL)`)
      .run(
        fileId,
        line,
        event.lines ?? 1,
        event.atUs ?? null,
        event.node ?? null,
        event.pid ?? null,
        event.process ?? null,
        event.level ?? 4,
        JSON.stringify(event.chain ?? []),
        event.message,
        JSON.stringify(event.messages ?? []),
        JSON.stringify(event.userFrames ?? []),
        event.miniBatchId ?? null,
        event.head ?? null,
        1,
      );
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
      // As in a table with a header.
      lines: points.map((_, index) => index + 2),
    });
  }

  /** A series as a parser gives it. */
  samples(fileId: number, series: SampleSeries): void {
    const times = Float64Array.from(series.timesUs);
    const values = Float64Array.from(series.values);
    this.db
      .prepare(
        `INSERT INTO series (file_id, node, process, pid, metric, unit, counter, points, from_us, to_us, min, max, times, "values", lines, unit_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
      )
      .run(
        fileId,
        series.node,
        series.process,
        series.pid,
        series.metric,
        series.unit,
        series.counter ? 1 : 0,
        values.length,
        times[0] ?? 0,
        times.at(-1) ?? 0,
        Math.min(...values),
        Math.max(...values),
        Buffer.from(times.buffer),
        Buffer.from(values.buffer),
        Buffer.from(Int32Array.from(series.lines).buffer),
      );
  }
}
