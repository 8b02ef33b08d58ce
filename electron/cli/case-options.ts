/** The options that every command on a run takes: where the run is, and the form of the answer. */
import { type Command, InvalidArgumentError } from 'commander';

/** Adds the options that every command on a run takes. */
export function addCaseOptions(command: Command, forms: { csv: boolean }): Command {
  command
    .option('--json', 'print JSON, for other programs')
    .option('--root <root>', 'which run, where the source holds several')
    .option('--case-dir <dir>', "keep the case here instead of in the application's data folder")
    .option('--formats <dir>', "a folder with formats of one's own (see postrun formats)");
  return forms.csv ? command.option('--csv', 'print CSV, for spreadsheets') : command;
}

/** Parses a whole number, 0 or more. */
export function parseCount(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('A whole number from 0 on is needed.');
  return Number(value);
}

/** Parses a number above 0. */
export function parsePositive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('A number above 0 is needed.');
  return number;
}

export const limitHelp = 'at most this many, 0 = all';
