/** Exports a data set as one zip, for a browser, which takes a file but no folder. */
import { createWriteStream, existsSync, readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { CancelSignal } from '../../contract/contract.ts';
import type { ExportedTable } from '../../contract/export-records.ts';
import { existsError, placeFile } from '../report/write-file.ts';
import { type ExportOptions, exportDataSet } from './data-set.ts';

/**
 * Exports as {@link exportDataSet} does, except that `options.directory` is the path of the zip.
 * Also throws `exists`.
 */
export async function exportZip(
  options: ExportOptions,
  force: boolean,
  signal: CancelSignal,
): Promise<ExportedTable[]> {
  const { directory: path, format } = options;
  if (!force && existsSync(path)) throw existsError(path);
  let tables: ExportedTable[] = [];
  await placeFile(path, force, async (temporary) => {
    const folder = `${temporary}-set`;
    try {
      await mkdir(folder);
      tables = await exportDataSet({ ...options, directory: folder }, signal);
      await zip(folder, temporary, format !== 'parquet');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  return tables;
}

/** Packs a folder. `isPacked`: the files are compressed already, as Parquet is. */
async function zip(folder: string, path: string, isPacked: boolean): Promise<void> {
  const archive = new ZipFile();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    archive.addFile(file, relative(folder, file).split(sep).join('/'), { compress: isPacked });
  }
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(path, { flags: 'wx' }));
}
