/** The command `profile` shows what cProfile counted. */
import type { Command } from 'commander';
import type { ProfileRow } from '../../contract/commands.ts';
import type { FileRow } from '../../contract/file-records.ts';
import { formatNumber } from '../../contract/format.ts';
import { addCaseOptions, limitHelp, parseCount } from '../case-options.ts';
import { usageError } from '../errors.ts';
import { exitStatus } from '../io.ts';
import { printRows, type RowPrinter } from '../print-rows.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, withCase } from '../session.ts';

interface ProfileOptions extends CaseOptions {
  limit: number;
}

const profilePrinter: RowPrinter<ProfileRow> = {
  json: (row) => ({ ...row }),
  csvColumns: ['name', 'file', 'line', 'calls', 'primitiveCalls', 'totalSeconds', 'cumulativeSeconds'],
  columns: [
    { title: 'CUMULATIVE S', text: (row) => row.cumulativeSeconds.toFixed(6), right: true },
    { title: 'TOTAL S', text: (row) => row.totalSeconds.toFixed(6), right: true },
    { title: 'CALLS', text: (row) => formatNumber(row.calls), right: true },
    { title: 'FUNCTION', text: (row) => row.name },
    { title: 'WHERE', text: (row) => (row.file === '~' ? 'built in' : `${row.file}:${row.line}`) },
  ],
  none: 'No functions.',
};

export function addProfileCommand(program: Command, run: RunCommand): void {
  addCaseOptions(program.command('profile').argument('<path>', 'a folder, a .zip or a case'), { csv: true })
    .argument('<file>', 'a .profile file of the run, or the end of its path')
    .description('list the functions of a cProfile file by cumulative time, at most 5,000')
    .option('--limit <n>', limitHelp, parseCount, 0)
    .action((path: string, file: string, options: ProfileOptions) =>
      run(({ io, out }) =>
        withCase(io, out, path, options, async ({ client, caseId, signal, files }) => {
          const { fileId } = chooseFile([...(await files()).values()], file);
          const { rows, functions, problem } = await client.call('files.profile', { caseId, fileId }, { signal });
          const shown = options.limit === 0 ? rows : rows.slice(0, options.limit);
          await printRows(out, options, profilePrinter, [shown]);
          if (problem !== null) io.stderr.write(`${problem}\n`);
          if (options.limit === 0 && functions > rows.length)
            io.stderr.write(`The first ${formatNumber(rows.length)} of ${formatNumber(functions)} functions.\n`);
          return exitStatus.done;
        }),
      ),
    );
}

/** Finds the file with this path, or otherwise the only one whose path ends with it. */
function chooseFile(files: FileRow[], wanted: string): FileRow {
  const exact = files.find((file) => file.path === wanted);
  if (exact !== undefined) return exact;
  const ending = files.filter((file) => file.path.endsWith(`/${wanted}`));
  const [only] = ending;
  if (only !== undefined && ending.length === 1) return only;
  if (ending.length > 1) {
    const some = ending.slice(0, 5).map((file) => file.path);
    throw usageError(`Several files end with ${wanted}: ${some.join(', ')}${ending.length > 5 ? ', …' : ''}.`);
  }
  const profiles = files.filter((file) => file.kind === 'profile').map((file) => file.path);
  const there = profiles.length === 0 ? 'It has no profiles.' : `Profiles: ${profiles.slice(0, 5).join(', ')}.`;
  throw usageError(`There is no file ${wanted} in this run. ${there}`);
}
