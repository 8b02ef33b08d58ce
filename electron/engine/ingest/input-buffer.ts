/**
 * The input buffer holds what was read of a file and not yet cut into blocks. It is one piece of
 * memory, used again for every file.
 */
import { MAX_BLOCK_BYTES } from './block-cutter.ts';

/** Bytes that are read in one go. */
export const READ_BYTES = 1024 * 1024;

/**
 * The one buffer into which a worker reads: the bytes of a file, and before them the rest of what
 * was read before, so that blocks lie in one piece. What it gives is good until the next read.
 * Fresh buffers instead cost a fifth of the reading (pages to be cleared, memory to be given back).
 */
export class InputBuffer {
  readonly #bytes = Buffer.allocUnsafeSlow(MAX_BLOCK_BYTES + READ_BYTES);
  /** Where the next chunk of a file is read to. */
  readonly space = this.#bytes.subarray(MAX_BLOCK_BYTES);

  /** Keep the rest of a chunk (shorter than a block) beyond the next read. */
  keep(rest: Buffer): Buffer {
    if (rest.length === 0) return rest;
    if (rest.length > MAX_BLOCK_BYTES) return Buffer.from(rest);
    const start = MAX_BLOCK_BYTES - rest.length;
    rest.copy(this.#bytes, start);
    return this.#bytes.subarray(start, MAX_BLOCK_BYTES);
  }

  /** What was kept and the chunk after it as one. */
  join(kept: Buffer, chunk: Buffer): Buffer {
    if (kept.length === 0) return chunk;
    if (kept.buffer !== this.#bytes.buffer || chunk.length > READ_BYTES) return Buffer.concat([kept, chunk]);
    const isInPlace =
      chunk.buffer === this.#bytes.buffer && chunk.byteOffset === this.#bytes.byteOffset + MAX_BLOCK_BYTES;
    if (!isInPlace) chunk.copy(this.#bytes, MAX_BLOCK_BYTES);
    return this.#bytes.subarray(kept.byteOffset - this.#bytes.byteOffset, MAX_BLOCK_BYTES + chunk.length);
  }
}
