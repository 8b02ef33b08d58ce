/** A block kernel is a kernel with the block that is being read in its memory. */
import { KNOWN_LINE_SLOTS } from '../base/kernel-numbers.ts';
import { createKernel, type Kernel } from './kernel.ts';
import type { LiteralSet } from './literal-set.ts';

/**
 * A kernel that has grown beyond this (a segment of one line of many megabytes) is not kept. A
 * segment of as many different tokens as it may have takes 68 MB: to begin with a new kernel each
 * time costs more than to read the lines.
 */
const MAX_KEPT_BYTES = 128 * 1024 * 1024;
const ZEROS = new Uint8Array(64);

/** See `Likeness` of formats/prefix-alike.ts. */
interface LineLikeness {
  length: number;
  levelAt: number;
  minuteUs: number;
}

/** Places in a block, ascending; of those within four bytes of each other only the first. */
export interface Places {
  needles: Uint16Array;
  tracebacks: Uint16Array;
}

/**
 * Lines that were read without being looked at one by one; the arrays are written anew by the next
 * call.
 */
export interface QuietLines {
  /** Where the first line begins that was not read. */
  next: number;
  lines: number;
  /** Times of the lines, in microseconds; of no use where there are no lines. */
  minUs: number;
  maxUs: number;
  lastUs: number;
  /** Level of the last line. */
  lastLevel: number;
}

/** The kernel with the block that is being read in its memory. */
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
    this.#hasKnown = false;
    this.#kernel.beginBlock();
  }

  /**
   * The line at `start` of the block was parsed: from now on its likes can be read without being
   * looked at, if they are quiet (have nothing that a parser wants). Lines that are alike are left
   * out of the index of the block but for their seconds and what follows the prefix.
   */
  remember(start: number, { length, levelAt, minuteUs }: LineLikeness, level: number, isQuiet: boolean): void {
    this.#kernel.remember(start, length, levelAt, isQuiet ? 1 : 0, minuteUs);
    this.#levels[(this.bytes[this.#kernel.inputAt() + start + levelAt] as number) % KNOWN_LINE_SLOTS] = level;
    this.#hasKnown = true;
  }

  /** What made lines quiet has changed: none is until it is remembered anew. */
  forgetLines(): void {
    if (this.#hasKnown) this.#kernel.forgetQuiet();
    this.#hasKnown = false;
  }

  /**
   * Read lines of the block from `from` on as long as they are quiet and end before `to`. Adds the
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
      // The slot of the last line begins where that line does.
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
