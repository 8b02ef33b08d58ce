/**
 * The public tables, which SQL over a run and exported data sets share. Names and meanings are
 * stable: columns may be added, never renamed or removed without a new {@link SQL_SCHEMA_VERSION}.
 * How the store keeps them is its own affair.
 */
export const SQL_SCHEMA_VERSION = 1;

/**
 * `time` is ISO 8601 in UTC (`2020-05-06T05:50:12.345Z`) in SQL text, and a timestamp of
 * microseconds in exports. `integer` and `real` have 64 bits. Unknown values are NULL.
 */
type SqlType = 'text' | 'integer' | 'real' | 'time';

export interface SqlColumn {
  name: string;
  type: SqlType;
  about: string;
}

export interface SqlTable {
  name: string;
  about: string;
  columns: readonly SqlColumn[];
}

const column = (name: string, type: SqlType, about: string): SqlColumn => ({ name, type, about });
const run = column('run', 'text', 'id of the run');
const node = column('node', 'text', 'name of the node');
const process = column('process', 'text', 'name of the worker process, as its log file has it; can be used again');
const pid = column('pid', 'integer', 'process id');
const miniBatch = column('mini_batch', 'text', 'id of the mini-batch');
const file = column('file', 'text', "path of the file, relative to the run's root");
const line = column('line', 'integer', 'number of the line, from 1');
const time = column('time', 'time', 'when');

export const sqlTables = [
  {
    name: 'runs',
    about: 'A run: how it ended and why.',
    columns: [
      run,
      column('name', 'text', 'name that the logs give the run, else that of the zip or folder'),
      column('source', 'text', 'path of the zip or folder'),
      column('generation', 'text', 'generation of the log layout'),
      column('status', 'text', 'succeeded, failed, cancelled, running or unknown'),
      column('message', 'text', 'what the run says of its end'),
      column('start_time', 'time', 'start of the run'),
      column('end_time', 'time', 'end of the run'),
      column('duration_seconds', 'real', 'how long it took'),
      column('nodes', 'integer', 'nodes that worked'),
      column('processes', 'integer', 'worker processes'),
      column('mini_batches', 'integer', 'mini-batches that were scheduled'),
      column('mini_batches_succeeded', 'integer', 'mini-batches that succeeded'),
      column('mini_batches_failed', 'integer', 'mini-batches that failed or timed out'),
      column('mini_batches_unfinished', 'integer', 'mini-batches without an end'),
      column('mini_batches_retried', 'integer', 'mini-batches with more than one attempt'),
      column('items', 'integer', 'items of all mini-batches'),
      column('items_succeeded', 'integer', 'items that succeeded'),
      column('items_failed', 'integer', 'items that failed'),
      column('error_threshold', 'integer', 'items that may fail; -1: any number'),
      column('cause_kind', 'text', 'kind of the root cause'),
      column('cause_confidence', 'text', 'certain, likely or possible'),
      column('cause_message', 'text', 'root cause in words'),
      column('cause_node', 'text', 'node of the root cause'),
      column('cause_pid', 'integer', 'process of the root cause'),
      column('cause_mini_batch', 'text', 'mini-batch of the root cause'),
      column('cause_exception', 'text', 'class of the exception behind it'),
      column('fingerprint', 'text', 'equal for runs that ended in the same way for the same cause'),
      column('files', 'integer', 'files in the download'),
      column('lines', 'integer', 'lines of all files'),
      column('bytes', 'integer', 'bytes of all files'),
      column('problems', 'integer', 'what could not be read or understood'),
      column('content', 'text', 'hash over the names and sizes of the files: what the run was read from'),
    ],
  },
  {
    name: 'nodes',
    about: 'A machine of the run.',
    columns: [
      run,
      node,
      column('aliases', 'text', 'what else the logs call it, JSON'),
      column('processes', 'integer', 'worker processes on it'),
      column('mini_batches', 'integer', 'mini-batches that it had in hand'),
      column('failed', 'integer', 'of these failed'),
      column('files', 'integer', 'log files of the node'),
      column('bytes', 'integer', 'bytes of these'),
      column('start_time', 'time', 'first time in them'),
      column('end_time', 'time', 'last time in them'),
    ],
  },
  {
    name: 'processes',
    about: 'A worker process: known by node and pid.',
    columns: [
      run,
      node,
      process,
      pid,
      column('start_time', 'time', 'when it started'),
      column('end_time', 'time', 'when it ended'),
      column('exit_code', 'integer', 'its exit code'),
      column('init_seconds', 'real', 'how long init() took'),
      column('attempts', 'integer', 'mini-batches that it picked up'),
      column('succeeded', 'integer', 'of these succeeded'),
      column('failed', 'integer', 'of these failed'),
      column('busy_seconds', 'real', 'time within attempts'),
    ],
  },
  {
    name: 'mini_batches',
    about: 'A mini-batch, with the figures of the attempt that decided how it ended.',
    columns: [
      run,
      miniBatch,
      column('status', 'text', 'succeeded, partial, failed, timed_out or unfinished'),
      column('attempts', 'integer', 'how often it was picked up'),
      node,
      pid,
      column('items', 'integer', 'items in it'),
      column('items_succeeded', 'integer', 'items that succeeded'),
      column('items_failed', 'integer', 'items that failed'),
      column('start_time', 'time', 'start of the deciding attempt'),
      column('end_time', 'time', 'end of it'),
      column('duration_seconds', 'real', 'how long it took'),
    ],
  },
  {
    name: 'attempts',
    about: 'One attempt at a mini-batch by a process.',
    columns: [
      run,
      miniBatch,
      column('attempt', 'integer', 'from 1, in time order'),
      node,
      pid,
      process,
      column('start_time', 'time', 'when it was picked up'),
      column('end_time', 'time', 'when it ended'),
      column('duration_seconds', 'real', 'how long it took'),
      column('process_seconds', 'real', 'time in the process'),
      column('run_method_seconds', 'real', 'time within run()'),
      column('items', 'integer', 'items handed over'),
      column('items_succeeded', 'integer', 'items that succeeded'),
      column('items_failed', 'integer', 'items that failed'),
      column('outcome', 'text', 'succeeded, partial, failed, timed_out or unfinished'),
      column('error', 'text', 'what it failed with'),
      file,
      line,
      column('end_file', 'text', 'file that tells its end'),
      column('end_line', 'integer', 'line that tells its end'),
    ],
  },
  {
    name: 'events',
    about: 'What a line says happened, as it was read: to a task (mini-batch), a process or the run.',
    columns: [
      run,
      time,
      column('source', 'text', 'task, process or run'),
      column('type', 'text', 'what happened'),
      node,
      process,
      pid,
      miniBatch,
      column('status', 'text', 'status or name that it gives'),
      column('value', 'real', 'number that it gives: seconds, exit code, mini-batches processed'),
      column('message', 'text', 'its words'),
      file,
      line,
    ],
  },
  {
    name: 'samples',
    about: 'A measured value of a node or process: CPU, memory, disk, network.',
    columns: [
      run,
      time,
      node,
      process,
      pid,
      column('metric', 'text', 'cpu_percent, memory_used …'),
      column('unit', 'text', 'of the value'),
      column('value', 'real', 'as logged; of a counter the count'),
      file,
      line,
    ],
  },
  {
    name: 'files',
    about: 'A file of the download.',
    columns: [
      run,
      file,
      column('kind', 'text', 'what it is for: progress, driver, master, worker, user, issues, tasks, resources …'),
      column('format', 'text', 'row of the formats registry that knows it'),
      column('generation', 'text', 'generation of the log layout'),
      node,
      process,
      pid,
      column('bytes', 'integer', 'its size'),
      column('lines', 'integer', 'its lines'),
      column('start_time', 'time', 'first time in it'),
      column('end_time', 'time', 'last time in it'),
      column('errors', 'integer', 'lines of level error or critical'),
      column('warnings', 'integer', 'lines of level warning'),
    ],
  },
  {
    name: 'lines',
    about: 'Every line of every file. Conditions on its columns, and MATCH, LIKE, GLOB, REGEXP on text, use the index.',
    columns: [
      run,
      file,
      line,
      column('time', 'time', 'its own time, else that of the last dated line before it in the file'),
      column('own_time', 'integer', '1 where the time is its own'),
      column('level', 'text', 'debug, info, warning, error, critical; NULL for a line without one'),
      node,
      process,
      pid,
      column('mini_batch', 'text', 'mini-batch that its process had in hand, or that the line names'),
      column('kind', 'text', 'kind of the file'),
      column('text', 'text', 'the line without its end'),
    ],
  },
  {
    name: 'errors',
    about: 'A traceback or error line.',
    columns: [
      run,
      time,
      node,
      process,
      pid,
      miniBatch,
      column('level', 'text', 'error or critical'),
      column('exception', 'text', 'class of the exception; NULL for a plain line'),
      column('message', 'text', 'its message'),
      column('error_group', 'text', 'id of its error group'),
      column('lines', 'integer', 'how many lines it covers'),
      column('frames', 'text', "frames of the user's own code, JSON, outermost first"),
      file,
      line,
    ],
  },
  {
    name: 'error_groups',
    about: 'The same error wherever it stands; the id is the same in every run.',
    columns: [
      run,
      column('error_group', 'text', 'stable id'),
      column('role', 'text', 'primary, follow_on, noise or other'),
      column('grouped_by', 'text', 'traceback or template'),
      column('exception', 'text', 'class of the exception; NULL for plain lines'),
      column('template', 'text', 'message with its variable parts masked'),
      column('level', 'text', 'error or critical'),
      column('count', 'integer', 'all places, copies in several logs counted each'),
      column('occurrences', 'integer', 'the same without copies'),
      column('first_time', 'time', 'first seen'),
      column('last_time', 'time', 'last seen'),
      column('nodes', 'integer', 'nodes that had it'),
      column('mini_batches', 'integer', 'mini-batches that had it'),
      file,
      line,
    ],
  },
  {
    name: 'findings',
    about: 'What analysis found, one row for each line of evidence.',
    columns: [
      run,
      column('finding', 'integer', 'number of the finding, from 1'),
      column('kind', 'text', 'what was found'),
      column('confidence', 'text', 'certain, likely or possible'),
      column('message', 'text', 'in words'),
      column('is_observation', 'integer', '1 where nothing went wrong'),
      file,
      line,
    ],
  },
  {
    name: 'testimony',
    about: 'What the logs say of how the run ended, the statement that decided first.',
    columns: [
      run,
      column(
        'witness',
        'text',
        'who says it: platform, driver, job_result, master, overview, worker, user_code, error_list',
      ),
      column('claims', 'text', 'succeeded, failed, cancelled or running'),
      column('role', 'text', 'cause, consequence, pointer or ending'),
      column('decided', 'integer', '1 where the verdict rests on it'),
      column('overridden', 'integer', '1 where the verdict says something else'),
      time,
      column('message', 'text', 'what it says'),
      file,
      line,
    ],
  },
] as const satisfies readonly SqlTable[];

export type SqlTableName = (typeof sqlTables)[number]['name'];
export const sqlTableNames = sqlTables.map((table) => table.name);

/** SQL functions in addition to SQLite's own. */
export const sqlFunctions = [
  { name: 'template', usage: 'template(text)', about: 'text with its variable parts masked: <number>, <path>, <id> …' },
  {
    name: 'seconds',
    usage: 'seconds(time)',
    about: 'seconds since 1970 with a fraction; seconds(a) - seconds(b) is a duration',
  },
  { name: 'percentile', usage: 'percentile(value, p)', about: 'aggregate: the p-th percentile, p from 0 to 100' },
  { name: 'median', usage: 'median(value)', about: 'aggregate: the 50th percentile' },
] as const;

/**
 * Returns the public tables as CREATE TABLE statements with comments, as `postrun sql --schema`
 * prints them.
 */
export function sqlSchemaText(): string {
  const sqlType = { text: 'TEXT', integer: 'INTEGER', real: 'REAL', time: 'TEXT' };
  const tables = sqlTables.map((table) => {
    const widest = Math.max(...table.columns.map((each) => each.name.length + sqlType[each.type].length + 2));
    const rows = table.columns.map((each, index) => {
      const end = index === table.columns.length - 1 ? '' : ',';
      const note = each.type === 'time' ? `${each.about} (time)` : each.about;
      return `  ${`${each.name} ${sqlType[each.type]}${end}`.padEnd(widest)} -- ${note}`;
    });
    return `-- ${table.about}\nCREATE TABLE ${table.name} (\n${rows.join('\n')}\n);`;
  });
  const functions = sqlFunctions.map((each) => `-- ${each.usage.padEnd(22)} ${each.about}`);
  const head = `-- Schema version ${SQL_SCHEMA_VERSION}. Times are ISO 8601 in UTC and compare as such ('2020-05-06 05:50' works too); unknown is NULL.`;
  return `${[head, ...tables, `-- Functions besides SQLite's own:\n${functions.join('\n')}`].join('\n\n')}\n`;
}
