import { createKernel, type Kernel } from './kernel.ts';
import type { LiteralSet } from './literal-set.ts';

/** A kernel that has grown beyond this (a segment of one line of many megabytes) is not kept. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
const ZEROS = new Uint8Array(64);

/** Places in a block, ascending; of those within four bytes of each other only the first. */
export interface Places {
  needles: Uint16Array;
  tracebacks: Uint16Array;
}

/** The kernel with the block that is being read in its memory. */
export class BlockKernel {
  #kernel: Kernel = createKernel();
  #bytes = new Uint8Array();
  #literals: LiteralSet | null = null;
  #length = 0;

  get exports(): Kernel {
    return this.#kernel;
  }

  /** All of the kernel's memory; to be asked for again after each call that can make it grow. */
  get bytes(): Uint8Array {
    const { buffer } = this.#kernel.memory;
    if (this.#bytes.buffer !== buffer) this.#bytes = new Uint8Array(buffer);
    return this.#bytes;
  }

  /** Bytes of the block. */
  get length(): number {
    return this.#length;
  }

  /** Take `bytes[from, to)` as the block. Throws RangeError for 64 KB or more. */
  load(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length > this.#kernel.maxInput()) throw new RangeError(`a block of ${length} bytes`);
    const input = this.#kernel.inputAt();
    this.bytes.set(bytes.subarray(from, to), input);
    this.bytes.set(ZEROS, input + length);
    this.#length = length;
  }

  /** Where in the block the literals are; what is given is written anew with the next block. */
  find(literals: LiteralSet): Places {
    const kernel = this.#kernel;
    if (this.#literals !== literals) {
      this.bytes.set(literals.bytes, kernel.literalsAt());
      this.#literals = literals;
    }
    const counts = kernel.find(this.#length);
    const { buffer } = kernel.memory;
    return {
      needles: new Uint16Array(buffer, kernel.needlesAt(), counts & 0xffff),
      tracebacks: new Uint16Array(buffer, kernel.tracebacksAt(), counts >>> 16),
    };
  }

  /** Begin a new segment; `mark` is what `encode()` of the last one gave. */
  reset(mark: number): void {
    if (this.#kernel.memory.buffer.byteLength > MAX_KEPT_BYTES) {
      this.#kernel = createKernel();
      this.#literals = null;
    } else this.#kernel.reset(mark);
  }
}
