/** The commands `batches`, `attempts`, `files` and `problems`, each a table of the case. */
import type { Command } from 'commander';
import { addCaseOptions, limitHelp, parseCount } from '../case-options.ts';
import { addFilterOptions, type FilterOptions, toFilter } from '../filter-options.ts';
import { exitStatus } from '../io.ts';
import { pagesOf, printRows, type RowPrinter } from '../print-rows.ts';
import { attemptPrinter, batchPrinter, filePrinter, problemPrinter } from '../row-printers.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, type Session, withCase } from '../session.ts';

interface TableOptions extends CaseOptions, FilterOptions {
  limit: number;
}

export function addTableCommands(program: Command, run: RunCommand): void {
  const table = <Row>(
    command: Command,
    printer: RowPrinter<Row>,
    fetch: (session: Session, options: TableOptions) => (start: number, count: number) => Promise<Row[]>,
  ) => {
    addCaseOptions(command, { csv: true })
      .option('--limit <n>', limitHelp, parseCount, 0)
      .action((path: string, options: TableOptions) =>
        run(({ io, out }) =>
          withCase(io, out, path, options, async (session) => {
            await printRows(out, options, printer, pagesOf(fetch(session, options), options.limit));
            return exitStatus.done;
          }),
        ),
      );
  };

  table(
    addFilterOptions(
      program.command('batches').argument('<path>').description('list the mini-batches, each with its last attempt'),
      'attempts',
    ),
    batchPrinter,
    ({ client, caseId, signal }, options) => {
      const filter = toFilter(options);
      return async (start, count) =>
        (await client.call('batches.page', { caseId, filter, start, count }, { signal })).rows;
    },
  );
  table(
    addFilterOptions(
      program.command('attempts').argument('<path>').description('list every attempt at a mini-batch'),
      'attempts',
    ),
    attemptPrinter,
    ({ client, caseId, signal }, options) => {
      const filter = toFilter(options);
      return async (start, count) =>
        (await client.call('attempts.page', { caseId, filter, start, count }, { signal })).rows;
    },
  );
  table(
    program.command('files').argument('<path>').description('list the files and what each is for'),
    filePrinter,
    (session) => {
      const all = session.files().then((files) => [...files.values()]);
      return async (start, count) => (await all).slice(start, start + count);
    },
  );
  table(
    program.command('problems').argument('<path>').description('list what could not be read or understood'),
    problemPrinter,
    ({ client, caseId }) => {
      const all = client.call('problems.list', { caseId });
      return async (start, count) => (await all).slice(start, start + count);
    },
  );
}
