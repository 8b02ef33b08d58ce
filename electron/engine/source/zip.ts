/** Lists the entries of a zip, and reads the bytes of one. */
import { constants, crc32, inflateRawSync } from 'node:zlib';
import { PostrunError } from '../../contract/errors.ts';
import { confinePath } from './confine-path.ts';
import { DamageError, damageOf, decode, type FinePlace, type ReadDamage } from './decode.ts';
import type { SourceEntry, SourceListing, SourceProblem } from './entry.ts';
import { MOST_FILES } from './limits.ts';
import { SourceFile } from './source-file.ts';
import { readZipDirectory } from './zip-directory.ts';
import { zipEntries } from './zip-entries.ts';
import type { ZipPlace } from './zip-place.ts';
import { salvageEntries } from './zip-salvage.ts';

/**
 * Lists a zip (zip64 too) by its central directory. If that is missing or damaged (a download cut
 * short), finds the entries by their local headers, and says so in the listing. Entries that cannot
 * be read (encrypted, unknown method) are problems. Throws {@link PostrunError}: `unreadable`,
 * `not_a_zip`, `zip_cut_short`, `encrypted_zip`.
 */
export async function listZip(path: string, size: number): Promise<SourceListing> {
  let file: SourceFile;
  try {
    file = new SourceFile(path);
  } catch (cause) {
    throw new PostrunError('environment', 'unreadable', 'This file cannot be read; check its permissions.', {
      where: path,
      cause,
    });
  }
  const problems: SourceProblem[] = [];
  let found: SourceEntry[] | null = null;
  let encrypted = 0;
  try {
    const directory = readZipDirectory({ size, read: (at, length) => file.read(at, length) }, MOST_FILES);
    if (directory !== null && !(directory.isCut && directory.records.length === 0)) {
      const listed = zipEntries(directory, problems);
      found = listed.entries;
      encrypted = listed.encrypted;
    }
  } finally {
    file.close();
  }
  found ??= salvaged(path, size, problems);
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

/** Returns the entries of a zip whose directory cannot be read. */
function salvaged(path: string, size: number, problems: SourceProblem[]): SourceEntry[] {
  const entries = salvageEntries(path, size);
  if (entries === null) {
    throw new PostrunError(
      'user',
      'not_a_zip',
      'This file is not a zip. Choose a zip or a folder with the logs of a run.',
      { where: path },
    );
  }
  if (entries.length === 0) {
    throw new PostrunError(
      'user',
      'zip_cut_short',
      'This zip is cut short and no file in it is whole enough to read; download it again.',
      { where: path },
    );
  }
  problems.push({
    path: null,
    kind: 'zip_cut_short',
    message:
      'The zip is cut short or damaged: its directory cannot be read, files were found by their headers and some may be missing. Download it again for all of them.',
  });
  return entries;
}

/** Confines all paths and makes them distinct. A changed name is a problem; the file is kept. */
export function confineAll(found: SourceEntry[], problems: SourceProblem[]): SourceEntry[] {
  const taken = new Set<string>();
  /** The last number given to each name, so that a million equal names take a million steps. */
  const counts = new Map<string, number>();
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
    if (taken.has(path)) {
      let n = counts.get(confined) ?? 1;
      do path = `${confined} (${++n})`;
      while (taken.has(path));
      counts.set(confined, n);
      problems.push({ path, kind: 'duplicate_name', message: 'The archive holds several files of this name.' });
    }
    taken.add(path);
    entries.push(path === entry.path ? entry : { ...entry, path });
  }
  return entries;
}

/** Larger entries are inflated in pieces. */
const WHOLE_BYTES = 16 * 1024 * 1024;
const LOCAL_BYTES = 30;
const LOCAL_MARK = 0x04034b50;

/** Returns the offset of an entry's data, or null if there is no entry. */
export function zipDataStart(file: SourceFile, place: ZipPlace): number | null {
  const length = localHeaderBytes(file.read(place.offset, LOCAL_BYTES));
  return length === null ? null : place.offset + length;
}

/**
 * Returns the size of the local header that `bytes` begin with, including its name and extra field;
 * null if there is none.
 */
function localHeaderBytes(bytes: Buffer): number | null {
  if (bytes.length < LOCAL_BYTES || bytes.readUInt32LE(0) !== LOCAL_MARK) return null;
  return LOCAL_BYTES + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
}

/**
 * An entry of at most this many compressed bytes is read together with its header: with a million
 * entries every system call counts.
 */
const SMALL_BYTES = 16 * 1024;
/** Bytes read for a header's name and extra field. */
const NAME_BYTES = 512;

/** Returns a small entry's data and its offset, or null if one read did not suffice. */
function readSmall(file: SourceFile, { offset, compressedBytes }: ZipPlace): { start: number; packed: Buffer } | null {
  const bytes = file.read(offset, LOCAL_BYTES + NAME_BYTES + compressedBytes);
  const at = localHeaderBytes(bytes);
  if (at === null || at + compressedBytes > bytes.length) return null;
  return { start: offset + at, packed: bytes.subarray(at, at + compressedBytes) };
}

/**
 * Yields the content of an entry. Never throws for damaged data, but calls `onDamage` at most once,
 * after the chunks that could be read.
 */
export async function* zipChunks(
  file: SourceFile,
  place: ZipPlace,
  bytes: number,
  onDamage: (damage: ReadDamage) => void,
): AsyncGenerator<Buffer> {
  const small = place.compressedBytes <= SMALL_BYTES ? readSmall(file, place) : null;
  const start = small?.start ?? zipDataStart(file, place);
  if (start === null)
    return onDamage({ kind: 'damaged', message: 'The file is not where the zip says it is; the zip is damaged.' });
  if (place.method === 8 && bytes <= WHOLE_BYTES && place.compressedBytes <= WHOLE_BYTES) {
    const whole = inflateWhole(small?.packed ?? file.read(start, place.compressedBytes), place, bytes);
    if (whole !== null) {
      if (whole.length > 0) yield whole;
      return;
    }
  }
  try {
    yield* judged(
      place.method === 8
        ? inflated(file, start, place)
        : small === null
          ? storedChunks(file, start, place)
          : [small.packed],
      place,
      bytes,
    );
  } catch (cause) {
    if (!(cause instanceof DamageError)) throw cause;
    onDamage(damageOf(cause));
  }
}

/**
 * Inflates a whole entry, a third faster than in pieces. Returns null if it is not as the zip says;
 * streaming then finds out why.
 */
function inflateWhole(packed: Buffer, place: ZipPlace, bytes: number): Buffer | null {
  try {
    // `info` also returns the engine, which knows how many bytes it used; the types do not know
    // that.
    const { buffer, engine } = inflateRawSync(packed, {
      maxOutputLength: Math.max(1, bytes),
      chunkSize: Math.max(1024, bytes + 1),
      finishFlush: constants.Z_SYNC_FLUSH,
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    const isAsStated = buffer.length === bytes && (place.crc === 0 || crc32(buffer) === place.crc);
    return isAsStated && (place.crc === 0 || engine.bytesWritten === place.compressedBytes) ? buffer : null;
  } catch {
    return null;
  }
}

/**
 * Inflates an entry as a stream, with a second pass from where it fails: see {@link FinePlace}.
 * Throws {@link DamageError}.
 */
async function* inflated(file: SourceFile, start: number, place: ZipPlace): AsyncGenerator<Buffer> {
  let fine: FinePlace | null = null;
  let given = 0;
  for (;;) {
    let seen = 0;
    try {
      for await (const chunk of inflateEntry(storedChunks(file, start, place), place, 0, fine)) {
        seen += chunk.length;
        if (seen <= given) continue;
        const fresh = chunk.subarray(Math.max(0, chunk.length - (seen - given)));
        given = seen;
        yield fresh;
      }
      return;
    } catch (cause) {
      if (!(cause instanceof DamageError) || cause.finePlace === null || fine !== null) throw cause;
      fine = cause.finePlace;
    }
  }
}

/** Inflates the compressed bytes of an entry. Throws {@link DamageError}. */
export async function* inflateEntry(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  place: ZipPlace,
  step: number,
  fine: FinePlace | null,
): AsyncGenerator<Buffer> {
  try {
    yield* decode('deflate', chunks, step, fine);
  } catch (cause) {
    // The range of an entry found only by its header can include bytes that are not its own.
    if (!(cause instanceof DamageError) || cause.kind !== 'size_differs' || place.crc !== 0) throw cause;
  }
}

/**
 * Checks the content against the size and checksum that the zip states. Throws {@link DamageError}.
 */
export async function* judged(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  place: ZipPlace,
  bytes: number,
): AsyncGenerator<Buffer> {
  let size = 0;
  let crc = 0;
  for await (const chunk of chunks) {
    const rest = bytes - size;
    size += chunk.length;
    if (chunk.length > rest) {
      if (rest > 0) yield chunk.subarray(0, rest);
      throw new DamageError('size_differs', 'it is larger than the zip says; only the size that it says was read');
    }
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (place.crc === 0) return;
  if (size < bytes) throw new DamageError('damaged', 'it is shorter than the zip says, its end is missing');
  if (crc !== place.crc) throw new DamageError('damaged', 'its checksum differs; some of its lines may be damaged');
}

/** Yields the bytes of an entry as stored. */
function storedChunks(file: SourceFile, start: number, { compressedBytes }: ZipPlace): Generator<Buffer> {
  return file.chunks({ start, end: start + compressedBytes });
}
