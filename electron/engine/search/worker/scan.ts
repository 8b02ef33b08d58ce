/** Searches a file that is not indexed yet, from its bytes. */
import { cutBlock, cutText } from '../../ingest/block-cutter.ts';
import { type DecidedRules, decideFromStart, type FileToDecide } from '../../ingest/decide-rules.ts';
import { decodeChunks, sniffEncoding } from '../../ingest/encoding.ts';
import { BlockDecoder } from '../../ingest/text-decoder.ts';
import { type Inside, offsetInside } from '../../source/inside.ts';
import { MAX_LINE_BYTES } from '../../source/limits.ts';
import type { SourceReader } from '../../source/source-reader.ts';
import type { ZipPlace } from '../../source/zip-place.ts';

/** A file that is not indexed yet. */
export interface ScanFile {
  fileId: number;
  path: string;
  bytes: number;
  zip: ZipPlace | null;
  inside: Inside | null;
}

/**
 * Estimates the bytes to read for a file. For a packed file, includes everything before it and its
 * likely expansion.
 */
export function scanCost(file: ScanFile): number {
  return file.inside === null ? file.bytes : offsetInside(file.inside) + file.bytes * 20;
}

type OnBlock = (bytes: Buffer, start: number, isOriginal: boolean) => boolean;

/** Joins the pieces of lines longer than a block, as far as a line is searched. */
class LinePieces {
  readonly #isInPlace: boolean;
  readonly #onBlock: OnBlock;
  #pieces: Buffer[] = [];
  #bytes = 0;
  #start = 0;
  #isOriginal = true;
  /** True within a line whose searched part is complete. */
  #isSkipping = false;

  constructor(isInPlace: boolean, onBlock: OnBlock) {
    this.#isInPlace = isInPlace;
    this.#onBlock = onBlock;
  }

  /** Returns false to stop. */
  add(piece: Buffer, start: number, isOriginal: boolean, inLine: boolean): boolean {
    let text = piece;
    let at = start;
    if (this.#isSkipping) {
      const lineEnd = piece.indexOf(10);
      const skipped = lineEnd === -1 ? piece.length : lineEnd + 1;
      this.#isSkipping = lineEnd === -1 && inLine;
      text = piece.subarray(skipped);
      at += skipped;
      if (text.length === 0) return true;
    }
    if (this.#pieces.length === 0) {
      this.#start = at;
      this.#isOriginal = true;
    }
    this.#pieces.push(text);
    this.#bytes += text.length;
    this.#isOriginal &&= isOriginal;
    if (inLine && this.#bytes < MAX_LINE_BYTES) return true;
    this.#isSkipping = inLine;
    return this.end();
  }

  end(): boolean {
    if (this.#pieces.length === 0) return true;
    const whole = this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#bytes = 0;
    return this.#onBlock(whole, this.#start, this.#isOriginal && this.#isInPlace);
  }
}

/** How the lines of the file are read: known already, or decided from its beginning. */
export interface ScanRules {
  isKnown: boolean;
  file: FileToDecide;
  runUs: number | null;
  onDecided: (decided: DecidedRules) => void;
}

/**
 * Reads a file that is not indexed yet as ingest would, in blocks of whole lines. A line longer
 * than a block comes whole. `onBlock` gets the bytes, their position in the file, and whether the
 * file has them unchanged. It returns false to stop.
 */
export async function scanFile(
  file: ScanFile,
  source: SourceReader,
  rules: ScanRules,
  onBlock: OnBlock,
): Promise<void> {
  const entry = source.openEntry(file);
  try {
    const chosen = rules.file.choice?.encoding ?? null;
    const sniffed = await sniffEncoding(0, entry.chunks(), chosen);
    const isText = rules.file.shape !== 'binary';
    const decoder = isText ? new BlockDecoder(sniffed.encoding === 'utf-8' ? chosen : null, () => undefined) : null;
    const lines = new LinePieces(entry.file !== null && sniffed.encoding === 'utf-8', onBlock);
    const cut = isText ? cutText : cutBlock;
    let position = sniffed.skip;
    let pending: Buffer = Buffer.alloc(0);
    /** Returns the rest of the bytes; null to stop. */
    const take = (bytes: Buffer, isLast: boolean): Buffer | null => {
      let at = 0;
      for (let next = cut(bytes, at, bytes.length, isLast); at < bytes.length && next !== null; ) {
        const block = bytes.subarray(at, next.end);
        const text = block.length === 0 ? null : (decoder?.decode(block) ?? null);
        if (block.length > 0 && !lines.add(text ?? block, position, text === null, next.inLine)) return null;
        position += next.next - at;
        at = next.next;
        if (at < bytes.length) next = cut(bytes, at, bytes.length, isLast);
      }
      return bytes.subarray(at);
    };
    const { decided, chunks: text } = rules.isKnown
      ? { decided: null, chunks: decodeChunks(sniffed) }
      : await decideFromStart(sniffed, entry.file, rules.file, rules.runUs);
    if (decided !== null) rules.onDecided(decided);
    for await (const chunk of text) {
      const rest = take(pending.length === 0 ? chunk : Buffer.concat([pending, chunk]), false);
      if (rest === null) return;
      pending = rest;
    }
    if (take(pending, true) !== null) lines.end();
  } finally {
    entry.close();
  }
}
