/**
 * A byte cursor takes bytes in order, from a file or a stream, for readers that only move forward.
 */
import { DamageError } from './decode.ts';
import type { SourceFile } from './source-file.ts';

/** A position in a sequence of bytes that moves as they are taken. */
export interface ByteCursor {
  readonly position: number;
  /**
   * Moves to an offset; a stream only moves forward. Throws {@link DamageError} if the bytes end
   * before.
   */
  seek(offset: number): Promise<void>;
  /** Takes the next `count` bytes, fewer at the end. */
  take(count: number): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** A cursor over an open file, which can move in both directions. */
export class FileCursor implements ByteCursor {
  readonly file: SourceFile;
  readonly start: number;
  readonly length: number;
  position = 0;

  constructor(file: SourceFile, start: number, length: number) {
    this.file = file;
    this.start = start;
    this.length = length;
  }

  async seek(offset: number): Promise<void> {
    this.position = offset;
  }

  async *take(count: number): AsyncGenerator<Buffer> {
    const end = Math.min(this.length, this.position + count);
    const from = this.start + this.position;
    for (const chunk of this.file.chunks({ start: from, end: this.start + end })) {
      this.position += chunk.length;
      yield chunk;
    }
  }

  async close(): Promise<void> {}
}

/** A cursor over a stream. */
export class StreamCursor implements ByteCursor {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #failure: unknown = null;
  #isEnded = false;
  position = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async #next(): Promise<boolean> {
    if (this.#failure !== null) throw this.#failure;
    if (this.#isEnded) return false;
    try {
      const next = await this.#chunks.next();
      if (next.done === true) this.#isEnded = true;
      else this.#rest = next.value;
    } catch (cause) {
      this.#failure = cause;
      throw cause;
    }
    return !this.#isEnded;
  }

  async seek(offset: number): Promise<void> {
    while (this.position < offset) {
      if (this.#rest.length === 0 && !(await this.#next())) throw new DamageError('damaged', 'its end is missing');
      const step = Math.min(this.#rest.length, offset - this.position);
      this.#rest = this.#rest.subarray(step);
      this.position += step;
    }
  }

  async *take(count: number): AsyncGenerator<Buffer> {
    let left = count;
    while (left > 0) {
      if (this.#rest.length === 0 && !(await this.#next())) return;
      const chunk = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(chunk.length);
      this.position += chunk.length;
      left -= chunk.length;
      if (chunk.length > 0) yield chunk;
    }
  }

  async close(): Promise<void> {
    this.#isEnded = true;
    this.#rest = Buffer.alloc(0);
    await this.#chunks.return?.();
  }
}

/** Takes exactly `count` bytes. Throws {@link DamageError} if there are fewer. */
export async function takeExactly(cursor: ByteCursor, count: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let got = 0;
  for await (const chunk of cursor.take(count)) {
    parts.push(chunk);
    got += chunk.length;
  }
  if (got < count) throw new DamageError('damaged', 'its end is missing');
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}
