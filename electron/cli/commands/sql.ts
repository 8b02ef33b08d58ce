/** The command `sql` answers a SELECT over the public tables of one or more runs. */
import { type Command, InvalidArgumentError } from 'commander';
import { PostrunError } from '../../contract/errors.ts';
import {
  type SqlCell,
  type SqlRead,
  type SqlResultColumn,
  type SqlState,
  uniqueNames,
} from '../../contract/sql-records.ts';
import { sqlSchemaText } from '../../contract/sql-schema.ts';
import { addCaseOptions, parsePositive } from '../case-options.ts';
import { usageError } from '../errors.ts';
import { exitStatus, type Io } from '../io.ts';
import type { Output } from '../output.ts';
import { pagesOf, printRows, type RowPrinter } from '../print-rows.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, type Session, withCase, withEngine } from '../session.ts';
import { writeParquet } from '../sql-parquet.ts';

interface SqlOptions extends CaseOptions {
  schema?: boolean;
  parquet?: boolean;
  output?: string;
  all?: boolean;
  explain?: boolean;
  timeout: number;
}

const NO_LIMIT = 1_000_000_000;
const WHOLE_TEXT = 100_000_000;

const help = `
SQL is SQLite's, over the tables that --schema prints: runs, nodes, processes, mini_batches, attempts, events, samples, files, lines, errors,
error_groups, findings, testimony. It only reads. Conditions on the columns of lines use the index, and so do:
  text MATCH 'timeout -retry'      the query language of postrun search
  text LIKE '%out of memory%'      text GLOB '*Error*'      text REGEXP 'batch \\d+ failed'
EXPLAIN SELECT … runs the query and says how much of the logs it read.
Several runs are asked together: postrun sql A.zip B.zip "SELECT run, count(*) FROM errors GROUP BY run".

Examples:
  postrun sql logs.zip "SELECT node, avg(duration_seconds) FROM attempts GROUP BY node"
  postrun sql logs.zip "SELECT file, line, text FROM lines WHERE text MATCH 'KeyError' AND node = '10.0.0.4'" --csv`;

export function addSqlCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('sql')
    .argument('<path...>', 'runs (a folder, a .zip or a case), and last the SQL; not with --schema')
    .description('ask the run in SQL');
  addCaseOptions(command, { csv: true })
    .option('--all', 'every run below the paths, as postrun runs finds them')
    .option('--parquet', 'write a Parquet file, named by -o')
    .option('-o, --output <file>', 'file for --parquet')
    .option('--schema', 'print the tables and their columns')
    .option('--explain', 'also say on standard error how much was read')
    .option('--timeout <seconds>', 'stop the query after so long', parseSeconds, 300)
    .addHelpText('after', help)
    .action((words: string[], options: SqlOptions) =>
      run(async ({ io, out }) => {
        if (options.schema) {
          await out.write(sqlSchemaText());
          return exitStatus.done;
        }
        if ((options.parquet ?? false) !== (options.output !== undefined)) {
          throw usageError('A Parquet file needs a name, and -o is for such a file: --parquet -o FILE.');
        }
        const sql = words.at(-1) ?? '';
        const [path, ...others] = words.slice(0, -1);
        if (path === undefined) throw usageError('The SQL is missing. Write: postrun sql PATH "SELECT …".');
        if (options.all) return askAll(io, out, words.slice(0, -1), sql, options);
        return withCase(io, out, path, options, async (session) => {
          const caseIds = [session.caseId];
          for (const other of others) caseIds.push((await session.open(other)).caseId);
          return ask(session, caseIds, sql, options, (text) => io.stderr.write(text));
        });
      }),
    );
}

/** Queries every run below some folders together. */
function askAll(io: Io, out: Output, paths: string[], sql: string, options: SqlOptions): Promise<number> {
  return withEngine(io, options, async ({ client, open, signal }) => {
    const caseIds: string[] = [];
    for (const { path } of await client.call('runs.find', { paths }, { signal })) {
      for (const { caseId } of await open(path)) caseIds.push(caseId);
    }
    if (caseIds.length === 0) throw usageError('There is no run below these paths.');
    return ask({ client, out, signal }, caseIds, sql, options, (text) => io.stderr.write(text));
  });
}

function parseSeconds(value: string): number {
  const seconds = parsePositive(value);
  if (seconds > 86_400) throw new InvalidArgumentError('At most 86400 seconds.');
  return seconds;
}

async function ask(
  session: Pick<Session, 'client' | 'out' | 'signal'>,
  caseIds: string[],
  sql: string,
  options: SqlOptions,
  say: (text: string) => void,
): Promise<number> {
  const { client, out, signal } = session;
  const limits = { maxSeconds: options.timeout, maxRows: NO_LIMIT };
  const started = await client.call('sql.start', { caseIds, sql, ...limits }, { signal });
  const { queryId } = started;
  try {
    // Waits for all rows, so that an error on the way prints one line instead of half a document.
    const state = await waitUntilComplete(session, started);
    const fetch = async (start: number, count: number) =>
      (await client.call('sql.rows', { queryId, start, count, maxChars: WHOLE_TEXT }, { signal })).rows;
    if (options.parquet) await writeParquet(options.output ?? '', state, fetch);
    else await printRows(out, options, printerOf(state.columns), pagesOf(fetch, 0));
    if (options.explain) say(`${explained(state)}\n`);
    return exitStatus.done;
  } finally {
    await client.call('sql.stop', { queryId });
  }
}

async function waitUntilComplete(
  { client, signal }: Pick<Session, 'client' | 'signal'>,
  started: SqlState,
): Promise<SqlState> {
  const { queryId } = started;
  let state = started;
  let wake = () => {};
  const off = client.on('sql.progressed', (next) => {
    if (next.queryId !== queryId) return;
    state = next;
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    while (!state.complete) {
      signal.throwIfAborted();
      let timer: NodeJS.Timeout | undefined;
      const isSilent = await new Promise<boolean>((resolve) => {
        wake = () => resolve(false);
        timer = setTimeout(() => resolve(true), 100);
      });
      clearTimeout(timer);
      if (isSilent) state = await client.call('sql.state', { queryId }, { signal });
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    off();
  }
  const { error } = state;
  if (error !== null) throw new PostrunError('user', error.code, error.message, { where: error.where ?? undefined });
  return state;
}

function printerOf(columns: readonly SqlResultColumn[]): RowPrinter<SqlCell[]> {
  const names = uniqueNames(columns);
  return {
    json: (row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
    csvColumns: names,
    columns: names.map((name, index) => ({
      title: name,
      text: (row) => (row[index] === null || row[index] === undefined ? '' : String(row[index])),
    })),
    none: 'No rows.',
  };
}

function explained({ rows, milliseconds, reads }: SqlState): string {
  const { scans, blocksRead, blocksTotal, bytesRead, lines }: SqlRead = reads;
  return JSON.stringify({
    rows,
    milliseconds: Math.round(milliseconds),
    scans,
    blocksRead,
    blocksTotal,
    bytesRead,
    lines,
  });
}
