/**
 * The tree model turns the files into the flat list of rows that is drawn: grouped, filtered and
 * counted. Its functions are pure.
 */
import { type FileKind, type FileRow, fileKinds } from '../../../../electron/contract/file-records.ts';
import { foldedText } from '../../../base/folded-text.ts';
import { kindWords } from '../../../base/looks.ts';
import { baseName, compareNames, fileLabel } from './file-label.ts';

export const treeModes = ['node', 'kind', 'folder'] as const;
export type TreeMode = (typeof treeModes)[number];

export interface TreeRow {
  /** Stable, because it identifies expanded rows and the active row. */
  id: string;
  depth: number;
  label: string;
  /** Further information, drawn faintly. */
  hint: string;
  group: TreeGroup | null;
  file: FileRow | null;
  /** The files in it, or the file itself. */
  fileIds: readonly number[];
  lines: number | null;
  errors: number;
  /** Hits of the search; null without a search. */
  hits: number | null;
  isExpanded: boolean;
  position: number;
  siblings: number;
}

type TreeGroup =
  | { of: 'run' }
  | { of: 'node'; node: string }
  | { of: 'process'; node: string; process: string; pid: number | null }
  | { of: 'kind'; kind: FileKind }
  | { of: 'folder'; path: string };

interface Branch {
  id: string;
  label: string;
  hint: string;
  group: TreeGroup;
  branches: Branch[];
  files: FileRow[];
}

export interface TreeOptions {
  mode: TreeMode;
  /** Keeps files whose path, label, node, process or pid contains all of these words. */
  filter: string;
  /**
   * The rows that the person opened or closed, by id. For all others, `isOpenByDefault` decides.
   */
  expanded: ReadonlyMap<string, boolean>;
  hits: ReadonlyMap<number, number> | null;
  /** Leaves out files without hits. */
  onlyHits: boolean;
  /** The branches that lead to this file are open unless a person closed them. */
  openFileId: number | null;
}

/** With more files than this, nodes start closed. */
const MOST_OPEN = 400;

export function treeRows(files: readonly FileRow[], options: TreeOptions): TreeRow[] {
  const words = foldedText(options.filter).split(/\s+/).filter(Boolean);
  const shown = sortedFiles(files, options.mode === 'folder' ? 'path' : 'kind').filter((file) => {
    if (options.onlyHits && options.hits !== null && !options.hits.has(file.fileId)) return false;
    if (words.length === 0) return true;
    const text = foldedText(
      `${file.path} ${fileLabel(file)} ${file.node ?? ''} ${file.process ?? ''} ${file.pid ?? ''}`,
    );
    return words.every((word) => text.includes(word));
  });
  const root = options.mode === 'node' ? byNode(shown) : options.mode === 'kind' ? byKind(shown) : byFolder(shown);
  const isOpenByDefault = shown.length <= MOST_OPEN || words.length > 0;
  const rows: TreeRow[] = [];
  walk(root, 0, rows, options, isOpenByDefault);
  return rows;
}

/**
 * Returns the branches that are drawn by default, all open or all closed, as `expanded` holds them.
 */
export function branchStates(
  files: readonly FileRow[],
  options: TreeOptions,
  isExpanded: boolean,
): Map<string, boolean> {
  const states = new Map<string, boolean>();
  for (const row of treeRows(files, { ...options, expanded: new Map() }))
    if (row.file === null) states.set(row.id, isExpanded);
  return states;
}

interface Totals {
  fileIds: number[];
  lines: number | null;
  errors: number;
  hits: number | null;
}

function walk(branch: Branch, depth: number, rows: TreeRow[], options: TreeOptions, isOpenByDefault: boolean): Totals {
  const totals: Totals = { fileIds: [], lines: 0, errors: 0, hits: options.hits === null ? null : 0 };
  const add = (part: Totals) => {
    for (const fileId of part.fileIds) totals.fileIds.push(fileId);
    totals.lines = totals.lines === null || part.lines === null ? null : totals.lines + part.lines;
    totals.errors += part.errors;
    if (totals.hits !== null) totals.hits += part.hits ?? 0;
  };
  const siblings = branch.branches.length + branch.files.length;
  let position = 0;
  for (const file of branch.files) {
    const own: Totals = {
      fileIds: [file.fileId],
      lines: file.lines,
      errors: file.errors,
      hits: options.hits === null ? null : (options.hits.get(file.fileId) ?? 0),
    };
    rows.push({
      id: `file:${file.fileId}`,
      depth,
      ...nameOf(file, options.mode),
      group: null,
      file,
      ...own,
      isExpanded: false,
      position: ++position,
      siblings,
    });
    add(own);
  }
  for (const child of branch.branches) {
    const at = rows.length;
    const row: TreeRow = {
      id: child.id,
      depth,
      label: child.label,
      hint: child.hint,
      group: child.group,
      file: null,
      fileIds: [],
      lines: null,
      errors: 0,
      hits: null,
      isExpanded: true,
      position: ++position,
      siblings,
    };
    rows.push(row);
    const sums = walk(child, depth + 1, rows, options, isOpenByDefault);
    const leadsToOpen = options.openFileId !== null && sums.fileIds.includes(options.openFileId);
    const isExpanded = options.expanded.get(child.id) ?? (isOpenByDefault || leadsToOpen);
    Object.assign(row, sums, { isExpanded });
    if (!isExpanded) rows.length = at + 1;
    add(sums);
  }
  return totals;
}

function nameOf(file: FileRow, mode: TreeMode): { label: string; hint: string } {
  if (mode === 'folder' || file.kind === 'compute' || file.kind === 'other')
    return { label: baseName(file.path), hint: '' };
  if (mode === 'node') return { label: fileLabel(file), hint: baseName(file.path) };
  const place = [file.node, file.process].filter((part) => part !== null).join(' · ');
  return { label: place === '' ? baseName(file.path) : place, hint: place === '' ? '' : baseName(file.path) };
}

const kindRank = new Map(fileKinds.map((kind, index) => [kind, index]));
const byKindThenPath = (a: FileRow, b: FileRow) =>
  (kindRank.get(a.kind) ?? 0) - (kindRank.get(b.kind) ?? 0) || compareNames(a.path, b.path);
const byPath = (a: FileRow, b: FileRow) => compareNames(a.path, b.path);

type Order = 'kind' | 'path';
/**
 * Caches sorted files, so that tens of thousands of names are not compared each time a branch
 * opens.
 */
const sorted = new WeakMap<readonly FileRow[], Map<Order, readonly FileRow[]>>();

function sortedFiles(files: readonly FileRow[], order: Order): readonly FileRow[] {
  const orders = sorted.get(files) ?? new Map<Order, readonly FileRow[]>();
  sorted.set(files, orders);
  const known = orders.get(order) ?? files.toSorted(order === 'kind' ? byKindThenPath : byPath);
  orders.set(order, known);
  return known;
}

const branchOf = (id: string, label: string, hint: string, group: TreeGroup): Branch => ({
  id,
  label,
  hint,
  group,
  branches: [],
  files: [],
});

/**
 * Groups files of the whole run first, then each node with its own files and those of its
 * processes. Last come the files that the compute wrote around the run, which are many and seldom
 * read.
 */
function byNode(files: readonly FileRow[]): Branch {
  const root = branchOf('', '', '', { of: 'run' });
  const run = branchOf('run', 'Whole run', '', { of: 'run' });
  const compute = branchOf('compute', 'Compute', '', { of: 'kind', kind: 'compute' });
  const nodes = new Map<string, Branch>();
  const processes = new Map<string, Branch>();
  for (const file of files) {
    if (file.node === null) {
      (file.kind === 'compute' ? compute : run).files.push(file);
      continue;
    }
    const { node, process } = file;
    const nodeBranch = nodes.get(node) ?? branchOf(`node:${node}`, node, '', { of: 'node', node });
    nodes.set(node, nodeBranch);
    if (process === null) {
      nodeBranch.files.push(file);
      continue;
    }
    const id = `process:${node}/${process}`;
    let branch = processes.get(id);
    if (branch === undefined) {
      branch = branchOf(id, process, '', { of: 'process', node, process, pid: null });
      processes.set(id, branch);
      nodeBranch.branches.push(branch);
    }
    branch.files.push(file);
    if (file.pid !== null && branch.group.of === 'process' && branch.group.pid === null) {
      branch.group = { ...branch.group, pid: file.pid };
      branch.hint = `pid ${file.pid}`;
    }
  }
  if (run.files.length > 0) root.branches.push(run);
  root.branches.push(...[...nodes.values()].sort((a, b) => compareNames(a.label, b.label)));
  if (compute.files.length > 0) root.branches.push(compute);
  for (const branch of nodes.values()) branch.branches.sort((a, b) => compareNames(a.label, b.label));
  return root;
}

function byKind(files: readonly FileRow[]): Branch {
  const root = branchOf('', '', '', { of: 'run' });
  for (const kind of fileKinds) {
    const own = files.filter((file) => file.kind === kind);
    if (own.length > 0)
      root.branches.push({ ...branchOf(`kind:${kind}`, kindWords[kind], '', { of: 'kind', kind }), files: own });
  }
  return root;
}

function byFolder(files: readonly FileRow[]): Branch {
  const root = branchOf('', '', '', { of: 'folder', path: '' });
  const folders = new Map<string, Branch>([['', root]]);
  const folderOf = (path: string): Branch => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const branch = branchOf(`folder:${path}`, baseName(path), '', { of: 'folder', path });
    folders.set(path, branch);
    folderOf(path.slice(0, Math.max(0, path.lastIndexOf('/')))).branches.push(branch);
    return branch;
  };
  for (const file of files) folderOf(file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')))).files.push(file);
  for (const folder of folders.values()) folder.branches.sort((a, b) => compareNames(a.label, b.label));
  for (const branch of root.branches) joinSingle(branch);
  return root;
}

/** Joins a folder with its only child, if that is a folder too: `logs/sys`. */
function joinSingle(branch: Branch): void {
  for (
    let only = branch.branches[0];
    branch.files.length === 0 && branch.branches.length === 1 && only !== undefined;
  ) {
    branch.label = `${branch.label}/${only.label}`;
    branch.id = only.id;
    branch.group = only.group;
    branch.files = only.files;
    branch.branches = only.branches;
    only = branch.branches[0];
  }
  for (const each of branch.branches) joinSingle(each);
}

/** Returns all files in the order of the tree by node, which “next file” follows. */
export function orderedFiles(files: readonly FileRow[]): FileRow[] {
  const ordered: FileRow[] = [];
  const visit = (branch: Branch) => {
    ordered.push(...branch.files);
    branch.branches.forEach(visit);
  };
  visit(byNode(sortedFiles(files, 'kind')));
  return ordered;
}
