import { openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { constants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { type Entry, fromFdPromise, getFileNameLowLevel, parseExtraFields, type ZipFile } from 'yauzl';
import { PostrunError } from '../../contract/errors.ts';
import { confinePath } from './confine-path.ts';
import type { SourceEntry, SourceListing, SourceProblem, ZipPlace } from './entry.ts';
import { salvageEntries } from './zip-salvage.ts';

const UTF8_NAMES = 0x800;

/**
 * List a zip (zip64 too) by its central directory. Where that is missing or damaged (a download cut short) the entries are
 * found by their local headers, and the listing says so. Entries that cannot be read (encrypted, of an unknown method) are problems.
 */
export async function listZip(path: string, size: number): Promise<SourceListing> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    throw new PostrunError('environment', 'unreadable', 'This file cannot be read; check its permissions.', {
      where: path,
      cause,
    });
  }
  await handle.close();
  const fd = openSync(path, 'r');
  const problems: SourceProblem[] = [];
  const found: SourceEntry[] = [];
  let encrypted = 0;
  try {
    const zip = await fromFdPromise(fd, {
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
      autoClose: true,
    });
    encrypted = await collectEntries(zip, found, problems);
  } catch (cause) {
    const salvaged = salvageEntries(path, size);
    if (salvaged === null) {
      throw new PostrunError(
        'user',
        'not_a_zip',
        'This file is not a zip. Choose a zip or a folder with the logs of a run.',
        { where: path, cause },
      );
    }
    if (salvaged.length === 0 && found.length === 0) {
      throw new PostrunError(
        'user',
        'zip_cut_short',
        'This zip is cut short and no file in it is whole enough to read; download it again.',
        { where: path, cause },
      );
    }
    problems.push({
      path: null,
      kind: 'zip_cut_short',
      message:
        'The zip is cut short or damaged: its directory cannot be read, files were found by their headers and some may be missing. Download it again for all of them.',
    });
    found.length = 0;
    found.push(...salvaged);
  }
  if (found.length === 0 && encrypted > 0) {
    throw new PostrunError(
      'user',
      'encrypted_zip',
      'This zip is encrypted. Unpack it with its password and open the folder.',
      { where: path },
    );
  }
  return { kind: 'zip', path, entries: confineAll(found, problems), problems };
}

/** Gather the files of a zip's directory; what cannot be read is a problem. Returns how many are encrypted. */
export async function collectEntries(zip: ZipFile, found: SourceEntry[], problems: SourceProblem[]): Promise<number> {
  let encrypted = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entryName(entry);
    if (name.endsWith('/')) continue;
    if (entry.isEncrypted()) {
      encrypted++;
      problems.push({ path: name, kind: 'encrypted', message: 'The file is encrypted and cannot be read.' });
      continue;
    }
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
      problems.push({
        path: name,
        kind: 'unknown_method',
        message: `Compression method ${entry.compressionMethod} is not known; zip the file again with the usual one (deflate).`,
      });
      continue;
    }
    found.push({
      path: name,
      bytes: entry.uncompressedSize,
      modifiedUs: modifiedUs(entry),
      zip: {
        offset: entry.relativeOffsetOfLocalHeader,
        compressedBytes: entry.compressedSize,
        method: entry.compressionMethod,
        crc: entry.crc32,
      },
      inside: null,
    });
  }
  return encrypted;
}

function entryName(entry: Entry): string {
  // With decodeStrings off the names are bytes, so that one bad name does not end the listing.
  const raw = entry as unknown as { fileNameRaw?: Buffer; fileName: Buffer | string; extraFieldRaw?: Buffer };
  const bytes = raw.fileNameRaw ?? (Buffer.isBuffer(raw.fileName) ? raw.fileName : Buffer.from(raw.fileName));
  try {
    const extra = raw.extraFieldRaw === undefined ? entry.extraFields : parseExtraFields(raw.extraFieldRaw);
    return getFileNameLowLevel(entry.generalPurposeBitFlag, bytes, extra, false);
  } catch {
    return bytes.toString(entry.generalPurposeBitFlag & UTF8_NAMES ? 'utf8' : 'latin1');
  }
}

function modifiedUs(entry: Entry): number | null {
  try {
    const time = entry.getLastModDate({ timezone: 'UTC' }).getTime();
    return Number.isFinite(time) ? time * 1000 : null;
  } catch {
    return null;
  }
}

/** Confine all paths and make them distinct; a name that had to be changed is a problem, the file is kept. */
export function confineAll(found: SourceEntry[], problems: SourceProblem[]): SourceEntry[] {
  const taken = new Set<string>();
  const entries: SourceEntry[] = [];
  for (const entry of found) {
    const confined = confinePath(entry.path);
    if (confined !== entry.path) {
      problems.push({
        path: confined,
        kind: 'unsafe_name',
        message: `The archive calls this file ${JSON.stringify(entry.path.slice(0, 200))}; it is shown under a safe name.`,
      });
    }
    let path = confined;
    for (let n = 2; taken.has(path); n++) path = `${confined} (${n})`;
    if (path !== confined)
      problems.push({ path, kind: 'duplicate_name', message: 'The archive holds several files of this name.' });
    taken.add(path);
    entries.push({ ...entry, path });
  }
  return entries;
}

/** Entries up to this size are inflated in one go. */
const WHOLE_BYTES = 16 * 1024 * 1024;
const READ_BYTES = 512 * 1024;

/** Why an entry could not be read to its end; what came before is good. */
export interface EntryDamage {
  kind: 'damaged' | 'size_differs';
  message: string;
}

/** Where the data of an entry begins; null where there is no entry. */
export function zipDataStart(fd: number, place: ZipPlace): number | null {
  const header = Buffer.alloc(30);
  if (readSync(fd, header, 0, 30, place.offset) < 30 || header.readUInt32LE(0) !== 0x04034b50) return null;
  return place.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** Inflate an entry. Calls `onDamage` at most once, after the chunks that could be read; never throws for damaged data. */
export async function* zipChunks(
  fd: number,
  place: ZipPlace,
  bytes: number,
  onDamage: (damage: EntryDamage) => void,
): AsyncGenerator<Buffer> {
  const start = zipDataStart(fd, place);
  if (start === null)
    return onDamage({ kind: 'damaged', message: 'The file is not where the zip says it is; the zip is damaged.' });
  let inflated = 0;
  let crc = 0;
  let error: string | null = null;
  if (place.method === 8 && bytes <= WHOLE_BYTES && place.compressedBytes <= WHOLE_BYTES) {
    const packed = Buffer.allocUnsafe(place.compressedBytes);
    const got = readSync(fd, packed, 0, packed.length, start);
    try {
      const whole = inflateRawSync(packed.subarray(0, got), {
        maxOutputLength: Math.max(1, bytes),
        // In one piece: a third faster than in pieces of 16 KB that are joined.
        chunkSize: Math.max(1024, bytes + 1),
        finishFlush: constants.Z_SYNC_FLUSH,
      });
      inflated = whole.length;
      crc = crc32(whole);
      if (whole.length > 0) yield whole;
      return judge();
    } catch {
      // Damaged, or larger than it says: the stream below gives what can be had.
    }
  }
  const source =
    place.method === 8
      ? inflateStream(fd, start, place.compressedBytes)
      : storedChunks(fd, start, place.compressedBytes);
  try {
    for await (const chunk of source) {
      const rest = bytes - inflated;
      if (chunk.length > rest) {
        inflated += chunk.length;
        if (rest > 0) yield chunk.subarray(0, rest);
        return onDamage({
          kind: 'size_differs',
          message: 'The file is larger than the zip says; only the size that it says was read.',
        });
      }
      inflated += chunk.length;
      crc = crc32(chunk, crc);
      yield chunk;
    }
  } catch (cause) {
    error = cause instanceof Error ? cause.message : String(cause);
  }
  judge();

  function judge(): void {
    if (error !== null)
      onDamage({
        kind: 'damaged',
        message: `The zip is damaged within this file (${error}); the lines before that are kept.`,
      });
    else if (inflated < bytes)
      onDamage({ kind: 'damaged', message: 'The file is shorter than the zip says; its end is missing.' });
    else if (place.crc !== 0 && crc !== place.crc)
      onDamage({ kind: 'damaged', message: 'The checksum of the file differs; some of its lines may be damaged.' });
  }
}

function* storedChunks(fd: number, start: number, length: number): Generator<Buffer> {
  let done = 0;
  while (done < length) {
    const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, length - done));
    const got = readSync(fd, buffer, 0, buffer.length, start + done);
    if (got === 0) return;
    done += got;
    yield buffer.subarray(0, got);
  }
}

async function* inflateStream(fd: number, start: number, length: number): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: READ_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  let failed: Error | null = null;
  inflate.on('error', (error) => {
    failed = error;
  });
  const feed = async () => {
    for (const chunk of storedChunks(fd, start, length)) {
      if (failed !== null || inflate.destroyed) return;
      if (!inflate.write(chunk))
        await new Promise<void>((resolve) => inflate.once('drain', resolve).once('close', resolve));
    }
    inflate.end();
  };
  void feed();
  for await (const chunk of inflate) yield chunk as Buffer;
}
