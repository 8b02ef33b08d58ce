import { expect, test } from 'vitest';
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import { treeStep } from './tree-keys.ts';
import { branchStates, orderedFiles, type TreeOptions, treeRows } from './tree-model.ts';
import { picksBetween, togglePicks } from './tree-picks.ts';
import { typeAhead } from './type-ahead.ts';

let nextId = 1;
function file(path: string, part: Partial<FileRow> = {}): FileRow {
  return {
    fileId: nextId++,
    path,
    kind: 'other',
    format: 'other',
    generation: null,
    node: null,
    process: null,
    pid: null,
    bytes: 10,
    lines: 100,
    firstUs: null,
    lastUs: null,
    errors: 0,
    warnings: 0,
    problems: 0,
    state: 'indexed',
    ...part,
  };
}
const files = [
  file('logs/user/10.0.0.12/Process-2.txt', {
    kind: 'user',
    node: '10.0.0.12',
    process: 'Process-2',
    pid: 7,
    errors: 2,
  }),
  file('logs/sys/worker/10.0.0.4/Process-10.txt', { kind: 'worker', node: '10.0.0.4', process: 'Process-10' }),
  file('logs/sys/worker/10.0.0.4/Process-2.txt', {
    kind: 'worker',
    node: '10.0.0.4',
    process: 'Process-2',
    lines: null,
  }),
  file('logs/sys/perf/10.0.0.4/sys.csv', { kind: 'resources', node: '10.0.0.4' }),
  file('azureml-logs/70_driver_log.txt', { kind: 'driver' }),
  file('azureml-logs/20_image_build_log.txt', { kind: 'compute' }),
  file('logs/overview.txt', { kind: 'progress' }),
];
const base: TreeOptions = {
  mode: 'node',
  filter: '',
  expanded: new Map(),
  hits: null,
  onlyHits: false,
  openFileId: null,
};
const drawn = (options: Partial<TreeOptions>) =>
  treeRows(files, { ...base, ...options }).map((row) => `${'  '.repeat(row.depth)}${row.label}`);

test('the whole run first, then nodes and processes in the order of their numbers, the compute last', () => {
  expect(drawn({})).toEqual([
    'Whole run',
    '  Overview',
    '  Driver log',
    '10.0.0.4',
    '  Resources',
    '  Process-2',
    '    System log',
    '  Process-10',
    '    System log',
    '10.0.0.12',
    '  Process-2',
    '    User log',
    'Compute',
    '  20_image_build_log.txt',
  ]);
  expect(orderedFiles(files)[0]?.path).toBe('logs/overview.txt');
  expect(orderedFiles(files)).toHaveLength(files.length);
});

test('by kind, and by folder with single folders drawn together', () => {
  expect(drawn({ mode: 'kind' })[0]).toBe('Progress');
  expect(drawn({ mode: 'folder' })).toEqual([
    'azureml-logs',
    '  20_image_build_log.txt',
    '  70_driver_log.txt',
    'logs',
    '  overview.txt',
    '  sys',
    '    perf/10.0.0.4',
    '      sys.csv',
    '    worker/10.0.0.4',
    '      Process-2.txt',
    '      Process-10.txt',
    '  user/10.0.0.12',
    '    Process-2.txt',
  ]);
});

test('a branch says what is in it, also when it is closed', () => {
  const rows = treeRows(files, { ...base, expanded: new Map([['node:10.0.0.12', false]]) });
  const node = rows.find((row) => row.id === 'node:10.0.0.12');
  expect(node).toMatchObject({ isExpanded: false, errors: 2, lines: 100 });
  expect(node?.fileIds).toHaveLength(1);
  expect(rows.some((row) => row.file?.node === '10.0.0.12')).toBe(false);
  // Not all of its files are indexed, so its number of lines is unknown.
  expect(rows.find((row) => row.id === 'node:10.0.0.4')?.lines).toBeNull();
});

test('filtered by words anywhere in what a file is, and by hits', () => {
  expect(drawn({ filter: '10.0.0.4 process-2' })).toEqual(['10.0.0.4', '  Process-2', '    System log']);
  const id = files[0]?.fileId ?? 0;
  const rows = treeRows(files, { ...base, hits: new Map([[id, 5]]), onlyHits: true });
  expect(rows.map((row) => row.hits)).toEqual([5, 5, 5]);
});

test('with thousands of files only the branch of the open one is open', () => {
  const many = Array.from({ length: 2_000 }, (_, index) =>
    file(`logs/user/n${index % 50}/p${index}.txt`, { kind: 'user', node: `n${index % 50}`, process: `p${index}` }),
  );
  const open = many[77];
  const rows = treeRows(many, { ...base, openFileId: open?.fileId ?? null });
  expect(rows.filter((row) => row.file !== null).map((row) => row.file)).toEqual([open]);
  expect(rows.filter((row) => row.depth === 0)).toHaveLength(50);
});

test('letters lead to the next label that starts with them', () => {
  const labels = ['Overview', 'Driver log', '10.0.0.4', '10.0.0.12', 'Driver b'];
  const typed = { text: '', at: 0 };
  expect(typeAhead(labels, 0, typed, 'd', 1_000)).toBe(1);
  expect(typeAhead(labels, 1, typed, 'd', 1_100)).toBe(4);
  expect(typeAhead(labels, 4, { text: '10.0.0.1', at: 1_000 }, '2', 1_100)).toBe(3);
  expect(typeAhead(labels, 0, typed, 'x', 9_000)).toBeNull();
});

test('a filter finds composed and decomposed names', () => {
  const named = [file('logs/한글café.log'.normalize('NFD')), file('logs/other.log')];
  const options: TreeOptions = {
    mode: 'folder',
    filter: '',
    onlyHits: false,
    hits: null,
    expanded: new Map(),
    openFileId: null,
  };
  for (const form of ['NFC', 'NFD']) {
    const rows = treeRows(named, { ...options, filter: '한글CAFÉ'.normalize(form) });
    expect(rows.filter((row) => row.file !== null)).toHaveLength(1);
  }
});

test('all branches close, and open again', () => {
  const closed = branchStates(files, base, false);
  expect(drawn({ expanded: closed })).toEqual(['Whole run', '10.0.0.4', '10.0.0.12', 'Compute']);
  const opened = branchStates(files, { ...base, expanded: closed }, true);
  expect(drawn({ expanded: opened })).toEqual(drawn({}));
});

/** A node whose second process is closed. */
const node = treeRows(files, {
  ...base,
  filter: '10.0.0.4',
  expanded: new Map([['process:10.0.0.4/Process-10', false]]),
});
const press = (key: string, held: { ctrlKey?: boolean; shiftKey?: boolean; altKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

test('right opens a branch, then goes to its first row; left goes the other way', () => {
  expect(node.map((row) => row.label)).toEqual(['10.0.0.4', 'Resources', 'Process-2', 'System log', 'Process-10']);
  expect(treeStep(press('ArrowRight'), node, 4)).toEqual({ kind: 'expand' });
  expect(treeStep(press('ArrowRight'), node, 2)).toEqual({ kind: 'move', to: 3 });
  expect(treeStep(press('ArrowRight'), node, 3)).toBeNull();
  expect(treeStep(press('ArrowLeft'), node, 3)).toEqual({ kind: 'move', to: 2 });
  expect(treeStep(press('ArrowLeft'), node, 2)).toEqual({ kind: 'collapse' });
  expect(treeStep(press('ArrowLeft'), node, 4)).toEqual({ kind: 'move', to: 0 });
  const closed = treeRows(files, { ...base, expanded: branchStates(files, base, false) });
  expect(treeStep(press('ArrowLeft'), closed, 1)).toEqual({ kind: 'move', to: -1 });
});

test('other keys of the tree pick, merge, ask for the menu, or lead to a label of any script', () => {
  expect(treeStep(press(' '), node, 3)).toEqual({ kind: 'pick' });
  expect(treeStep(press('Enter', { ctrlKey: true }), node, 3)).toEqual({ kind: 'merge' });
  expect(treeStep(press('F10', { shiftKey: true }), node, 3)).toEqual({ kind: 'menu' });
  expect(treeStep(press('ContextMenu'), node, 3)).toEqual({ kind: 'menu' });
  expect(treeStep(press('j'), node, 3)).toEqual({ kind: 'type', letter: 'j' });
  expect(treeStep(press('한'), node, 3)).toEqual({ kind: 'type', letter: '한' });
});

test('the tree leaves all other keys to the list', () => {
  for (const key of ['Enter', 'F10', 'ArrowDown', 'Home', 'Tab']) expect(treeStep(press(key), node, 3)).toBeNull();
  expect(treeStep(press('j', { altKey: true }), node, 3)).toBeNull();
  expect(treeStep(press(' '), node, 99)).toBeNull();
});

test('a row adds its files to the picks, and takes them out if all are picked', () => {
  expect(togglePicks([1], [2, 3])).toEqual([1, 2, 3]);
  expect(togglePicks([1, 2], [2, 3])).toEqual([1, 2, 3]);
  expect(togglePicks([1, 2, 3], [2, 3])).toEqual([1]);
});

test('a range of rows picks its files, in either direction and without its branches', () => {
  const [resources, log] = [node[1]?.file?.fileId, node[3]?.file?.fileId];
  expect(picksBetween(node, 1, 4)).toEqual([resources, log]);
  expect(picksBetween(node, 3, 1)).toEqual([resources, log]);
  expect(picksBetween(node, 2, 2)).toEqual([]);
});
