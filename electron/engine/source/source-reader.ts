/**
 * A source reader opens the entries of a source. It is the only place that knows whether their
 * bytes are in a folder, in a zip, or in an archive inside either.
 */
import { diskPath } from '../base/disk-path.ts';
import { ArchiveReader } from './archive-reader.ts';
import type { ReadDamage } from './decode.ts';
import type { SourceEntry } from './entry.ts';
import { type ByteRange, SourceFile, withFile } from './source-file.ts';
import { zipChunks } from './zip.ts';

/** Location of the entries of a source. */
export interface SourcePlace {
  kind: 'folder' | 'zip';
  /** Absolute path of the folder or file. */
  path: string;
  /** Prefix for the paths of entries: '', or the path of a run's root ending in '/'. */
  prefix: string;
}

/** The properties of an entry that locate its bytes. */
export type EntryPlace = Pick<SourceEntry, 'path' | 'bytes' | 'zip' | 'inside'>;

/** An entry whose bytes can be read. */
export interface OpenEntry {
  /** The entry as a file with random access; null if its bytes only come as a stream. */
  readonly file: SourceFile | null;
  /**
   * Yields the bytes of the entry, or a range of them. A file reads chunks into `into`, if given,
   * and each is then valid until the next one. Damaged data does not throw.
   */
  chunks(range?: ByteRange, into?: Buffer): AsyncGenerator<Buffer>;
  close(): void;
}

/**
 * Opens the entries of one source. Keeps its zip file and the last archive open until {@link
 * close}. Reads one archived entry at a time.
 */
export class SourceReader {
  readonly #place: SourcePlace;
  readonly #archives: ArchiveReader;
  #zip: SourceFile | null = null;

  constructor(place: SourcePlace) {
    this.#place = place;
    this.#archives = new ArchiveReader(place.kind, place.path);
  }

  /** Decides whether an entry is a file of a folder, whose ranges can be read directly. */
  isInPlace({ inside }: Pick<EntryPlace, 'inside'>): boolean {
    return this.#place.kind === 'folder' && inside === null;
  }

  /** Opens an entry in place, by its path. Throws if it cannot be opened. */
  openFile(path: string): SourceFile {
    return new SourceFile(diskPath(this.#place.path, this.#place.prefix, path));
  }

  /**
   * Opens an entry. Calls `onDamage` at most once, after the bytes that could be read. Throws if
   * the file that holds the entry cannot be opened.
   */
  openEntry(entry: EntryPlace, onDamage: (damage: ReadDamage) => void = () => undefined): OpenEntry {
    const { bytes, zip, inside } = entry;
    if (inside !== null) return streamed(() => this.#archives.chunks({ zip, inside }, onDamage));
    if (this.#place.kind === 'folder') return inPlace(this.openFile(entry.path), bytes);
    if (zip === null) throw new Error('the zip does not say where it is');
    this.#zip ??= new SourceFile(this.#place.path);
    const file = this.#zip;
    return streamed(() => zipChunks(file, zip, bytes, onDamage));
  }

  /** Decides whether the file that is, or holds, an entry of a folder can be opened. */
  canBeOpened({ path, inside }: EntryPlace): boolean {
    const { kind, path: folder, prefix } = this.#place;
    if (kind === 'zip') return false;
    try {
      const at = inside === null ? diskPath(folder, prefix, path) : diskPath(folder, inside.path);
      withFile(at, (file) => file.read(0, 1));
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    this.#zip?.close();
    this.#zip = null;
    await this.#archives.close();
  }
}

function inPlace(file: SourceFile, bytes: number): OpenEntry {
  return {
    file,
    async *chunks(range = { start: 0, end: bytes }, into) {
      yield* file.chunks(range, into);
    },
    close: () => file.close(),
  };
}

function streamed(open: () => AsyncGenerator<Buffer>): OpenEntry {
  return {
    file: null,
    chunks: (range) => (range === undefined ? open() : within(open(), range)),
    close: () => undefined,
  };
}

/** Yields a range of a stream, which is read from its beginning. */
async function* within(chunks: AsyncGenerator<Buffer>, { start, end }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at));
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at >= end) return;
  }
}
