/**
 * An archive reader returns the bytes of entries that are in an archive or compressed, within a
 * folder or a zip.
 */
import { diskPath } from '../base/disk-path.ts';
import { type ByteCursor, FileCursor, StreamCursor, takeExactly } from './cursor.ts';
import { DamageError, damageOf, decode, type FinePlace, type ReadDamage } from './decode.ts';
import { type Inside, offsetInside, type Step } from './inside.ts';
import { SourceFile } from './source-file.ts';
import { inflateEntry, judged, zipChunks, zipDataStart } from './zip.ts';
import type { ZipPlace } from './zip-place.ts';

/** An entry in an archive, or a compressed one. */
interface InsideEntry {
  /** If the source is a zip: the place of the file that holds the entry. */
  zip: ZipPlace | null;
  inside: Inside;
}

/**
 * Reads entries of archives by streaming. Keeps the stream of the last archive open, so that
 * members requested in stored order are read in one pass. Serves one entry at a time.
 */
export class ArchiveReader {
  readonly #kind: 'folder' | 'zip';
  readonly #path: string;
  #cached: { key: string; cursor: ByteCursor; close: () => Promise<void> } | null = null;

  constructor(kind: 'folder' | 'zip', path: string) {
    this.#kind = kind;
    this.#path = path;
  }

  /**
   * Yields the bytes of an entry. Never throws for damaged data, but calls `onDamage` at most once,
   * after the bytes that could be read.
   */
  async *chunks(entry: InsideEntry, onDamage: (damage: ReadDamage) => void): AsyncGenerator<Buffer> {
    let got = 0;
    let fine: FinePlace | null = null;
    for (;;) {
      try {
        for await (const chunk of this.#pass(entry, got, fine)) {
          got += chunk.length;
          yield chunk;
        }
        const wanted = sizeOf(entry.inside.steps.at(-1));
        if (wanted !== null && got < wanted) throw new DamageError('damaged', 'its end is missing');
        return;
      } catch (cause) {
        if (!(cause instanceof DamageError)) throw cause;
        if (fine === null && cause.finePlace !== null) {
          fine = cause.finePlace;
          continue;
        }
        return onDamage(damageOf(cause));
      }
    }
  }

  /**
   * Yields the bytes of an entry from `skip` on. See {@link FinePlace} for `fine`. Throws {@link
   * DamageError}.
   */
  async *#pass(entry: InsideEntry, skip: number, fine: FinePlace | null): AsyncGenerator<Buffer> {
    const { steps } = entry.inside;
    const last = Math.max(
      0,
      steps.findLastIndex((step) => step.type === 'range' || step.type === 'zip'),
    );
    const opened: ByteCursor[] = [];
    try {
      const archive = steps.slice(0, last);
      // The archive itself failed, so all later entries use its second pass too.
      if (fine !== null && fine.step < last) await this.close();
      let cursor = await this.#archive(entry, archive, fine);
      if (sizeOf(steps[last]) === null) await cursor.seek(0);
      for (const [k, step] of steps.slice(last).entries()) {
        cursor = await stepInto(cursor, step, last + k, fine);
        opened.push(cursor);
      }
      let left = skip;
      for await (const chunk of cursor.take(Number.POSITIVE_INFINITY)) {
        if (chunk.length > left) yield left === 0 ? chunk : chunk.subarray(left);
        left = Math.max(0, left - chunk.length);
      }
    } finally {
      for (const cursor of opened.reverse()) await cursor.close();
    }
  }

  /** Returns a cursor over the bytes of an archive, at or before the entry. */
  async #archive(entry: InsideEntry, steps: Step[], fine: FinePlace | null): Promise<ByteCursor> {
    const key = JSON.stringify([entry.inside.path, entry.zip?.offset ?? null, steps]);
    const offset = offsetInside(entry.inside);
    const known = this.#cached;
    if (known !== null && known.key === key && (known.cursor instanceof FileCursor || known.cursor.position <= offset))
      return known.cursor;
    await this.close();
    const opened = await this.open(entry.zip, entry.inside, steps, fine);
    this.#cached = { key, ...opened };
    return opened.cursor;
  }

  /** Opens the file that holds an entry and follows the first steps. The caller closes it. */
  async open(
    zip: ZipPlace | null,
    inside: Inside,
    steps: Step[],
    fine: FinePlace | null = null,
  ): Promise<{ cursor: ByteCursor; close: () => Promise<void> }> {
    const isOwn = this.#kind === 'folder' && inside.path !== '';
    const file = new SourceFile(isOwn ? diskPath(this.#path, inside.path) : this.#path);
    const cursors: ByteCursor[] = [];
    try {
      let cursor = zip === null ? new FileCursor(file, 0, file.size) : outerCursor(file, zip, inside.bytes);
      cursors.push(cursor);
      for (const [k, step] of steps.entries()) {
        cursor = await stepInto(cursor, step, k, fine);
        cursors.push(cursor);
      }
      return {
        cursor,
        async close() {
          for (const each of cursors.reverse()) await each.close();
          file.close();
        },
      };
    } catch (cause) {
      file.close();
      throw cause;
    }
  }

  async close(): Promise<void> {
    const known = this.#cached;
    this.#cached = null;
    await known?.close();
  }
}

function sizeOf(step: Step | undefined): number | null {
  return step?.type === 'range' || step?.type === 'zip' ? step.bytes : null;
}

function outerCursor(file: SourceFile, zip: ZipPlace, bytes: number): ByteCursor {
  const start = zip.method === 0 ? zipDataStart(file, zip) : null;
  return start === null
    ? new StreamCursor(outerChunks(file, zip, bytes))
    : new FileCursor(file, start, zip.compressedBytes);
}

async function* outerChunks(file: SourceFile, zip: ZipPlace, bytes: number): AsyncGenerator<Buffer> {
  let damage: string | null = null;
  yield* zipChunks(file, zip, bytes, (found) => {
    damage = found.message;
  });
  if (damage !== null) throw new DamageError('damaged', damage);
}

/**
 * Steps from the bytes of a file to something within it. `index` is the number of the step, for
 * {@link FinePlace}.
 */
async function stepInto(cursor: ByteCursor, step: Step, index: number, fine: FinePlace | null): Promise<ByteCursor> {
  if (step.type === 'gzip' || step.type === 'zstd')
    return new StreamCursor(decode(step.type, cursor.take(Number.POSITIVE_INFINITY), index, fine));
  if (step.type === 'range') {
    if (cursor instanceof FileCursor)
      return new FileCursor(cursor.file, cursor.start + step.offset, Math.min(step.bytes, cursor.length - step.offset));
    await cursor.seek(step.offset);
    return new StreamCursor(cursor.take(step.bytes));
  }
  const { place, bytes } = step;
  await cursor.seek(place.offset);
  const header = await takeExactly(cursor, 30);
  if (header.readUInt32LE(0) !== 0x04034b50) throw new DamageError('damaged', 'it is not where the inner zip says');
  await takeExactly(cursor, header.readUInt16LE(26) + header.readUInt16LE(28));
  if (place.method === 0 && cursor instanceof FileCursor)
    return new FileCursor(cursor.file, cursor.start + cursor.position, place.compressedBytes);
  const packed = cursor.take(place.compressedBytes);
  return new StreamCursor(judged(place.method === 0 ? packed : inflateEntry(packed, place, index, fine), place, bytes));
}
