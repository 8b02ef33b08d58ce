/** The options that filter rows by who, what and when, made from the table of facets. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Facet, facetRow, facets, parseFacetValue } from '../contract/facets.ts';
import { type ClockChoice, clocks, type FilterInput } from '../contract/filter.ts';
import { type Level, levels } from '../contract/line-records.ts';
import { parseTime } from './values.ts';

type FacetValues = (string | number)[];

export interface FilterOptions {
  level?: Level;
  firstLines?: boolean;
  from?: string;
  to?: string;
  clock?: ClockChoice;
}

/** Values of the facets, by the name of their option. */
type FacetOptions = Record<string, FacetValues | undefined>;

function facetOption(facet: Facet): Option {
  const { option, values, label } = facetRow(facet);
  return new Option(option.flag, option.help).argParser((text: string, before: FacetValues | undefined) => {
    const value = parseFacetValue(facet, text);
    if (value !== null) return [...(before ?? []), value];
    throw new InvalidArgumentError(
      values === 'number' ? `A ${label.toLowerCase()} is a whole number.` : `Known: ${[...values].join(', ')}.`,
    );
  });
}

/**
 * Adds the options for rows of this kind. An option given several times matches any of its values.
 */
export function addFilterOptions(command: Command, subject: 'lines' | 'attempts'): Command {
  const add = (of: 'lines' | 'attempts' | 'all') => {
    for (const facet of facets) if (facetRow(facet).option.of === of) command.addOption(facetOption(facet));
  };
  add('all');
  command
    .option('--from <time>', 'from this time on, ISO 8601, UTC without a zone')
    .option('--to <time>', 'before this time')
    .addOption(
      new Option(
        '--clock <clock>',
        "times as written, or aligned on the master's clock where a node's is known to differ",
      ).choices(clocks),
    );
  add(subject);
  if (subject === 'attempts') return command;
  return command
    .addOption(new Option('--level <level>', 'of this level or a higher one').choices(levels))
    .option('--first-lines', 'that begin a record: without tracebacks and other lines that continue one');
}

/** Builds the contract's filter from the options. */
export function toFilter(options: FilterOptions): FilterInput {
  const included = facets.map((facet) => {
    const name = new Option(facetRow(facet).option.flag).attributeName();
    return [facet, { include: (options as FacetOptions)[name] ?? [] }];
  });
  return {
    ...Object.fromEntries(included),
    minLevel: options.level ?? null,
    firstLines: options.firstLines ?? false,
    fromUs: options.from === undefined ? null : parseTime(options.from),
    toUs: options.to === undefined ? null : parseTime(options.to),
    clock: options.clock ?? 'written',
  };
}
