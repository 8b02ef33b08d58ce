/** Searches a file that is not indexed yet, from its bytes. */
import { BlockStream, type Leftover, type TextBlock } from '../../ingest/block-stream.ts';
import { type DecidedRules, decideFromStart, type FileToDecide } from '../../ingest/decide-rules.ts';
import { decodeChunks, sniffEncoding } from '../../ingest/encoding.ts';
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

/** Blocks of a scan are kept while their line goes on, so nothing is read over them. */
const freshLeftover: Leftover = {
  keep: (rest) => rest,
  join: (kept, chunk) => (kept.length === 0 ? chunk : Buffer.concat([kept, chunk])),
};

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
  add({ bytes, from, to, start, isOriginal, inLine }: TextBlock): boolean {
    let text = bytes.subarray(from, to);
    let at = start;
    if (this.#isSkipping) {
      const lineEnd = text.indexOf(10);
      const skipped = lineEnd === -1 ? text.length : lineEnd + 1;
      this.#isSkipping = lineEnd === -1 && inLine;
      text = text.subarray(skipped);
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
  const chosen = rules.file.choice?.encoding ?? null;
  const entry = source.openEntry(file);
  try {
    const sniffed = await sniffEncoding(0, entry.chunks(), chosen);
    const blocks = new BlockStream(sniffed, {
      shape: rules.file.shape,
      chosen,
      leftover: freshLeftover,
      onDoubt: () => undefined,
      onHole: () => undefined,
    });
    const { decided, chunks } = rules.isKnown
      ? { decided: null, chunks: decodeChunks(sniffed) }
      : await decideFromStart(sniffed, entry.file, rules.file, rules.runUs);
    if (decided !== null) rules.onDecided(decided);
    const lines = new LinePieces(entry.file !== null && sniffed.encoding === 'utf-8', onBlock);
    for await (const chunk of chunks) for (const block of blocks.add(chunk)) if (!lines.add(block)) return;
    for (const block of blocks.end()) if (!lines.add(block)) return;
    lines.end();
  } finally {
    entry.close();
  }
}
