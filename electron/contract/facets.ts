/**
 * A facet is a property of lines or attempts whose values can be included in or excluded from what
 * is shown: node, pid, mini-batch …
 *
 * This table is the one place that names them. The filter of the contract, the words of the query
 * language, the options of the command line, the address of the window, the chips and the filter
 * bar all follow from it, and search and analysis filter by its columns. To add a facet, add a row
 * here and, if it applies to attempts, its column in `engine/analysis/columns.ts`.
 */
import { outcomes } from './batch-records.ts';
import { fileKinds } from './file-records.ts';
import { keysOf } from './known-keys.ts';

interface FacetShape {
  /** Text for people. */
  label: string;
  /**
   * Words of the query language, as in `node:10.0.0.4`, the usual one first. Empty if a query
   * cannot name the facet.
   */
  words: readonly string[];
  /** Name in the window's address. It never changes, because people keep links. */
  address: string;
  /** Possible values: any text, a whole number, a glob over paths, or one of these words. */
  values: 'text' | 'number' | 'glob' | readonly string[];
  /** Property of a file; all its lines share the value. */
  file: 'node' | 'process' | 'kind' | 'path' | null;
  /** Property of a line; lines of one file can differ. */
  line: 'pid' | 'miniBatchId' | 'outcome' | null;
  /**
   * Property of an attempt: its node, a column of its worker process, its mini-batch or its
   * outcome.
   */
  attempt: 'node' | { process: 'pid' | 'name' } | 'miniBatch' | 'outcome' | null;
  /** Option of the command line, and the rows it applies to. */
  option: { flag: string; help: string; of: 'lines' | 'attempts' | 'all' };
}

const repeat = '(repeat for several)';

const facetTable = {
  node: {
    label: 'Node',
    words: ['node'],
    address: 'node',
    values: 'text',
    file: 'node',
    line: null,
    attempt: 'node',
    option: { flag: '--node <node>', help: `of this node ${repeat}`, of: 'all' },
  },
  pid: {
    label: 'PID',
    words: ['pid'],
    address: 'pid',
    values: 'number',
    file: null,
    line: 'pid',
    attempt: { process: 'pid' },
    option: { flag: '--pid <pid>', help: `of the process with this pid ${repeat}`, of: 'all' },
  },
  process: {
    label: 'Process',
    words: ['process'],
    address: 'process-name',
    values: 'text',
    file: 'process',
    line: null,
    attempt: { process: 'name' },
    option: { flag: '--process <name>', help: `of the process with this name, such as Process-3 ${repeat}`, of: 'all' },
  },
  miniBatch: {
    label: 'Mini-batch',
    words: ['batch', 'minibatch', 'mini-batch', 'mini_batch'],
    address: 'batch',
    values: 'text',
    file: null,
    line: 'miniBatchId',
    attempt: 'miniBatch',
    option: { flag: '--batch <id>', help: `of this mini-batch ${repeat}`, of: 'all' },
  },
  kind: {
    label: 'Kind',
    words: ['kind'],
    address: 'kind',
    values: fileKinds,
    file: 'kind',
    line: null,
    attempt: null,
    option: { flag: '--kind <kind>', help: `of files of this kind: ${fileKinds.join(', ')}`, of: 'lines' },
  },
  outcome: {
    label: 'Outcome',
    words: [],
    address: 'outcome',
    values: outcomes,
    file: null,
    line: 'outcome',
    attempt: 'outcome',
    option: { flag: '--outcome <outcome>', help: `that ended so: ${outcomes.join(', ')}`, of: 'attempts' },
  },
  file: {
    label: 'File',
    words: ['file'],
    address: 'file',
    values: 'glob',
    file: 'path',
    line: null,
    attempt: null,
    option: { flag: '--file <glob>', help: `of files whose path matches, such as **/user/** ${repeat}`, of: 'lines' },
  },
} as const satisfies Record<string, FacetShape>;

export type Facet = keyof typeof facetTable;
export const facets: readonly Facet[] = keysOf(facetTable);

type ValueOf<Values> = Values extends 'number' ? number : Values extends readonly (infer Word)[] ? Word : string;
export type FacetValue<F extends Facet> = ValueOf<(typeof facetTable)[F]['values']>;

/** The wanted values of a facet (any of them; all if empty) and the unwanted ones. */
export interface FacetFilter<T> {
  include: T[];
  exclude: T[];
}

/** Returns the row of a facet, with the type that all rows share. */
export function facetRow(facet: Facet): FacetShape {
  return facetTable[facet];
}

/** Decides whether a facet narrows anything. */
export function isNarrowed(filter: FacetFilter<unknown>): boolean {
  return filter.include.length + filter.exclude.length > 0;
}

/** Decides whether a value passes. Null, an unknown value, passes if nothing is included. */
export function passesFacet<T>(filter: FacetFilter<T>, value: T | null): boolean {
  if (filter.include.length > 0 && (value === null || !filter.include.includes(value))) return false;
  return value === null || !filter.exclude.includes(value);
}

/** Returns the facet that a word of the query language names, or null. */
export function facetOfWord(word: string): Facet | null {
  return facets.find((facet) => facetRow(facet).words.includes(word)) ?? null;
}

/**
 * Parses a value from the text of a query, an option or an address. Returns null if the facet has
 * no such value.
 */
export function parseFacetValue(facet: Facet, text: string): string | number | null {
  const { values } = facetRow(facet);
  if (values === 'number') return /^\d{1,15}$/.test(text) ? Number(text) : null;
  return typeof values === 'string' || values.includes(text) ? text : null;
}
