/** The first bytes of a file reveal compressed files and archives, whatever their names. */
import { join } from 'node:path';
import { constants, inflateRawSync } from 'node:zlib';
import { diskPath } from '../base/disk-path.ts';
import type { SourceEntry } from './entry.ts';
import { type ArchiveType, archiveType, HEAD_BYTES } from './inside.ts';
import { type SourceFile, withFile } from './source-file.ts';
import { zipDataStart } from './zip.ts';

/** Returns the first bytes of a file, fewer if it is shorter. Throws if it cannot be opened. */
export function headOf(path: string | Buffer, bytes = HEAD_BYTES): Buffer {
  return withFile(path, (file) => file.read(0, bytes));
}

/**
 * Compressed content hardly shrinks when compressed again, so zip entries that shrink more are not
 * examined.
 */
const MIN_SHARE = 0.8;
/** Enough compressed bytes to yield {@link HEAD_BYTES} in nearly all cases. */
const PACKED_BYTES = 1024;
const MOST_REMEMBERED = 100_000;

/**
 * Types of the files examined in folders, valid while size and time stay the same. A folder is
 * listed every few seconds.
 */
const known = new Map<string, { bytes: number; modifiedUs: number | null; type: ArchiveType | null }>();

/** Returns how to read through a file of a folder. */
export function typeInFolder(folder: string, entry: SourceEntry): ArchiveType | null {
  const path = join(folder, entry.path);
  const before = known.get(path);
  if (before !== undefined && before.bytes === entry.bytes && before.modifiedUs === entry.modifiedUs)
    return before.type;
  let head: Buffer | null = null;
  try {
    head = headOf(diskPath(path));
  } catch {
    // Reading the file reports this.
  }
  const type = archiveType(entry.path, head);
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(path, { bytes: entry.bytes, modifiedUs: entry.modifiedUs, type });
  return type;
}

/** Returns how to read through an entry of the zip `file`. */
export function typeInZip(file: SourceFile, { path, bytes, zip }: SourceEntry): ArchiveType | null {
  const named = archiveType(path, null);
  if (zip === null || (named === null && zip.compressedBytes < MIN_SHARE * bytes)) return named;
  return archiveType(path, zipHead(file, zip));
}

function zipHead(file: SourceFile, zip: NonNullable<SourceEntry['zip']>): Buffer | null {
  const start = zipDataStart(file, zip);
  if (start === null) return null;
  const packed = file.read(start, Math.min(PACKED_BYTES, zip.compressedBytes));
  if (zip.method === 0) return packed.subarray(0, HEAD_BYTES);
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, HEAD_BYTES);
  } catch {
    return null;
  }
}
