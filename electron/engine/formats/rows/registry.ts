/** The registry is all format rows in the order in which they are tried. */
import type { FileClass } from '../types.ts';
import type { FormatRow, Generation } from './format-row.ts';
import { computeRows } from './rows-compute.ts';
import { firstRows } from './rows-first.ts';
import { laterRows } from './rows-later.ts';

const entryScriptRow = laterRows.filter((row) => row.id === 'prs2.entry-script-file');

/**
 * The first match wins. The entry script's folder comes first, because a script may write a file of
 * any name there, including one that the service writes elsewhere.
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

/** Returns how to read a file that only its extension describes. */
export function shapeByExtension(path: string): FileClass['shape'] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (extension === 'csv' || extension === 'tsv') return 'csv';
  return name.includes('.') && binaryExtensions.has(extension) ? 'binary' : 'lines';
}

/** Returns the row that matches a path, with its groups; null if none does. */
export function matchRow(path: string): { row: FormatRow; groups: Record<string, string | undefined> } | null {
  for (const row of formatRows) {
    if (!path.includes(row.contains)) continue;
    const match = row.pattern.exec(path);
    if (match) return { row, groups: match.groups ?? {} };
  }
  return null;
}

/**
 * Returns what a path says about its file. The path uses `/` and is relative to the run's root or
 * has any folders before it.
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
 * Returns the generations that write such a file, oldest first; empty if it does not indicate any.
 * The third generation numbers nodes, which earlier ones named by their addresses
 * (README.md#overview: "The overviewer on 7 stopped").
 */
export function possibleGenerations(row: FormatRow, groups: Record<string, string | undefined>): readonly Generation[] {
  return row.generations.includes('3') && /^\d{1,6}$/.test(groups.node ?? '') ? ['3'] : row.generations;
}
