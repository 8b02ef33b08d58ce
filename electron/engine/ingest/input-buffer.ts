/** The input buffer holds bytes that have been read but not yet cut into blocks. */
import { MAX_BLOCK_BYTES } from './block-cutter.ts';

/** Bytes per read. */
export const READ_BYTES = 1024 * 1024;

/**
 * A worker's only buffer, reused for every file. The leftover of the previous read lies right
 * before the next chunk, so that blocks are contiguous. What it returns is valid until the next
 * read. Fresh buffers would cost a fifth of the reading time, because the system must clear and
 * free pages.
 */
export class InputBuffer {
  readonly #bytes = Buffer.allocUnsafeSlow(MAX_BLOCK_BYTES + READ_BYTES);
  /** Receives the next chunk. */
  readonly space = this.#bytes.subarray(MAX_BLOCK_BYTES);

  /** Keeps the leftover of a chunk (shorter than a block) across the next read. */
  keep(rest: Buffer): Buffer {
    if (rest.length === 0) return rest;
    if (rest.length > MAX_BLOCK_BYTES) return Buffer.from(rest);
    const start = MAX_BLOCK_BYTES - rest.length;
    rest.copy(this.#bytes, start);
    return this.#bytes.subarray(start, MAX_BLOCK_BYTES);
  }

  /** Returns the kept bytes and the chunk as one stretch. */
  join(kept: Buffer, chunk: Buffer): Buffer {
    if (kept.length === 0) return chunk;
    if (kept.buffer !== this.#bytes.buffer || chunk.length > READ_BYTES) return Buffer.concat([kept, chunk]);
    const isInPlace =
      chunk.buffer === this.#bytes.buffer && chunk.byteOffset === this.#bytes.byteOffset + MAX_BLOCK_BYTES;
    if (!isInPlace) chunk.copy(this.#bytes, MAX_BLOCK_BYTES);
    return this.#bytes.subarray(kept.byteOffset - this.#bytes.byteOffset, MAX_BLOCK_BYTES + chunk.length);
  }
}
