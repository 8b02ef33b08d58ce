/** A root is the folder where the logs of one run begin. */
import type { Generation } from './format-row.ts';
import { generations } from './format-row.ts';
import { matchRow, possibleGenerations } from './registry.ts';

/** A folder that holds a run. */
export interface FoundRoot {
  /** Path without a trailing slash, '' for the source itself. */
  root: string;
  /**
   * `1`, `1-late`, `2`, `3`, or two joined by `+` if it has files of both; null if nothing shows
   * it.
   */
  generation: string | null;
  files: number;
}

/** The contents of `logs/` in each layout, and the folders that only a run has. */
const strong =
  /(?:^|\/)(?=logs\/(?:(?:sys|user|perf|azureml|report|metrics)\/|overview\.|job_|jobresult|joberror|readme\.txt)|(?:azureml-logs|user_logs|system_logs)\/)/;
/** The same layouts seen from a folder below `logs/`: somebody downloaded only a part. */
const part = anyOf([
  String.raw`sys\/(?:(?:worker|node|error|warning|perf|report|job_report|metrics)\/|master[._]|master_role|warning\.txt|error\.txt|processes\.csv|poison_task)`,
  String.raw`user\/(?:error\.txt|(?:error|stdout|stderr|entry_script_log)\/|(?:[^/]+\/)?(?:MainProcess|Process-\d+|process\d+)\.)`,
  String.raw`(?:worker|node|perf|stdout|stderr|entry_script_log)\/(?:[^/]+\/)?(?:sys\.csv|(?:MainProcess|Process-\d+|process\d+)[._]|(?:node_resource|node_disk|processes_resource)_usage)`,
]);
/** Single files of a run without their folders, which make a root only if nothing else does. */
const loose = anyOf([
  String.raw`(?:\d+\.\d+\.\d+\.\d+\/)?(?:MainProcess|Process-\d+|process\d{3})\.(?:txt|csv|task\.csv|stdout\.txt|stderr\.txt)$`,
  String.raw`(?:overview(?:\.\d{4}-\d\d-\d\d)?|job_progress_overview[^/]*|job_?result[^/]*|master|70_driver_log[^/]*|std_log[^/]*)\.txt$`,
  String.raw`(?:sys|(?:node_resource|node_disk|processes_resource)_usage|processed_(?:tasks|mini-?batch(?:es)?))\.csv$`,
]);

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(patterns.map((pattern) => `(?:^|/)(?=${pattern})`).join('|'));
}

/**
 * Finds the folders that hold a run by their contents: full downloads under any number of wrapping
 * folders, several runs side by side, parts of a download (README.md#generations). Returns one root
 * '' if it recognises nothing. Sorted by path.
 */
export function findRunRoots(paths: Iterable<string>): FoundRoot[] {
  const all = [...paths];
  const roots = new Set<string>();
  addRoots(all, strong, roots);
  const strongRoots = new Set(roots);
  const outside = all.filter((path) => rootOf(path, strongRoots) === null);
  addRoots(outside, part, roots);
  if (roots.size === 0) addRoots(outside, loose, roots);
  // The outermost of nested parts is the run: `sys/worker/…` beside `overview.txt`.
  for (const root of roots) {
    if (!strongRoots.has(root) && rootOf(parentOf(root), roots, root) !== null) roots.delete(root);
  }

  const members = new Map<string, string[]>([...roots].sort(compare).map((root) => [root, []]));
  for (const path of all) {
    const root = rootOf(path, roots);
    if (root !== null) members.get(root)?.push(root === '' ? path : path.slice(root.length + 1));
  }
  const found = [...members].map(([root, files]) => ({
    root,
    generation: inferGeneration(files),
    files: files.length,
  }));
  return found.length > 0 ? found : [{ root: '', generation: null, files: all.length }];
}

function addRoots(paths: readonly string[], pattern: RegExp, roots: Set<string>): void {
  for (const path of paths) {
    const match = pattern.exec(path);
    if (match) roots.add(path.slice(0, match.index));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Returns the deepest of `roots` that contains the path. */
function rootOf(path: string, roots: ReadonlySet<string>, except?: string): string | null {
  if (path !== '' && path !== except && roots.has(path)) return path;
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const folder = path.slice(0, slash);
    if (roots.has(folder) && folder !== except) return folder;
  }
  return roots.has('') && except !== '' ? '' : null;
}

interface Evidence {
  possible: readonly Generation[];
  formats: Set<string>;
  files: number;
}

/**
 * Infers the generation: the oldest one that can have written every file that indicates one. If
 * there is none, the one that explains most kinds of file, plus a second one only if at least two
 * kinds of file indicate it.
 */
export function inferGeneration(paths: Iterable<string>): string | null {
  const evidence = new Map<string, Evidence>();
  for (const path of paths) {
    const match = matchRow(path);
    if (!match || match.row.generations.length === 0) continue;
    const possible = possibleGenerations(match.row, match.groups);
    const key = possible.join();
    const entry = evidence.get(key) ?? { possible, formats: new Set(), files: 0 };
    entry.formats.add(match.row.id);
    entry.files++;
    evidence.set(key, entry);
  }
  const entries = [...evidence.values()];
  if (entries.length === 0) return null;
  const whole = generations.find((generation) => entries.every((entry) => entry.possible.includes(generation)));
  if (whole) return whole;
  const first = strongest(entries);
  const rest = entries.filter((entry) => !entry.possible.includes(first));
  const kinds = new Set(rest.flatMap((entry) => [...entry.formats]));
  if (kinds.size < 2) return first;
  return [first, strongest(rest)].sort((a, b) => generations.indexOf(a) - generations.indexOf(b)).join('+');
}

function strongest(entries: readonly Evidence[]): Generation {
  let best: Generation = '1';
  let bestScore = -1;
  for (const generation of generations) {
    const supporting = entries.filter((entry) => entry.possible.includes(generation));
    const score =
      supporting.reduce((sum, entry) => sum + entry.formats.size, 0) * 1e9 +
      supporting.reduce((sum, entry) => sum + entry.files, 0);
    if (score > bestScore) {
      best = generation;
      bestScore = score;
    }
  }
  return best;
}
