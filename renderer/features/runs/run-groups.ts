/**
 * Pure functions that find what runs have in common: error groups whose ids are the same in every
 * run.
 */
import type { RunSummary } from '../../../electron/contract/runs-records.ts';

export interface SharedGroup {
  id: string;
  exception: string | null;
  template: string;
  role: string;
  count: number;
  firstUs: number | null;
  lastUs: number | null;
  /** The runs that have it, the earliest first. */
  runs: RunSummary[];
}

/** Returns the groups of all runs, those of most runs first. */
export function sharedGroups(runs: readonly RunSummary[]): SharedGroup[] {
  const groups = new Map<string, SharedGroup>();
  const inOrder = [...runs].sort((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0));
  for (const run of inOrder) {
    for (const group of run.errorGroups) {
      const known = groups.get(group.id);
      if (known === undefined) groups.set(group.id, { ...group, runs: [run] });
      else {
        known.count += group.count;
        known.firstUs = least(known.firstUs, group.firstUs);
        known.lastUs = greatest(known.lastUs, group.lastUs);
        known.runs.push(run);
      }
    }
  }
  return [...groups.values()].sort((a, b) => b.runs.length - a.runs.length || b.count - a.count);
}

const least = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b));
const greatest = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));

/** Returns the runs whose name, path, status, cause or fingerprint contains all the words. */
export function matchingRuns(runs: readonly RunSummary[], words: string): RunSummary[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return runs.filter((run) => {
    const text = [
      run.run,
      run.name,
      run.path,
      run.status,
      run.firstCause?.kind,
      run.firstCause?.message,
      run.fingerprint,
    ]
      .join('\n')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
