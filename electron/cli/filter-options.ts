import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ClockChoice, clocks, type FilterInput } from '../contract/filter.ts';
import { type FileKind, fileKinds, type Level, levels, type Outcome, outcomes } from '../contract/records.ts';
import { parseTime } from './values.ts';

export interface FilterOptions {
  node?: string[];
  pid?: number[];
  batch?: string[];
  kind?: FileKind[];
  outcome?: Outcome[];
  level?: Level;
  firstLines?: boolean;
  from?: string;
  to?: string;
  file?: string[];
  clock?: ClockChoice;
}

const gather = (value: string, before: string[] | undefined) => [...(before ?? []), value];

function gatherPid(value: string, before: number[] | undefined): number[] {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('A pid is a whole number.');
  return [...(before ?? []), Number(value)];
}

function gatherOf<T extends string>(known: readonly T[]) {
  return (value: string, before: T[] | undefined): T[] => {
    const found = known.find((one) => one === value);
    if (found === undefined) throw new InvalidArgumentError(`Known: ${known.join(', ')}.`);
    return [...(before ?? []), found];
  };
}

/** Add the options that narrow rows by who, what and when. Given several times, one option means any of its values. */
export function addFilterOptions(command: Command, subject: 'lines' | 'attempts'): Command {
  command
    .option('--node <node>', 'of this node (repeat for several)', gather)
    .option('--pid <pid>', 'of the process with this pid (repeat for several)', gatherPid)
    .option('--batch <id>', 'of this mini-batch (repeat for several)', gather)
    .option('--from <time>', 'from this time on, ISO 8601, UTC without a zone')
    .option('--to <time>', 'before this time')
    .addOption(
      new Option(
        '--clock <clock>',
        "times as written, or aligned on the master's clock where a node's is known to differ",
      ).choices(clocks),
    );
  if (subject === 'attempts') {
    command.addOption(
      new Option('--outcome <outcome>', `that ended so: ${outcomes.join(', ')}`).argParser(gatherOf(outcomes)),
    );
    return command;
  }
  return command
    .addOption(
      new Option('--kind <kind>', `of files of this kind: ${fileKinds.join(', ')}`).argParser(gatherOf(fileKinds)),
    )
    .addOption(new Option('--level <level>', 'of this level or a higher one').choices(levels))
    .option('--first-lines', 'that begin a record: without tracebacks and other lines that continue one')
    .option('--file <glob>', 'of files whose path matches, such as **/user/** (repeat for several)', gather);
}

/** The contract's filter for what was asked. */
export function toFilter(options: FilterOptions): FilterInput {
  const include = <T>(values: T[] | undefined) => ({ include: values ?? [] });
  return {
    node: include(options.node),
    pid: include(options.pid),
    miniBatch: include(options.batch),
    kind: include(options.kind),
    outcome: include(options.outcome),
    file: include(options.file),
    minLevel: options.level ?? null,
    firstLines: options.firstLines ?? false,
    fromUs: options.from === undefined ? null : parseTime(options.from),
    toUs: options.to === undefined ? null : parseTime(options.to),
    clock: options.clock ?? 'written',
  };
}
