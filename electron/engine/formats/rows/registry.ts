/** The registry is all format rows in the order in which they are tried. */
import type { FileClass } from '../types.ts';
import type { FormatRow, Generation } from './format-row.ts';
import { computeRows } from './rows-compute.ts';
import { firstRows } from './rows-first.ts';
import { laterRows } from './rows-later.ts';

const entryScriptRow = laterRows.filter((row) => row.id === 'prs2.entry-script-file');

/**
 * Every kind of file that Postrun knows, first match wins. A script's own folder comes first,
 * because a script may write a file of any name there, also one that the service writes elsewhere.
 */
export const formatRows: readonly FormatRow[] = [
  ...entryScriptRow,
  ...firstRows,
  ...laterRows.filter((row) => !entryScriptRow.includes(row)),
  ...computeRows,
];

const binaryExtensions = new Set(
  (
    'profile prof png jpg jpeg gif bmp tif tiff webp ico pdf pkl pickle npy npz parquet feather arrow avro orc h5 hdf5 pt pth onnx pb ' +
    'ckpt joblib model bin so dll exe pyc pyd whl jar class zip gz tgz zst bz2 xz 7z tar rar db sqlite sqlite3 mp3 mp4 wav avi mov woff woff2'
  ).split(' '),
);

/** How a file of that name is read where only its extension can tell. */
export function shapeByExtension(path: string): FileClass['shape'] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (extension === 'csv' || extension === 'tsv') return 'csv';
  return name.includes('.') && binaryExtensions.has(extension) ? 'binary' : 'lines';
}

/** The row that knows this path, with its match; null where none does. */
export function matchRow(path: string): { row: FormatRow; groups: Record<string, string | undefined> } | null {
  for (const row of formatRows) {
    if (!path.includes(row.contains)) continue;
    const match = row.pattern.exec(path);
    if (match) return { row, groups: match.groups ?? {} };
  }
  return null;
}

/**
 * What a path says of its file; path with `/`, relative to the run's root or with any folders
 * before it.
 */
export function classify(path: string): FileClass {
  const match = matchRow(path);
  if (!match) {
    const shape = shapeByExtension(path);
    return { kind: 'other', format: 'text', generation: null, node: null, process: null, shape, priority: 2 };
  }
  const { row, groups } = match;
  return {
    kind: row.kind,
    format: row.id,
    generation: possibleGenerations(row, groups)[0] ?? null,
    node: groups.node ?? null,
    process: groups.process ?? null,
    shape: row.shape === 'by-extension' ? shapeByExtension(path) : row.shape,
    priority: row.priority,
  };
}

/**
 * The generations that write such a file, oldest first; empty where it does not tell. Nodes are
 * numbered in the third generation and named by their addresses before (README.md#overview: "The
 * overviewer on 7 stopped").
 */
export function possibleGenerations(row: FormatRow, groups: Record<string, string | undefined>): readonly Generation[] {
  return row.generations.includes('3') && /^\d{1,6}$/.test(groups.node ?? '') ? ['3'] : row.generations;
}
