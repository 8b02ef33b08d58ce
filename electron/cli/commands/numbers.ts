/**
 * `postrun numbers` takes one number from each line that has it, and prints statistics. The engine
 * reads the numbers; this file formats them.
 */
import { type Command, Option } from 'commander';
import { PostrunError } from '../../contract/errors.ts';
import { formatCount } from '../../contract/format.ts';
import type { HitNumbers, NumberFigures } from '../../contract/hits.ts';
import { isoTime } from '../../contract/json-rows.ts';
import { formatCsv } from '../../engine/listing/delimited.ts';
import { addCaseOptions } from '../case-options.ts';
import { addFilterOptions, type FilterOptions } from '../filter-options.ts';
import { exitStatus } from '../io.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, type Session, withCase } from '../session.ts';
import { formatTable } from '../table.ts';
import { searchFilter } from './search.ts';

interface NumbersOptions extends CaseOptions, FilterOptions {
  by: 'none' | 'node' | 'process' | 'file';
  query?: string;
}

const help = `
PATTERN is a regular expression. The number is what its group (?<value>…) catches, else its first group, else the
first number in what it matches; 12.5ms, 1,234 and 0:01:23 are numbers. Lines without a time are in no figure.

Exit status: 0 numbers were found, 1 none, 2 an error.

Examples:
  postrun numbers logs.zip 'rss (\\d+) MB' --by node
  postrun numbers logs.zip 'loss=(\\S+)' --kind user --json`;

const POLL_MS = 50;
const figureNames = ['count', 'min', 'median', 'p95', 'max'] as const;

export function addNumbersCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('numbers')
    .argument('<path>', 'a folder, a .zip or a case')
    .argument('<pattern>', 'a regular expression whose group is the number')
    .description('figures of a number that stands in many lines');
  addFilterOptions(addCaseOptions(command, { csv: true }), 'lines')
    .option('--query <query>', 'only lines that this search finds')
    .addOption(new Option('--by <by>', 'figures of each').choices(['none', 'node', 'process', 'file']).default('none'))
    .addHelpText('after', help)
    .action((path: string, pattern: string, options: NumbersOptions) =>
      run(({ io, out }) =>
        withCase(io, out, path, options, async (session) => {
          const found = await allNumbers(session, pattern, options);
          await out.write(options.json ? `${JSON.stringify(toJson(found))}\n` : rowsText(found, options));
          const { unread, untimed } = found;
          if (unread > 0) io.stderr.write(`${formatCount(unread, 'line')} without a number there.\n`);
          if (untimed > 0) io.stderr.write(`${formatCount(untimed, 'number')} without a time, in no figure.\n`);
          return found.all.count > 0 ? exitStatus.done : exitStatus.nothingFound;
        }),
      ),
    );
}

async function allNumbers(session: Session, pattern: string, options: NumbersOptions): Promise<HitNumbers> {
  const { client, caseId, signal } = session;
  const filter = searchFilter(options.query ?? '', { ...options, limit: 0, order: 'file' });
  for (;;) {
    const found = await client.call('search.numbers', { caseId, filter, pattern, by: options.by }, { signal });
    if (found.complete) {
      if (found.error !== null) throw new PostrunError('user', 'search_stopped', found.error);
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Converts to the forms of the command line: times in ISO, lengths in seconds. */
function toJson({ complete: _, progress: __, error: ___, fromUs, toUs, bucketUs, ...rest }: HitNumbers) {
  return { ...rest, from: isoTime(fromUs), to: isoTime(toUs), bucketSeconds: bucketUs / 1e6 };
}

type Row = NumberFigures & { node: string | null; process: string | null; file: string | null };

function rowsText({ all, groups }: HitNumbers, options: NumbersOptions): string {
  const rows: Row[] = options.by === 'none' ? [{ ...all, node: null, process: null, file: null }] : groups;
  const names = options.by === 'none' ? [] : options.by === 'process' ? (['node', 'process'] as const) : [options.by];
  const columns = [...names, ...figureNames];
  const picked = rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
  if (options.csv) return formatCsv(picked, columns, true);
  return formatTable(
    columns.map((name) => ({
      title: name.toUpperCase(),
      text: (row: Record<string, unknown>) => String(row[name] ?? '–'),
      right: figureNames.some((figure) => figure === name),
    })),
    picked,
  );
}
