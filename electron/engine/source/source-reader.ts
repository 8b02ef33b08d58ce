/**
 * A source reader opens the entries of a source: the one place that knows whether their bytes lie
 * in a folder, in a zip or in an archive inside either.
 */
import { diskPath } from '../base/disk-path.ts';
import { ArchiveReader } from './archive-reader.ts';
import type { ReadDamage } from './decode.ts';
import type { SourceEntry } from './entry.ts';
import { type ByteRange, SourceFile, withFile } from './source-file.ts';
import { zipChunks } from './zip.ts';

/** Where the entries of a source are read from. */
export interface SourcePlace {
  kind: 'folder' | 'zip';
  /** Absolute path of the folder or file. */
  path: string;
  /**
   * What the paths of entries are relative to: '', or the path of a run's root with a '/' behind
   * it.
   */
  prefix: string;
}

/** By what the bytes of an entry are found. */
export type EntryPlace = Pick<SourceEntry, 'path' | 'bytes' | 'zip' | 'inside'>;

/** An entry whose bytes can be read. */
export interface OpenEntry {
  /**
   * The entry as a file that can be read at any place; null where its bytes come one after another
   * only.
   */
  readonly file: SourceFile | null;
  /**
   * The bytes of the entry, or a range of them, one after another. Of a file, `into` is memory for
   * a chunk, which is then good until the next one. Damaged data throws nothing.
   */
  chunks(range?: ByteRange, into?: Buffer): AsyncGenerator<Buffer>;
  close(): void;
}

/**
 * Opens the entries of one source. The zip that a source is, and the archive that was last read,
 * are kept open until {@link close}. One entry at a time comes from an archive.
 */
export class SourceReader {
  readonly #place: SourcePlace;
  readonly #archives: ArchiveReader;
  #zip: SourceFile | null = null;

  constructor(place: SourcePlace) {
    this.#place = place;
    this.#archives = new ArchiveReader(place.kind, place.path);
  }

  /** Whether an entry is a file of a folder, so that its bytes are where a range of it says. */
  isInPlace({ inside }: Pick<EntryPlace, 'inside'>): boolean {
    return this.#place.kind === 'folder' && inside === null;
  }

  /** Open an entry that lies in place, by its path. Throws where it cannot be opened. */
  openFile(path: string): SourceFile {
    return new SourceFile(diskPath(this.#place.path, this.#place.prefix, path));
  }

  /**
   * Open an entry. `onDamage` is called at most once, after the bytes that could be read. Throws
   * where the file that holds it cannot be opened.
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

  /** Whether the file of a folder that is an entry, or holds it, can be opened. */
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

/** The bytes of a range of a stream, which is read from its beginning. */
async function* within(chunks: AsyncGenerator<Buffer>, { start, end }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at));
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at >= end) return;
  }
}
