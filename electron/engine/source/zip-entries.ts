/**
 * Turns the records of a zip's directory into entries. Files that cannot or must not be read become
 * problems.
 */

import type { SourceEntry, SourceProblem } from './entry.ts';
import { nameDecoder } from './entry-name.ts';
import { MOST_UNPACKED_BYTES } from './limits.ts';
import type { ZipDirectory, ZipRecord } from './zip-directory.ts';

/** Names of compression methods that cannot be read (APPNOTE 4.4.5). */
const METHOD_NAMES: Record<number, string> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  96: 'JPEG',
  97: 'WavPack',
  98: 'PPMd',
  99: 'AES',
};
/** Minimum size of a local header. */
const LOCAL_BYTES = 30;

export interface ZipEntries {
  /** Under the names that the zip gives them; not confined yet. */
  entries: SourceEntry[];
  encrypted: number;
}

/**
 * Returns the files of a directory. Appends problems; those of the whole zip have a null `path`.
 */
export function zipEntries({ records, isCut, isFull }: ZipDirectory, problems: SourceProblem[]): ZipEntries {
  const names = nameDecoder(unmarkedNames(records));
  if (names.assumed !== null)
    problems.push({
      path: null,
      kind: 'name_encoding',
      message: `The zip does not say in which encoding its file names are; ${names.assumed} was assumed.`,
    });
  const overlapping = overlappingRecords(records);
  const entries: SourceEntry[] = [];
  let encrypted = 0;
  let unpacked = 0;
  let beyond = 0;
  for (const record of records) {
    const name = Buffer.from(record.name, 'latin1');
    const path = record.isUtf8 ? name.toString('utf8') : names.decode(name);
    if (/[/\\]$/.test(path)) continue;
    const obstacle = obstacleOf(record, overlapping);
    if (obstacle !== null) {
      if (obstacle.kind === 'encrypted') encrypted++;
      problems.push({ path, ...obstacle });
      continue;
    }
    unpacked += record.bytes;
    if (unpacked > MOST_UNPACKED_BYTES) {
      beyond++;
      unpacked -= record.bytes;
      continue;
    }
    const { offset, compressedBytes, method, crc, bytes, modifiedUs } = record;
    entries.push({ path, bytes, modifiedUs, zip: { offset, compressedBytes, method, crc }, inside: null });
  }
  if (beyond > 0)
    problems.push({
      path: null,
      kind: 'expands',
      message: `The zip claims to hold more than ${Math.round(MOST_UNPACKED_BYTES / 1024 ** 3)} GB; ${beyond} of its files are not read. Unpack it yourself if that is meant, or set POSTRUN_MAX_UNPACKED_GB.`,
    });
  if (isFull) problems.push(tooMany(records.length));
  if (isCut)
    problems.push({
      path: null,
      kind: 'damaged',
      message: 'The directory of the zip is damaged; files that it lists after that place are missing.',
    });
  return { entries, encrypted };
}

function* unmarkedNames(records: readonly ZipRecord[]): Generator<Buffer> {
  for (const { isUtf8, name } of records) if (!isUtf8) yield Buffer.from(name, 'latin1');
}

/** Says that an archive has more files than are read. */
export function tooMany(most: number): SourceProblem {
  return {
    path: null,
    kind: 'too_many_files',
    message: `The archive holds more than ${most.toLocaleString('en-US')} files; the rest is not read. Unpack it and open the folder, or set POSTRUN_MAX_FILES.`,
  };
}

function obstacleOf(record: ZipRecord, overlapping: Set<ZipRecord>): Pick<SourceProblem, 'kind' | 'message'> | null {
  if (record.isEncrypted || record.method === 99)
    return { kind: 'encrypted', message: 'The file is encrypted and cannot be read.' };
  if (record.isLink) return { kind: 'link', message: 'A link in an archive is not followed.' };
  if (record.method !== 0 && record.method !== 8) {
    const name = METHOD_NAMES[record.method];
    const what = `${record.method}${name === undefined ? '' : ` (${name})`}`;
    return {
      kind: 'unknown_method',
      message: `Compression method ${what} is not known; zip the file again with the usual one (deflate).`,
    };
  }
  if (overlapping.has(record))
    return {
      kind: 'overlapping',
      message:
        'The zip says that this file lies within another one; that is done to make small zips expand without end.',
    };
  return null;
}

/** Returns the records that start within the compressed bytes of the one before. */
function overlappingRecords(records: readonly ZipRecord[]): Set<ZipRecord> {
  const overlapping = new Set<ZipRecord>();
  let end = -1;
  for (const record of [...records].sort((a, b) => a.offset - b.offset)) {
    if (record.offset < end) overlapping.add(record);
    else end = record.offset + LOCAL_BYTES + record.name.length + record.compressedBytes;
  }
  return overlapping;
}
