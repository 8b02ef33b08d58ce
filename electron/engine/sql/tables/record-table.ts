/**
 * A record table is a public table that the store answers by itself: a SELECT over its tables, with
 * an expression for each public column.
 */
import type { SqlTable } from '../../../contract/sql-schema.ts';
import type { ReadableDb } from '../../store/open.ts';
import {
  type Cell,
  type Condition,
  type ConditionOp,
  cursorOver,
  type RowRequest,
  type RowSource,
} from './row-source.ts';

/**
 * The parts of a record table: a FROM clause, and an expression for each public column except
 * `run`.
 */
export interface RecordQuery {
  from: string;
  columns: Record<string, string>;
}

const operators: Partial<Record<ConditionOp, string>> = { eq: '=', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** Prepared statements by text. A statement that is still returning rows must not be reused. */
export class Statements {
  readonly #db: ReadableDb;
  readonly #known = new Map<string, Statement[]>();

  constructor(db: ReadableDb) {
    this.#db = db;
  }

  /** Returns a statement whose rows are arrays. */
  get(sql: string): Statement {
    const known = this.#known.get(sql) ?? [];
    const free = known.find((statement) => !statement.busy);
    if (free !== undefined) return free;
    const fresh = prepareRaw(this.#db, sql);
    this.#known.set(sql, [...known, fresh]);
    return fresh;
  }
}

type Statement = ReturnType<typeof prepareRaw>;

function prepareRaw(db: ReadableDb, sql: string) {
  return db.prepare<(string | number)[], Cell[]>(sql).raw();
}

/** `runId` fills the column `run`. */
export function recordTable(statements: Statements, table: SqlTable, query: RecordQuery, runId: string): RowSource {
  return {
    open({ conditions, isUsed }: RowRequest) {
      const values: (string | number)[] = [];
      const select = table.columns.map((column, index) => {
        if (!isUsed[index]) return 'NULL';
        if (column.name === 'run') {
          values.push(runId);
          return '?';
        }
        return expressionOf(query, column.name);
      });
      const where = conditions.flatMap((condition) => {
        const sql = conditionSql(query, condition);
        if (sql === null) return [];
        if (condition.value !== null) values.push(condition.value);
        return [sql];
      });
      const sql = `SELECT ${select.join(', ')} FROM ${query.from}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`;
      return cursorOver(statements.get(sql).iterate(...values));
    },
  };
}

function expressionOf(query: RecordQuery, column: string): string {
  const expression = query.columns[column];
  if (expression === undefined) throw new Error(`no expression for the column ${column}`);
  return expression;
}

/** Returns null if the store cannot use the condition. */
function conditionSql(query: RecordQuery, { column, op, value }: Condition): string | null {
  if (column === 'run') return null;
  const expression = expressionOf(query, column);
  if (op === 'null') return `${expression} IS NULL`;
  if (op === 'notnull') return `${expression} IS NOT NULL`;
  const operator = operators[op];
  return operator === undefined || value === null ? null : `${expression} ${operator} ?`;
}

const outcomeFile = 'LEFT JOIN file p ON p.id = a.picked_file_id LEFT JOIN file e ON e.id = a.finished_file_id';

/** Other names of nodes. Task events have nodes under the names in their lines. */
const nodeNames = `(SELECT json_extract(value, '$[0]') AS alias, json_extract(value, '$[1]') AS node
  FROM json_each(coalesce((SELECT value FROM run_info WHERE key = 'aliases'), '[]')))`;

/** The record tables over the store's schema. */
export const recordQueries = {
  processes: {
    from: 'process',
    columns: {
      node: 'node',
      process: 'process',
      pid: 'pid',
      start_time: 'start_us',
      end_time: 'end_us',
      exit_code: 'exit_code',
      init_seconds: 'init_seconds',
      attempts: 'attempts',
      succeeded: 'succeeded',
      failed: 'failed',
      busy_seconds: 'busy_seconds',
    },
  },
  mini_batches: {
    from: 'mini_batch',
    columns: {
      mini_batch: 'id',
      status: 'status',
      attempts: 'attempts',
      node: 'node',
      pid: 'pid',
      items: 'total',
      items_succeeded: 'succeeded',
      items_failed: 'failed',
      start_time: 'start_us',
      end_time: 'end_us',
      duration_seconds: 'duration_seconds',
    },
  },
  attempts: {
    from: `attempt a ${outcomeFile}`,
    columns: {
      mini_batch: 'a.mini_batch_id',
      attempt: 'a.attempt',
      node: 'a.node',
      pid: 'a.pid',
      process: 'a.process',
      start_time: 'a.start_us',
      end_time: 'a.end_us',
      duration_seconds: 'a.duration_seconds',
      process_seconds: 'a.process_seconds',
      run_method_seconds: 'a.run_method_seconds',
      items: 'a.total',
      items_succeeded: 'a.succeeded',
      items_failed: 'a.failed',
      outcome: 'a.outcome',
      error: 'a.error',
      file: 'p.path',
      line: 'a.picked_line',
      end_file: 'e.path',
      end_line: 'a.finished_line',
    },
  },
  events: {
    from: `(
      SELECT t.at_us AS time, 'task' AS source, t.type, coalesce(n.node, t.node) AS node, t.process, t.pid, t.mini_batch_id AS mini_batch, t.status,
        t.duration_seconds AS value, t.error AS message, f.path AS file, t.line FROM task_event t JOIN file f ON f.id = t.file_id
        LEFT JOIN ${nodeNames} n ON n.alias = t.node
      UNION ALL
      SELECT p.at_us, 'process', p.type, p.node, p.process, p.pid, NULL, NULL, p.exit_code, p.detail, f.path, p.line
        FROM process_event p JOIN file f ON f.id = p.file_id
      UNION ALL
      SELECT r.at_us, 'run', r.type, r.node, NULL, NULL, NULL, r.name, coalesce(r.value, r.processed), r.message, f.path, r.line
        FROM run_event r JOIN file f ON f.id = r.file_id)`,
    columns: {
      time: 'time',
      source: 'source',
      type: 'type',
      node: 'node',
      process: 'process',
      pid: 'pid',
      mini_batch: 'mini_batch',
      status: 'status',
      value: 'value',
      message: 'message',
      file: 'file',
      line: 'line',
    },
  },
  files: {
    from: 'file',
    columns: {
      file: 'path',
      kind: 'kind',
      format: 'format',
      generation: 'generation',
      node: 'node',
      process: 'process',
      pid: 'pid',
      bytes: 'bytes',
      lines: 'lines',
      start_time: 'first_us',
      end_time: 'last_us',
      errors: 'errors',
      warnings: 'warnings',
    },
  },
} satisfies Record<string, RecordQuery>;
