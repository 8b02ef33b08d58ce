/**
 * The command `search` is grep over the whole run, with the filters of the app and grep's exit
 * statuses.
 */
import { type Command, Option } from 'commander';
import type { SearchState } from '../../contract/commands.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { ClockChoice, FilterInput } from '../../contract/filter.ts';
import { matchJson } from '../../contract/json-rows.ts';
import type { LineRow } from '../../contract/line-records.ts';
import { formatCsv } from '../../engine/listing/delimited.ts';
import { addCaseOptions, limitHelp, parseCount } from '../case-options.ts';
import { addFilterOptions, type FilterOptions, toFilter } from '../filter-options.ts';
import { exitStatus } from '../io.ts';
import { showControls } from '../output.ts';
import { pagesOf } from '../print-rows.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, type Session, withCase } from '../session.ts';

export interface SearchOptions extends CaseOptions, FilterOptions {
  raw?: boolean;
  count?: boolean;
  explain?: boolean;
  limit: number;
  order: 'file' | 'time';
  regex?: boolean;
  fixed?: boolean;
  caseSensitive?: boolean;
  ignoreCase?: boolean;
}

const help = `
QUERY is in the query language unless --fixed or --regex is given:
  two words              both words, in any order
  "exact words"          a phrase
  par* *tial*            beginning of a word, anywhere in a word
  /time.?out \\d+/        a regular expression
  -word                  lines without it (write -- before a query that starts so)
  this OR that           either
  node:10.0.0.4 pid:123 process:Process-3 batch:17 level:warning kind:user file:**/user/** from:… to:…
  is:first               lines that begin a record, without those that continue one
Case matters only where the query has a capital letter, unless an option says otherwise.

Exit status: 0 something was found, 1 nothing was found, 2 an error.

Examples:
  postrun search logs.zip 'timeout OR "timed out"' --level warning
  postrun search logs/ --fixed 'C:\\data[0]' --count
  postrun search logs.zip '' --batch 17 --json | jq .text`;

/** Longer lines are cut: JavaScript cannot hold much longer text. */
const maxLineChars = 100_000_000;

export function addSearchCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('search')
    .argument('<path>', 'a folder, a .zip or a case')
    .argument('[query]', 'what to look for; without it every line')
    .description('print the lines that match, as file:line:text');
  addFilterOptions(addCaseOptions(command, { csv: true }), 'lines')
    .option('--raw', 'print lines as they are written, with terminal codes and all states of progress bars')
    .option('--count', 'print only how many lines match')
    .option('--explain', 'also say on standard error how the lines were found')
    .option('--limit <n>', limitHelp, parseCount, 0)
    .addOption(new Option('--order <order>', 'order of the lines').choices(['file', 'time']).default('file'))
    .addOption(new Option('--fixed', 'the whole query is one literal text, also inside a word').conflicts('regex'))
    .addOption(new Option('--regex', 'the whole query is one regular expression').conflicts('fixed'))
    .addOption(new Option('--case-sensitive', 'case matters').conflicts('ignoreCase'))
    .addOption(new Option('--ignore-case', 'case does not matter').conflicts('caseSensitive'))
    .addHelpText('after', help)
    .action((path: string, query: string | undefined, options: SearchOptions) =>
      run(({ io, out }) => {
        const filter = searchFilter(query ?? '', options);
        return withCase(io, out, path, options, (session) =>
          search(session, filter, options, (text) => io.stderr.write(text)),
        );
      }),
    );
}

/** Builds the contract's filter from a query and its options. */
export function searchFilter(query: string, options: SearchOptions): FilterInput {
  return {
    ...toFilter(options),
    clock: options.clock ?? usualClock(query, options),
    query,
    mode: options.fixed ? 'fixed' : options.regex ? 'regex' : 'words',
    matchCase: options.caseSensitive ? 'yes' : options.ignoreCase ? 'no' : 'smart',
  };
}

/**
 * Chooses the default clock. Lines in time order use one clock; times in the query mean times as
 * written.
 */
function usualClock(query: string, { order, from, to }: SearchOptions): ClockChoice {
  const hasTimes = from !== undefined || to !== undefined || /(?:^|[\s(-])(?:from|to):/.test(query);
  return order === 'time' && !hasTimes ? 'aligned' : 'written';
}

async function search(
  session: Session,
  filter: FilterInput,
  options: SearchOptions,
  say: (text: string) => void,
): Promise<number> {
  const { client, caseId, out, signal } = session;
  const started = await client.call('search.start', { caseId, filter, order: options.order }, { signal });
  const { searchId } = started;
  try {
    const state = await waitUntilComplete(session, started);
    const more = await moreWithinWords(session, filter, state);
    if (more !== null) say(`${more}\n`);
    if (options.explain) say(`${JSON.stringify(await client.call('search.explain', { searchId }))}\n`);
    if (options.count) {
      const { matches, files } = state;
      await out.write(options.json ? `${JSON.stringify({ matches, files })}\n` : `${matches}\n`);
      return matches > 0 ? exitStatus.done : exitStatus.nothingFound;
    }
    const fetch = async (start: number, count: number) => {
      const page = { searchId, start, count, maxChars: maxLineChars, raw: options.raw === true };
      return (await client.call('search.rows', page, { signal })).rows;
    };
    let printed = 0;
    for await (const rows of pagesOf(fetch, options.limit, 5_000)) {
      await out.write(await formatMatches(session, options, rows, printed === 0));
      printed += rows.length;
    }
    return state.matches > 0 ? exitStatus.done : exitStatus.nothingFound;
  } finally {
    await client.call('search.stop', { searchId });
  }
}

/** Returns the hint that more lines have the words within longer ones. Null if there are none. */
async function moreWithinWords(session: Session, filter: FilterInput, state: SearchState): Promise<string | null> {
  const { suggestion } = state;
  if (suggestion === null) return null;
  const { client, caseId, signal } = session;
  const wider: FilterInput = { ...filter, query: suggestion, mode: 'words' };
  const started = await client.call('search.start', { caseId, filter: wider, order: 'file' }, { signal });
  try {
    const more = (await waitUntilComplete(session, started)).matches - state.matches;
    if (more <= 0) return null;
    const lines = more === 1 ? '1 more line has' : `${more.toLocaleString('en-US')} more lines have`;
    return `postrun: ${lines} it within longer words; search for '${suggestion}' to find them`;
  } finally {
    await client.call('search.stop', { searchId: started.searchId });
  }
}

async function waitUntilComplete({ client, signal }: Session, started: SearchState): Promise<SearchState> {
  const { searchId } = started;
  let state = started;
  let wake = () => {};
  const off = client.on('search.progressed', (next) => {
    if (next.searchId !== searchId) return;
    state = next;
    wake();
  });
  try {
    while (!state.complete && state.error === null) {
      signal.throwIfAborted();
      let timer: NodeJS.Timeout | undefined;
      const isSilent = await new Promise<boolean>((resolve) => {
        wake = () => resolve(false);
        timer = setTimeout(() => resolve(true), 50);
      });
      clearTimeout(timer);
      if (isSilent) state = await client.call('search.state', { searchId }, { signal });
    }
  } finally {
    off();
  }
  if (state.error !== null) throw new PostrunError('user', 'search_stopped', `The search was stopped. ${state.error}`);
  return state;
}

const csvColumns = ['file', 'line', 'text', 'node', 'pid', 'process', 'miniBatchId', 'level', 'timestamp'];

async function formatMatches(
  session: Session,
  options: SearchOptions,
  rows: LineRow[],
  isFirst: boolean,
): Promise<string> {
  const files = await session.files();
  const path = (row: LineRow) => files.get(row.fileId)?.path ?? '';
  if (options.csv)
    return formatCsv(
      rows.map((row) => matchJson(row, path(row))),
      csvColumns,
      isFirst,
    );
  const line = (row: LineRow) => {
    if (options.json) return JSON.stringify(matchJson(row, path(row)));
    const text = `${path(row)}:${row.line}:${row.text}`;
    // A pipe gets the bytes unchanged, as from grep; a terminal would obey control characters.
    return session.isTerminal ? showControls(text) : text;
  };
  return rows.map((row) => `${line(row)}\n`).join('');
}
