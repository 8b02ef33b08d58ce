/** A block kernel is a kernel that holds the current block in its memory. */
import { KNOWN_LINE_SLOTS } from '../base/kernel-numbers.ts';
import { createKernel, type Kernel } from './kernel.ts';
import type { LiteralSet } from './literal-set.ts';

/**
 * A kernel that has grown beyond this (for a segment with a line of many megabytes) is replaced. A
 * segment with the maximum number of distinct tokens takes 68 MB, and starting with a new kernel
 * each time would cost more than reading the lines.
 */
const MAX_KEPT_BYTES = 128 * 1024 * 1024;
const ZEROS = new Uint8Array(64);

/** See `Likeness` in formats/prefix/prefix-alike.ts. */
interface LineLikeness {
  length: number;
  levelAt: number;
  minuteUs: number;
}

/**
 * Ascending offsets in a block. Of offsets less than four bytes apart, only the first is listed.
 */
export interface Places {
  needles: Uint16Array;
  tracebacks: Uint16Array;
}

/** Lines read without parsing each one; the next call overwrites this object. */
export interface QuietLines {
  /** Start of the first line not read. */
  next: number;
  lines: number;
  /** Times of the lines, in microseconds; meaningless if there are none. */
  minUs: number;
  maxUs: number;
  lastUs: number;
  /** Level of the last line. */
  lastLevel: number;
}

export class BlockKernel {
  #kernel: Kernel = createKernel();
  #bytes = new Uint8Array();
  #literals: LiteralSet | null = null;
  #length = 0;
  #hasKnown = false;
  #known = new Int32Array();
  readonly #levels = new Uint8Array(KNOWN_LINE_SLOTS);
  readonly #quiet: QuietLines = { next: 0, lines: 0, minUs: 0, maxUs: 0, lastUs: 0, lastLevel: 0 };

  get exports(): Kernel {
    return this.#kernel;
  }

  /** All of the kernel's memory; get it again after each call that can make it grow. */
  get bytes(): Uint8Array {
    const { buffer } = this.#kernel.memory;
    if (this.#bytes.buffer !== buffer) this.#bytes = new Uint8Array(buffer);
    return this.#bytes;
  }

  /** Size of the block in bytes. */
  get length(): number {
    return this.#length;
  }

  /**
   * Loads `bytes[from, to)` as the block. Throws RangeError if it is larger than `maxInput()`,
   * almost 64 KB.
   */
  load(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length > this.#kernel.maxInput()) throw new RangeError(`a block of ${length} bytes`);
    const input = this.#kernel.inputAt();
    this.bytes.set(bytes.subarray(from, to), input);
    this.bytes.set(ZEROS, input + length);
    this.#length = length;
    this.#hasKnown = false;
    this.#kernel.beginBlock();
  }

  /**
   * Remembers the parsed line at `start` of the block. Later lines like it can be read without
   * parsing if they are quiet (contain nothing that a parser wants). The index of the block skips
   * such lines, except for their seconds and what follows the prefix.
   */
  remember(start: number, { length, levelAt, minuteUs }: LineLikeness, level: number, isQuiet: boolean): void {
    this.#kernel.remember(start, length, levelAt, isQuiet ? 1 : 0, minuteUs);
    this.#levels[(this.bytes[this.#kernel.inputAt() + start + levelAt] as number) % KNOWN_LINE_SLOTS] = level;
    this.#hasKnown = true;
  }

  /** Forgets all lines, because what made them quiet has changed. */
  forgetLines(): void {
    if (this.#hasKnown) this.#kernel.forgetQuiet();
    this.#hasKnown = false;
  }

  /**
   * Reads lines of the block from `from` on while they are quiet and end before `to`. Adds the
   * number of lines with level n to `levels[n − 1]`.
   */
  readQuiet(from: number, to: number, levels: number[]): QuietLines {
    const quiet = this.#quiet;
    quiet.next = from;
    quiet.lines = 0;
    if (!this.#hasKnown) return quiet;
    const kernel = this.#kernel;
    quiet.next = kernel.readQuiet(from, to);
    quiet.lines = kernel.quietLines();
    if (quiet.lines === 0) return quiet;
    quiet.minUs = kernel.minUs();
    quiet.maxUs = kernel.maxUs();
    quiet.lastUs = kernel.lastUs();
    const { buffer } = kernel.memory;
    if (this.#known.buffer !== buffer) this.#known = new Int32Array(buffer, kernel.knownAt(), KNOWN_LINE_SLOTS * 8);
    let last = -1;
    for (let slot = 0; slot < KNOWN_LINE_SLOTS; slot++) {
      // The slot of the last line starts where that line does.
      const start = this.#known[8 * slot] as number;
      if (start > last) {
        last = start;
        quiet.lastLevel = this.#levels[slot] as number;
      }
      const level = (this.#levels[slot] as number) - 1;
      if (level >= 0) levels[level] = (levels[level] as number) + (this.#known[8 * slot + 2] as number);
    }
    return quiet;
  }

  /** Finds the literals in the block; the next block overwrites the result. */
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

  /** Starts a new segment; `mark` is the result of `encode()` for the last one. */
  reset(mark: number): void {
    if (this.#kernel.memory.buffer.byteLength > MAX_KEPT_BYTES) {
      this.#kernel = createKernel();
      this.#literals = null;
    } else this.#kernel.reset(mark);
  }
}
