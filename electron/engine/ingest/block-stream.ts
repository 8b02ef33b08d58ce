/**
 * A block stream cuts the bytes of a file into blocks as they arrive, and decodes the blocks to
 * UTF-8. Indexing and the search of files that are not indexed yet use it, so both see the same
 * lines.
 */
import type { FileClass } from '../formats/types.ts';
import { cutBlock, cutText } from './block-cutter.ts';
import type { SniffedSource } from './encoding.ts';
import { BlockDecoder, type OnDoubt } from './text-decoder.ts';

/** The stretch `bytes[from, to)`, valid until the next block is asked for. */
export interface TextBlock {
  bytes: Buffer;
  from: number;
  to: number;
  /** Offset in the file. The pieces of a decoded block have distinct offsets within it. */
  start: number;
  /** False if the file has other bytes here, in another encoding. */
  isOriginal: boolean;
  /** The next block continues the line. */
  inLine: boolean;
  /** The next block continues the token. */
  inToken: boolean;
}

/** Keeps the bytes that are not cut yet until more arrive. */
export interface Leftover {
  keep(rest: Buffer): Buffer;
  join(kept: Buffer, chunk: Buffer): Buffer;
}

export interface BlockStreamOptions {
  /** A file that is not text is cut, but not decoded. */
  shape: FileClass['shape'];
  /** The encoding that a person has set; null to detect it. */
  chosen: string | null;
  leftover: Leftover;
  onDoubt: OnDoubt;
  /** Called once per hole, when all before it has been taken. */
  onHole: () => void;
}

export class BlockStream {
  readonly #options: BlockStreamOptions;
  readonly #decoder: BlockDecoder | null;
  #position: number;
  #isInHole = false;
  #pending: Buffer = Buffer.alloc(0);

  constructor(source: SniffedSource, options: BlockStreamOptions) {
    this.#options = options;
    // What begins as UTF-16 arrives decoded.
    const chosen = source.encoding === 'utf-8' ? options.chosen : null;
    this.#decoder = options.shape === 'binary' ? null : new BlockDecoder(chosen, options.onDoubt);
    this.#position = source.start + source.skip;
  }

  /** Offset in the file up to which blocks have been taken. */
  get position(): number {
    return this.#position;
  }

  /** A hole reaches up to the position. */
  get isInHole(): boolean {
    return this.#isInHole;
  }

  /** Everything so far was UTF-8 text. */
  get isPlain(): boolean {
    return this.#decoder?.isPlain === true;
  }

  /** The encodings of the text so far. */
  get encoding(): string {
    return this.#decoder?.encoding ?? 'utf-8';
  }

  /** Yields the blocks that are complete with these bytes. Take them all before the next bytes. */
  *add(chunk: Buffer): Generator<TextBlock, void> {
    const bytes = this.#options.leftover.join(this.#pending, chunk);
    const rest = yield* this.#cut(bytes, false);
    this.#pending = this.#options.leftover.keep(rest);
  }

  /** Yields what is left at the end of the file. */
  *end(): Generator<TextBlock, void> {
    yield* this.#cut(this.#pending, true);
  }

  /** Returns the bytes that are not cut. */
  *#cut(bytes: Buffer, isLast: boolean): Generator<TextBlock, Buffer> {
    const cutter = this.#decoder === null ? cutBlock : cutText;
    let at = 0;
    while (at < bytes.length) {
      const cut = cutter(bytes, at, bytes.length, isLast);
      if (cut === null) break;
      const { end, next, inLine, inToken } = cut;
      const isHole = end === at && next > at;
      // A hole can arrive in pieces.
      if (isHole && !this.#isInHole) this.#options.onHole();
      this.#isInHole = isHole;
      const text = end === at ? null : (this.#decoder?.decode(bytes.subarray(at, end)) ?? null);
      if (text !== null) yield* this.#pieces(text, end - at, inLine, inToken);
      else if (end > at) yield { bytes, from: at, to: end, start: this.#position, isOriginal: true, inLine, inToken };
      this.#position += next - at;
      at = next;
    }
    return bytes.subarray(at);
  }

  /** Decoded text can be longer than a block; `length` is that of the block in the file. */
  *#pieces(text: Buffer, length: number, inLine: boolean, inToken: boolean): Generator<TextBlock, void> {
    for (let from = 0; from < text.length; ) {
      const piece = cutBlock(text, from, text.length, true);
      const to = piece?.end ?? text.length;
      const start = this.#position + Math.min(from, length - 1);
      const place = { bytes: text, from, to, start, isOriginal: false };
      if (piece === null || to === text.length) yield { ...place, inLine, inToken };
      else yield { ...place, inLine: piece.inLine, inToken: piece.inToken };
      from = to;
    }
  }
}
