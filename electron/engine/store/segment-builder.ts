/** The segment builder makes the index of one segment from its blocks. */
import { compress } from '../base/codec.ts';
import { at } from '../base/typed.ts';
import { BlockKernel } from '../kernel/block-kernel.ts';
import type { VocabularyPage } from './vocabulary-pages.ts';

/** The index of one segment, ready to be written as rows. */
export interface SegmentData {
  blocks: number;
  tokens: number;
  /**
   * Blocks that hold a run longer than a token, or a cut token. They are candidates of every search
   * for a part of a token.
   */
  longBlocks: Uint32Array;
  /**
   * Pages of posting lists in key order, each with its smallest key; all are views of one buffer.
   */
  postings: { firstKey: number; data: Uint8Array }[];
  /** The text of the segment's distinct tokens of 3 bytes or more. */
  vocabulary: VocabularyPage[];
}

/**
 * Builds the index of a segment: takes blocks, returns posting lists. A WebAssembly kernel
 * (`kernel/assembly`) does the work on the block loaded into its memory.
 */
export class SegmentBuilder {
  /** Shared with the reader, which loads each block before it is added. */
  readonly kernel = new BlockKernel();
  #longBlocks: number[] = [];

  /** Number of distinct tokens so far, which determines most of the memory use. */
  get tokens(): number {
    return this.kernel.exports.tokens();
  }

  /**
   * Adds the block loaded into the kernel. For lines that were found to be like earlier ones, it
   * adds only tokens that may be new to the block. `cutInToken` says that the first or last token
   * continues in the neighbouring block.
   */
  addBlock(cutInToken = false): void {
    const kernel = this.kernel.exports;
    const isLong = kernel.addBlock(this.kernel.length) !== 0;
    if (isLong || cutInToken) this.#longBlocks.push(kernel.blocks() - 1);
  }

  /** Closes the segment, returns its index, and starts the next one. */
  finish(): SegmentData {
    const kernel = this.kernel.exports;
    const mark = kernel.encode();
    const data: SegmentData = {
      blocks: kernel.blocks(),
      tokens: kernel.tokens(),
      longBlocks: Uint32Array.from(this.#longBlocks),
      postings: this.#pages(),
      vocabulary: this.#vocabulary(),
    };
    this.#longBlocks = [];
    this.kernel.reset(mark);
    return data;
  }

  #pages(): SegmentData['postings'] {
    const kernel = this.kernel.exports;
    const count = kernel.pages();
    const ends = new Uint32Array(kernel.memory.buffer, kernel.pageEnds(), 2 * count);
    const start = kernel.pageBytes();
    const all = this.kernel.bytes.slice(start, start + (ends[2 * count - 1] ?? 0));
    return Array.from({ length: count }, (_, k) => ({
      firstKey: ends[2 * k] as number,
      data: all.subarray(k === 0 ? 0 : ends[2 * k - 1], ends[2 * k + 1]),
    }));
  }

  #vocabulary(): VocabularyPage[] {
    const kernel = this.kernel.exports;
    const { bytes } = this.kernel;
    const table = new Uint32Array(bytes.buffer, kernel.vocabularyAt(), 4 * kernel.vocabularyCount());
    return Array.from({ length: kernel.vocabularyCount() }, (_, k) => ({
      letters: at(table, 4 * k + 3) * 2 ** 32 + at(table, 4 * k + 2),
      data: compress(bytes.subarray(table[4 * k], table[4 * k + 1])),
    }));
  }
}
