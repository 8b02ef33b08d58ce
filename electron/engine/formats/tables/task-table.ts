/**
 * The parsers of task tables. They find columns by name, because builds differ in which columns
 * they write and in what order (README.md#task-tables).
 */
import { processEvent, runEvent, taskEvent } from '../events.ts';
import type { FileContext, ProcessEvent, RecordSink, TableParser, TaskEvent } from '../types.ts';
import { normalName } from '../values.ts';
import { emptyTask, setTaskField, type TaskFields, taskField, taskType, withoutFigures } from './task-fields.ts';

interface Column {
  field: keyof TaskFields;
  /**
   * The table of overridden tasks has two sets of columns; this one belongs to the prior attempt.
   */
  prior: boolean;
}

type Row = { task: TaskFields; prior: TaskFields };

function createColumns(header: readonly string[]): (Column | null)[] {
  return header.map((name) => {
    const plain = normalName(name);
    const prior = plain.startsWith('prior');
    const field = taskField(prior ? plain.slice(5) : plain);
    return field ? { field, prior } : null;
  });
}

/**
 * Reports, once for each name, that a row names its node twice: by an address and in the name of
 * the process.
 */
function createNodeTeller(context: FileContext): (task: TaskFields, line: number, sink: RecordSink) => void {
  const told = new Set<string>();
  return (task, line, sink) => {
    const node = context.node ?? task.node;
    for (const name of [task.node, task.processNode]) {
      if (node === null || name === null || name === node || told.has(`${node} ${name}`)) continue;
      told.add(`${node} ${name}`);
      sink.run(runEvent({ line, type: 'node_joined', node, name, atUs: task.startUs }));
    }
  };
}

/**
 * Creates a reader of rows that takes the first row as the header, skips repetitions of it, and
 * reports rows that do not fit it.
 */
function createReader(what: string): (cells: string[], line: number, sink: RecordSink) => Row | null {
  let header: string | null = null;
  let columns: (Column | null)[] = [];
  return (cells, line, sink) => {
    if (cells.every((cell) => cell.trim() === '')) return null;
    const joined = cells.map(normalName).join();
    if (header === null) {
      header = joined;
      columns = createColumns(cells);
      if (!columns.some((column) => column?.field === 'id')) {
        sink.problem('unrecognised', `${what}: no column of mini-batch ids`, line);
      }
      return null;
    }
    if (joined === header) return null;
    // An unquoted comma in an error message makes more cells than columns; the extra ones belong to
    // the last column.
    const last = columns.length - 1;
    const surplus = cells.length > columns.length && columns[last]?.field === 'error';
    if (cells.length < columns.length || (cells.length > columns.length && !surplus)) {
      sink.problem('damaged', `rows of ${what} have another number of cells than its header`, line);
      return null;
    }
    const row: Row = { task: emptyTask(), prior: emptyTask() };
    for (const [index, column] of columns.entries()) {
      if (!column) continue;
      const value = surplus && index === last ? cells.slice(last).join(',') : cells[index];
      setTaskField(column.prior ? row.prior : row.task, column.field, value);
    }
    return row;
  };
}

function emit(
  context: FileContext,
  line: number,
  source: TaskEvent['source'],
  type: TaskEvent['type'],
  task: TaskFields,
  sink: RecordSink,
  more: Partial<TaskEvent> = {},
): void {
  if (task.id === null) return;
  const started = task.startUs;
  const ended =
    started !== null && task.durationSeconds !== null ? started + Math.round(task.durationSeconds * 1e6) : started;
  const picked = type === 'picked' || type === 'sent';
  // The row of a pick-up has zeros in place of the figures.
  const { processNode, ...said } = picked ? withoutFigures(task) : task;
  sink.task(
    taskEvent({
      ...said,
      line,
      source,
      type,
      miniBatchId: task.id,
      node: context.node ?? task.node ?? processNode,
      process: task.process ?? context.process,
      atUs: picked ? started : ended,
      failed: picked ? null : (task.failed ?? difference(task)),
      ...more,
    }),
  );
}

function difference(task: TaskFields): number | null {
  return task.total !== null && task.succeeded !== null ? Math.max(0, task.total - task.succeeded) : null;
}

const processTypes: ReadonlyMap<string, ProcessEvent['type']> = new Map(
  Object.entries({
    INIT_START: 'init_started',
    INIT_DONE: 'init_done',
    INIT_EXCEPTION: 'init_failed',
    INIT_TIMEOUT: 'init_timed_out',
    RUN_EXCEPTION: 'run_failed',
    RUN_TIMEOUT: 'run_timed_out',
  } satisfies Record<string, ProcessEvent['type']>),
);

/**
 * Parses `Process-N.task.csv`: the tasks that one process picked and processed, and the steps of
 * its init() and run() in rows without an id (README.md#task-tables).
 */
export function createProcessTaskTable(context: FileContext): TableParser {
  const read = createReader('a task table');
  const tellNode = createNodeTeller(context);
  let open: TaskFields | null = null;
  return {
    row(cells, line, sink) {
      const row = read(cells, line, sink);
      if (!row) return;
      const { task } = row;
      tellNode(task, line, sink);
      const type = taskType(task.status);
      const step = processTypes.get(task.status ?? '');
      if (task.id === null) {
        if (step) {
          sink.process(
            processEvent({
              line,
              type: step,
              node: context.node,
              process: context.process,
              pid: task.pid,
              atUs: task.startUs,
              detail: task.error,
            }),
          );
        }
        // A process has one task at a time, so what run() did applies to the one it had picked.
        if (open && (type === 'failed' || type === 'timed_out')) {
          emit(
            context,
            line,
            'task_table',
            type,
            { ...open, status: task.status, error: task.error, startUs: open.startUs },
            sink,
            {
              atUs: task.startUs ?? open.startUs,
            },
          );
          open = null;
        }
        return;
      }
      if (type === null) {
        sink.problem('unrecognised', 'rows of a task table have a status that is not known', line);
        return;
      }
      emit(context, line, 'task_table', type, task, sink);
      open = type === 'picked' ? withoutFigures(task) : null;
    },
  };
}

/**
 * Parses the run's reports: `processed_tasks.csv`, `pending_tasks.csv`, `override_tasks.csv` and
 * `processed_mini-batches.csv` (README.md#task-tables). Without a status column, the table's name
 * says what its rows are.
 */
export function createReportTable(context: FileContext): TableParser {
  const pending = context.format === 'prs1.pending-tasks';
  const read = createReader('a task report');
  const tellNode = createNodeTeller(context);
  return {
    row(cells, line, sink) {
      const row = read(cells, line, sink);
      if (!row) return;
      const { task, prior } = row;
      tellNode(task, line, sink);
      if (prior.id !== null) emit(context, line, 'report', 'processed', prior, sink);
      const status = taskType(task.status);
      // A pending task without a start was never picked up.
      const type =
        status ?? (pending ? (task.startUs === null ? 'sent' : 'picked') : task.status === null ? 'processed' : null);
      if (type === null) {
        if (task.id !== null)
          sink.problem('unrecognised', 'rows of a task report have a status that is not known', line);
        return;
      }
      emit(context, line, 'report', type, task, sink);
    },
  };
}
