/**
 * The samples of all series, one row per value. The store has each series as columns of numbers.
 */
import type { SqlTable } from '../../../contract/sql-schema.ts';
import type { ReadableDb } from '../../store/open.ts';
import { type RowOf, selectRows } from '../../store/select.ts';
import type { Cell, Condition, RowCursor, RowRequest, RowSource } from './row-source.ts';

const seriesColumns = {
  path: 'text',
  node: 'text',
  process: 'text?',
  pid: 'number?',
  metric: 'text',
  unit: 'text',
  times: 'bytes',
  values: 'bytes',
  lines: 'bytes',
} as const;
type SeriesRow = RowOf<typeof seriesColumns>;

const SELECT = `SELECT f.path, s.node, s.process, s.pid, s.metric, s.unit, s.times, s."values", s.lines
  FROM series s JOIN file f ON f.id = s.file_id`;
const expressions: Record<string, string> = {
  node: 's.node',
  process: 's.process',
  pid: 's.pid',
  metric: 's.metric',
  unit: 's.unit',
  file: 'f.path',
};

/**
 * Conditions on the properties of a series select series. Conditions on time cut a series at both
 * ends, because its times ascend.
 */
export function samplesTable(db: ReadableDb, table: SqlTable, runId: string): RowSource {
  return {
    open({ conditions }: RowRequest) {
      const values: (string | number)[] = [];
      const where: string[] = [];
      for (const { column, op, value } of conditions) {
        const expression = expressions[column];
        if (expression !== undefined && op === 'eq' && value !== null) {
          where.push(`${expression} = ?`);
          values.push(value);
        } else if (expression !== undefined && op === 'null') where.push(`${expression} IS NULL`);
      }
      const { from, to } = timeBounds(conditions);
      if (from > Number.NEGATIVE_INFINITY) {
        where.push('s.to_us >= ?');
        values.push(from);
      }
      if (to < Number.POSITIVE_INFINITY) {
        where.push('s.from_us <= ?');
        values.push(to);
      }
      const sql = `${SELECT}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`} ORDER BY s.id`;
      return new SampleCursor(selectRows(db, sql, seriesColumns).iterate(...values), table, runId, from, to);
    },
  };
}

/**
 * Returns the smallest inclusive range of times, in microseconds, with all times that the
 * conditions let through.
 */
export function timeBounds(conditions: readonly Condition[]): { from: number; to: number } {
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  for (const { column, op, value } of conditions) {
    if (column !== 'time' || typeof value !== 'number') continue;
    if (op === 'eq' || op === 'ge' || op === 'gt') from = Math.max(from, value);
    if (op === 'eq' || op === 'le' || op === 'lt') to = Math.min(to, value);
  }
  return { from, to };
}

class SampleCursor implements RowCursor {
  readonly #series: IterableIterator<SeriesRow>;
  readonly #runId: string;
  readonly #from: number;
  readonly #to: number;
  readonly #columns: string[];
  #row: SeriesRow | null = null;
  #times = new Float64Array(0);
  #values = new Float64Array(0);
  #lines = new Int32Array(0);
  #index = 0;

  constructor(series: IterableIterator<SeriesRow>, table: SqlTable, runId: string, from: number, to: number) {
    this.#series = series;
    this.#runId = runId;
    this.#from = from;
    this.#to = to;
    this.#columns = table.columns.map((column) => column.name);
  }

  next(): boolean {
    for (;;) {
      this.#index++;
      while (this.#index < this.#times.length && (this.#times[this.#index] as number) < this.#from) this.#index++;
      if (this.#index < this.#times.length && (this.#times[this.#index] as number) <= this.#to) return true;
      const step = this.#series.next();
      if (step.done) return false;
      const row = step.value;
      this.#row = row;
      this.#times = new Float64Array(copied(row.times));
      this.#values = new Float64Array(copied(row.values));
      this.#lines = new Int32Array(copied(row.lines));
      this.#index = -1;
    }
  }

  close(): void {
    this.#series.return?.();
  }

  cell(column: number): Cell {
    const row = this.#row;
    if (row === null) return null;
    switch (this.#columns[column]) {
      case 'run':
        return this.#runId;
      case 'time':
        return this.#times[this.#index] ?? null;
      case 'value':
        return numberOrNull(this.#values[this.#index]);
      case 'line':
        return this.#lines[this.#index] ?? null;
      case 'file':
        return row.path;
      case 'node':
        return row.node;
      case 'process':
        return row.process;
      case 'pid':
        return row.pid;
      case 'metric':
        return row.metric;
      case 'unit':
        return row.unit;
      default:
        return null;
    }
  }
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** Copies bytes into their own aligned buffer, so that typed arrays can view them. */
function copied(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
