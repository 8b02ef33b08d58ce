/**
 * The rows of the problems view are groups and, below each open group, its places. The same problem
 * in many files is one group.
 */
import type { Problem } from '../../../electron/contract/file-records.ts';

export interface ProblemGroup {
  key: string;
  kind: string;
  message: string;
  count: number;
  /** Ordered by count. */
  places: Problem[];
}

/** Groups equal problems of different files, the most frequent first. */
export function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>();
  for (const problem of problems) {
    const key = `${problem.kind} ${problem.message}`;
    const group = groups.get(key) ?? { key, kind: problem.kind, message: problem.message, count: 0, places: [] };
    group.count += problem.count;
    group.places.push(problem);
    groups.set(key, group);
  }
  for (const group of groups.values()) group.places.sort((a, b) => b.count - a.count);
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

export type ProblemRow = { type: 'group'; group: ProblemGroup; isOpen: boolean } | { type: 'place'; problem: Problem };

/** Returns the groups with the places of the open ones below them. */
export function problemRows(groups: readonly ProblemGroup[], closed: ReadonlySet<string>): ProblemRow[] {
  return groups.flatMap((group): ProblemRow[] => {
    const isOpen = !closed.has(group.key);
    const places = isOpen ? group.places.map((problem): ProblemRow => ({ type: 'place', problem })) : [];
    return [{ type: 'group', group, isOpen }, ...places];
  });
}

const kindNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    unrecognised: 'Not recognised',
    damaged: 'Damaged',
    broken_row: 'Damaged row',
    part_of_table: 'Table graphed in part',
    unreadable: 'Unreadable',
    changed: 'Changed while read',
    missing: 'Missing',
  } satisfies Record<string, string>),
);

export function problemKind(kind: string): string {
  const words = kind.replaceAll('_', ' ');
  return kindNames.get(kind) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
