/**
 * Packs a folder into a zip, like the portal's "Download all". For tests and e2e only, because it
 * needs the dev tool yazl.
 */
import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface ZipFolderOptions {
  /** Wrapping folder in the zip, such as `ExperimentRun/dcid.1234`; several levels are fine. */
  prefix?: string;
  /** Uses zip64 records even if sizes do not require them. */
  forceZip64?: boolean;
  /** Stores instead of deflating. */
  store?: boolean;
  /** More folders for the same zip, each with its own prefix: another run beside this one. */
  extraFolders?: readonly { dir: string; prefix: string }[];
}

const MTIME = new Date('2020-05-07T00:00:00Z');

async function filesUnder(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.sort();
}

/** Writes `zipPath` with every file under `dir`; the order of entries and their times are fixed. */
export async function zipFolder(dir: string, zipPath: string, options: ZipFolderOptions = {}): Promise<void> {
  const zip = new ZipFile();
  const forceZip64Format = options.forceZip64 ?? false;
  const folders = [{ dir, prefix: options.prefix ?? '' }, ...(options.extraFolders ?? [])];
  for (const folder of folders) {
    const prefix = folder.prefix.replace(/^\/+|\/+$/g, '');
    for (const file of await filesUnder(folder.dir)) {
      const inside = relative(folder.dir, file).replaceAll('\\', '/');
      zip.addFile(file, prefix === '' ? inside : `${prefix}/${inside}`, {
        mtime: MTIME,
        mode: 0o100644,
        compress: !(options.store ?? false),
        forceZip64Format,
      });
    }
  }
  const written = pipeline(zip.outputStream, createWriteStream(zipPath));
  const failed = new Promise<never>((_, reject) => {
    zip.on('error', reject);
  });
  zip.end({ forceZip64Format, comment: '' });
  await Promise.race([written, failed]);
}
