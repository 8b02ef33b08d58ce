/**
 * Decides which names belong to one node. A node is one machine. A later generation numbers nodes
 * in log paths but still writes addresses into lines and other paths. Two names belong to one node
 * if a line has both, if two files report the same pick-up of a mini-batch by the same process, or
 * if both names share a pid that only one node can have. If the evidence contradicts itself,
 * nothing is merged and the problem list says why. The result does not depend on the order in which
 * files are read.
 */
import { isIP } from 'node:net';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectCells, selectRows } from '../store/select.ts';
import { type Conflict, compareNodes } from './identity.ts';
import { areOne, mergeNames } from './node-classes.ts';
import { type IsPossible, tiesOfNodes } from './node-ties.ts';
import type { TaskEvents } from './task-events.ts';

export interface NodeNames {
  /** Maps each other name of a node to the name that is shown. */
  aliases: Map<string, string>;
  conflicts: Conflict[];
}

const fileNodeColumns = {
  path: 'text',
  kind: 'text',
  node: 'text',
} as const;
type FileNode = RowOf<typeof fileNodeColumns>;

/**
 * Finds the names that belong to one node. `events` must be as read, with nodes under their written
 * names.
 */
export function reconcileNodes(db: ReadableDb, events: TaskEvents): NodeNames {
  const files = selectRows(db, 'SELECT path, kind, node FROM file WHERE node IS NOT NULL', fileNodeColumns).all();
  const names = namesOf(db, files, events);
  const folders = foldersOf(files);
  const isPossible = possibility(folders);
  if (!isMixed(names, folders, isPossible)) return { aliases: new Map(), conflicts: [] };
  const ties = tiesOfNodes(db, events, names, isPossible);
  const { classes, conflicts } = mergeNames(names, ties, isPossible);
  if (classes.length === 0 && conflicts.length === 0 && saysOneNode(db) && areOne(names, isPossible))
    classes.push(names);
  const aliases = new Map<string, string>();
  const rank = ranking(files);
  for (const members of classes) {
    const [shown, ...others] = [...members].sort((a, b) => rank(a) - rank(b) || compareNodes(a, b));
    for (const other of others) if (shown !== undefined) aliases.set(other, shown);
  }
  return { aliases, conflicts };
}

function namesOf(db: ReadableDb, files: readonly FileNode[], events: TaskEvents): string[] {
  const rows = selectCells(
    db,
    `SELECT node FROM pid_span WHERE node IS NOT NULL UNION SELECT node FROM process_event WHERE node IS NOT NULL
       UNION SELECT node FROM series WHERE node <> ''
       UNION SELECT e.node FROM run_event e WHERE e.type = 'node_joined' AND e.node IS NOT NULL AND e.name IS NOT NULL
       UNION SELECT e.name FROM run_event e WHERE e.type = 'node_joined' AND e.node IS NOT NULL AND e.name IS NOT NULL`,
    'text',
  ).all();
  return [...new Set([...files.map((file) => file.node), ...rows, ...events.names])].sort(compareNodes);
}

type Folders = ReadonlyMap<string, ReadonlySet<string>>;

/** Returns the parent folders in which each node's folders are. */
function foldersOf(files: readonly FileNode[]): Folders {
  const folders = new Map<string, Set<string>>();
  for (const { path, node } of files) {
    const at = `/${path}`.indexOf(`/${node}`);
    if (at < 0) continue;
    const set = folders.get(node) ?? new Set<string>();
    folders.set(node, set.add(path.slice(0, at)));
  }
  return folders;
}

/** Classifies a name. Two numbers, or two addresses, are never one node. */
function kindOf(name: string): 'number' | 'address' | 'other' {
  if (/^\d+$/.test(name)) return 'number';
  return isIP(name) === 0 ? 'other' : 'address';
}

/**
 * Returns a test for two names that may belong to one node. Two addresses, two numbers, or two
 * folders side by side are two nodes.
 */
function possibility(folders: Folders): IsPossible {
  return (a, b) => {
    const kind = kindOf(a);
    if (kind !== 'other' && kind === kindOf(b)) return false;
    const other = folders.get(b);
    return ![...(folders.get(a) ?? [])].some((folder) => other?.has(folder));
  };
}

/**
 * Returns true if any two names may belong to one node. Two names represent all of one kind in the
 * same folders, because there can be as many names as files.
 */
function isMixed(names: readonly string[], folders: Folders, isPossible: IsPossible): boolean {
  const alike = new Map<string, string[]>();
  for (const name of names) {
    const key = JSON.stringify([kindOf(name), [...(folders.get(name) ?? [])].sort()]);
    const members = alike.get(key);
    if (members === undefined) alike.set(key, [name]);
    else if (members.length === 1) members.push(name);
  }
  const some = [...alike.values()].flat();
  return some.some((a, i) => some.slice(i + 1).some((b) => isPossible(a, b)));
}

/** Ranks names for display: names of folders with worker logs first, then names of other files. */
function ranking(files: readonly FileNode[]): (name: string) => number {
  const order = ['worker', 'user', 'tasks', 'issues', 'resources'];
  const ranks = new Map<string, number>();
  for (const { kind, node } of files) {
    const place = order.indexOf(kind);
    const rank = place < 0 ? order.length : place;
    ranks.set(node, Math.min(rank, ranks.get(node) ?? rank));
  }
  return (name) => ranks.get(name) ?? order.length + 1;
}

/** Returns true if the run's settings ask for one node. */
function saysOneNode(db: ReadableDb): boolean {
  const values = selectCells(
    db,
    `SELECT DISTINCT coalesce(message, CAST(value AS TEXT)) FROM run_event WHERE type = 'setting'
       AND lower(replace(name, '_', '')) IN ('numberofnodes', 'nodecount')`,
    'text?',
  ).all();
  return values.length > 0 && values.every((value) => Number(value) === 1);
}
