/** The command line as a whole: its commands, and how each one ends. */
import { Command, CommanderError } from 'commander';
import { type PostrunError, toErrorInfo } from '../contract/errors.ts';
import { addAnalysisCommands } from './commands/analysis.ts';
import { addExportCommand } from './commands/export.ts';
import { addFormatsCommand } from './commands/formats.ts';
import { addIndexCommand } from './commands/index-case.ts';
import { addInfoCommand } from './commands/info.ts';
import { addNumbersCommand } from './commands/numbers.ts';
import { addOpenCommand } from './commands/open-report.ts';
import { addProfileCommand } from './commands/profile.ts';
import { addReportCommand } from './commands/report.ts';
import { addResourcesCommand } from './commands/resources.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addSampleCommand } from './commands/sample.ts';
import { addSearchCommand } from './commands/search.ts';
import { addServeCommand } from './commands/serve-run.ts';
import { addSqlCommand } from './commands/sql.ts';
import { addTableCommands } from './commands/tables.ts';
import { errorJson, errorLine, usageError } from './errors.ts';
import { exitStatus, type Io } from './io.ts';
import { createOutput, ReaderGone } from './output.ts';
import type { RunCommand } from './run-command.ts';

const description = `Reads the logs of an Azure ML ParallelRunStep run: a folder, the downloaded .zip, or a case made before.
The first command on a run indexes it; later ones find the case again.`;

/**
 * Runs one command line (without `node` and the script). Resolves to the exit status, never
 * rejects.
 */
export async function runCli(argv: string[], io: Io, version: string): Promise<number> {
  const isJson = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes('--json');
  const out = createOutput(io.stdout, isJson);
  let status: number = exitStatus.done;
  const run: RunCommand = async (work) => {
    status = await work({ io, out });
    await out.flush();
  };
  try {
    await createProgram(run, io, version).parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof ReaderGone) return status;
    if (error instanceof CommanderError && error.exitCode === 0) return exitStatus.done;
    // A bare `postrun` has already shown its help on standard error.
    if (error instanceof CommanderError && error.code === 'commander.help') return exitStatus.error;
    const info = toErrorInfo(error instanceof CommanderError ? fromCommander(error) : error);
    io.stderr.write(`${errorLine(info)}\n`);
    if (info.kind === 'bug' && info.detail !== null && io.env.POSTRUN_DEBUG) io.stderr.write(`${info.detail}\n`);
    if (isJson && !out.hasWritten()) {
      await out.write(`${JSON.stringify(errorJson(info))}\n`);
      await out.flush().catch(() => {});
    }
    return info.kind === 'cancelled' ? exitStatus.interrupted : exitStatus.error;
  }
}

function createProgram(run: RunCommand, io: Io, version: string): Command {
  const program = new Command('postrun')
    .description(description)
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // runCli prints errors, once; a bare `postrun` shows its help here.
      writeErr: (text) => io.stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
    });
  addIndexCommand(program, run);
  addInfoCommand(program, run);
  addSearchCommand(program, run);
  addTableCommands(program, run);
  addSqlCommand(program, run);
  addExportCommand(program, run);
  addRunsCommand(program, run);
  addResourcesCommand(program, run);
  addNumbersCommand(program, run);
  addProfileCommand(program, run);
  addAnalysisCommands(program, run);
  addReportCommand(program, run);
  addOpenCommand(program, run);
  addFormatsCommand(program, run);
  addServeCommand(program, run);
  addSampleCommand(program, run);
  // Commands made with .command() copy the settings of the program, but each needs its own
  // exitOverride.
  for (const command of program.commands) command.exitOverride();
  return program;
}

function fromCommander(error: CommanderError): PostrunError {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\.?\s*\n\(?/g, '. ')
    .replace(/\)$/, '');
  const what = message.charAt(0).toUpperCase() + message.slice(1).replace(/(?<![.?])$/, '.');
  return usageError(`${what} Run \`postrun --help\` or \`postrun COMMAND --help\`.`);
}
