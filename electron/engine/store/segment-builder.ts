import { compress } from '../base/codec.ts';
import { createKernel, type Kernel } from '../kernel/kernel.ts';

/** The index of one segment, ready to be written as rows. */
export interface SegmentData {
  blocks: number;
  tokens: number;
  /** Numbers of the blocks with a run longer than a token, or cut within one: candidates of every search that needs a part of a token. */
  longBlocks: Uint32Array;
  /** Pages of posting lists with the smallest key in each, keys ascending; they lie side by side in one buffer. */
  postings: { firstKey: number; data: Uint8Array }[];
  /** The text of the segment's distinct tokens of 3 bytes or more, one a line, compressed. */
  vocabulary: Uint8Array[];
}

const VOCABULARY_PAGE_BYTES = 512 * 1024;
/** Shorter parts of tokens are in so many tokens that looking them up is dearer than scanning. */
export const MIN_VOCABULARY_BYTES = 3;
/** A kernel that has grown beyond this (a segment of one line of many megabytes) is not kept. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
const ZEROS = new Uint8Array(64);

/**
 * Builds the index of a segment: blocks go in, posting lists come out. The work is done by a kernel in WebAssembly (`kernel/assembly`), into
 * whose memory each block is copied.
 */
export class SegmentBuilder {
  #kernel: Kernel = createKernel();
  #bytes = new Uint8Array();
  #numbers = new Int32Array();
  #longBlocks: number[] = [];

  get blocks(): number {
    return this.#kernel.blocks();
  }

  /** Different tokens so far: what most of its memory is for. */
  get tokens(): number {
    return this.#kernel.tokens();
  }

  /**
   * Add the next block: `bytes[from, to)` for every two numbers `from, to` of `spans`, ascending; what it leaves out has only tokens that stand
   * in what it gives. `cutInToken`: the block's first or last token goes on in the neighbouring block. Throws RangeError for a block of 64 KB.
   */
  addBlock(bytes: Uint8Array, spans: ArrayLike<number>, cutInToken = false): void {
    const kernel = this.#kernel;
    const from = spans[0] ?? 0;
    const to = spans[spans.length - 1] ?? 0;
    const length = to - from;
    if (length > kernel.maxInput()) throw new RangeError(`a block of ${length} bytes`);
    this.#view();
    const input = kernel.inputAt();
    this.#bytes.set(bytes.subarray(from, to), input);
    this.#bytes.set(ZEROS, input + length);
    const numbers = this.#numbers;
    const at = kernel.spansAt() / 4;
    let count = spans.length >> 1;
    if (count > kernel.maxSpans()) {
      count = 1;
      numbers[at] = 0;
      numbers[at + 1] = length;
    } else for (let k = 0; k < 2 * count; k++) numbers[at + k] = (spans[k] as number) - from;
    const isLong = kernel.addBlock(length, count) !== 0;
    if (isLong || cutInToken) this.#longBlocks.push(kernel.blocks() - 1);
  }

  /** Look at the kernel's memory anew if it has grown. */
  #view(): void {
    const { buffer } = this.#kernel.memory;
    if (this.#bytes.buffer === buffer) return;
    this.#bytes = new Uint8Array(buffer);
    this.#numbers = new Int32Array(buffer);
  }

  /** Close the segment, give its index, and be ready for the next one. */
  finish(): SegmentData {
    const kernel = this.#kernel;
    const mark = kernel.encode();
    this.#view();
    const data: SegmentData = {
      blocks: kernel.blocks(),
      tokens: kernel.tokens(),
      longBlocks: Uint32Array.from(this.#longBlocks),
      postings: this.#pages(),
      vocabulary: this.#vocabulary(),
    };
    this.#longBlocks = [];
    if (kernel.memory.buffer.byteLength > MAX_KEPT_BYTES) this.#kernel = createKernel();
    else kernel.reset(mark);
    return data;
  }

  #pages(): SegmentData['postings'] {
    const kernel = this.#kernel;
    const count = kernel.pages();
    const ends = new Uint32Array(kernel.memory.buffer, kernel.pageEnds(), 2 * count);
    const start = kernel.pageBytes();
    const all = this.#bytes.slice(start, start + (ends[2 * count - 1] ?? 0));
    return Array.from({ length: count }, (_, k) => ({
      firstKey: ends[2 * k] as number,
      data: all.subarray(k === 0 ? 0 : ends[2 * k - 1], ends[2 * k + 1]),
    }));
  }

  #vocabulary(): Uint8Array[] {
    const start = this.#kernel.text();
    const text = this.#bytes.subarray(start, start + this.#kernel.textLength());
    const pages: Uint8Array[] = [];
    let from = 0;
    while (from < text.length) {
      let to = Math.min(text.length, from + VOCABULARY_PAGE_BYTES);
      if (to < text.length) to = text.lastIndexOf(10, to) + 1;
      pages.push(compress(text.subarray(from, to)));
      from = to;
    }
    return pages;
  }
}
