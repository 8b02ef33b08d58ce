/**
 * A facet option is one value of a facet with its label and its number of lines. These functions
 * derive the options of each facet, and the counts of the levels, from the rows of files and
 * processes and from the counts of a search.
 */

import type { ProcessRow } from '../../../electron/contract/batch-records.ts';
import type { Facets, Histogram } from '../../../electron/contract/commands.ts';
import { type Facet, facetRow } from '../../../electron/contract/facets.ts';
import { type FileKind, type FileRow, fileKinds } from '../../../electron/contract/file-records.ts';
import { type Level, levels } from '../../../electron/contract/line-records.ts';
import { kindWords } from '../../base/looks.ts';

export interface CountedOption<V extends string | number> {
  value: V;
  label: string;
  count?: number;
}

/**
 * The source of a facet's line counts: all lines without a search, otherwise the lines found. A
 * search does not count values that the facet itself excludes, which differs from finding none.
 */
interface Counting {
  facets: Facets | undefined;
  /** The facet itself includes some values. */
  isNarrowed: boolean;
}

function counted<V extends string | number>(
  value: V,
  found: ReadonlyMap<V, number> | null,
  all: number | undefined,
  isNarrowed: boolean,
): number | undefined {
  if (found === null) return all;
  return found.get(value) ?? (isNarrowed ? undefined : 0);
}

function sumBy<K>(rows: readonly { key: K; count: number }[]): Map<K, number> {
  const sums = new Map<K, number>();
  for (const { key, count } of rows) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}

/** Sorts `10.0.0.9` before `10.0.0.10`. */
const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

export function nodeOptions(files: readonly FileRow[], processes: readonly ProcessRow[], counting: Counting) {
  const all = sumBy(files.flatMap((file) => (file.node === null ? [] : [{ key: file.node, count: file.lines ?? 0 }])));
  for (const process of processes) if (!all.has(process.node)) all.set(process.node, 0);
  const found =
    counting.facets === undefined
      ? null
      : sumBy(counting.facets.node.map((each) => ({ key: each.node, count: each.count })));
  return [...all.keys()].sort(byName).map(
    (node): CountedOption<string> => ({
      value: node,
      label: node,
      count: counted(node, found, all.get(node), counting.isNarrowed),
    }),
  );
}

export function pidOptions(files: readonly FileRow[], processes: readonly ProcessRow[], counting: Counting) {
  const all = sumBy(files.flatMap((file) => (file.pid === null ? [] : [{ key: file.pid, count: file.lines ?? 0 }])));
  const names = new Map<number, Set<string>>();
  const name = (pid: number | null, ...words: (string | null)[]) => {
    if (pid === null) return;
    const known = names.get(pid) ?? new Set();
    known.add(words.filter((word) => word !== null).join(' '));
    names.set(pid, known);
  };
  for (const process of processes) name(process.pid, process.node, process.process);
  for (const file of files) if (!names.has(file.pid ?? 0)) name(file.pid, file.node, file.process);
  const found =
    counting.facets === undefined
      ? null
      : sumBy(counting.facets.pid.map((each) => ({ key: each.pid, count: each.count })));
  const label = (pid: number) => `${pid}  ${[...(names.get(pid) ?? [])].sort(byName).join(', ')}`.trimEnd();
  const place = (pid: number) => [...(names.get(pid) ?? [])][0] ?? '';
  return [...names.keys()]
    .sort((a, b) => byName(place(a), place(b)) || a - b)
    .map(
      (pid): CountedOption<number> => ({
        value: pid,
        label: label(pid),
        count: counted(pid, found, all.get(pid), counting.isNarrowed),
      }),
    );
}

export function kindOptions(files: readonly FileRow[], counting: Counting) {
  const all = sumBy(files.map((file) => ({ key: file.kind, count: file.lines ?? 0 })));
  const found =
    counting.facets === undefined
      ? null
      : sumBy(counting.facets.kind.map((each) => ({ key: each.kind as FileKind, count: each.count })));
  return fileKinds
    .filter((kind) => all.has(kind))
    .map(
      (kind): CountedOption<FileKind> => ({
        value: kind,
        label: kindWords[kind],
        count: counted(kind, found, all.get(kind), counting.isNarrowed),
      }),
    );
}

/** Returns the values that files have for a facet of whole files, with their number of lines. */
export function fileValueOptions(files: readonly FileRow[], facet: Facet): CountedOption<string>[] {
  const property = facetRow(facet).file;
  if (property === null) return [];
  const all = sumBy(
    files.flatMap((file) => (file[property] === null ? [] : [{ key: file[property], count: file.lines ?? 0 }])),
  );
  return [...all].sort(([a], [b]) => byName(a, b)).map(([value, count]) => ({ value, label: value, count }));
}

/** Counts the lines of each level and above, which is what the filter would leave. */
export function levelCounts(facets: Facets | undefined, activity: Histogram | undefined): Map<Level, number> | null {
  const of = (level: Level, index: number): number | undefined =>
    facets === undefined
      ? activity?.counts[index + 1]?.reduce((sum, count) => sum + count, 0)
      : (facets.level.find((each) => each.level === level)?.count ?? 0);
  if (facets === undefined && activity === undefined) return null;
  const counts = new Map<Level, number>();
  let sum = 0;
  for (const [index, level] of [...levels.entries()].toReversed()) {
    sum += of(level, index) ?? 0;
    counts.set(level, Math.round(sum));
  }
  return counts;
}
