/** The command `sample` writes a plausible run with a known fault. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { PostrunError } from '../../contract/errors.ts';
import { sampleFailureKinds, truthPath, writeSample } from '../../sample/sample.ts';
import { parseCount, parsePositive } from '../case-options.ts';
import { usageError } from '../errors.ts';
import { exitStatus } from '../io.ts';
import type { RunCommand } from '../run-command.ts';

interface SampleCommandOptions {
  nodes?: number;
  processes?: number;
  miniBatches?: number;
  mb?: number;
  failure?: (typeof sampleFailureKinds)[number];
  layout?: '1' | '2' | '3';
  seed?: number;
  json?: boolean;
}

export function addSampleCommand(program: Command, run: RunCommand): void {
  program
    .command('sample')
    .argument('<dir>', 'a folder that is empty or not there yet')
    .description('write a plausible run, the same for the same options, with a truth file of what is in it')
    .option('--nodes <n>', 'nodes', parseCount)
    .option('--processes <n>', 'worker processes a node', parseCount)
    .option('--mini-batches <n>', 'mini-batches', parseCount)
    .option('--mb <size>', 'about this many megabytes in all', parsePositive)
    .addOption(new Option('--failure <kind>', 'what goes wrong').choices(sampleFailureKinds))
    .addOption(new Option('--layout <generation>', 'generation of the folder layout').choices(['1', '2', '3']))
    .option('--seed <n>', 'seed of the random numbers', parseCount)
    .option('--json', 'print what was written as JSON')
    .action((dir: string, options: SampleCommandOptions) =>
      run(async ({ out }) => {
        const path = resolve(dir);
        if (existsSync(path) && readdirSync(path).length > 0) {
          throw new PostrunError('user', 'not_empty', 'The folder is not empty. Name one that is not there yet.', {
            where: path,
          });
        }
        const { mb, json, ...rest } = options;
        const truth = await writeSample(path, { ...rest, megabytes: mb }).catch((error) => {
          // An option is out of range.
          throw error instanceof RangeError ? usageError(`${error.message}.`) : error;
        });
        const written = { path, truth: truthPath(path), options: truth.options, totals: truth.totals };
        await out.write(json ? `${JSON.stringify(written, null, 2)}\n` : `${path}\n`);
        return exitStatus.done;
      }),
    );
}
