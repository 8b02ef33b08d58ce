/**
 * Detects files that begin in UTF-16, by a byte order mark or by their NUL bytes. text-decoder.ts
 * decodes all other encodings line by line, even within such a file.
 */
import { isNarrow, WIDE_END_BYTES, type WideEncoding, wideEncodingOf, wideEnd } from './wide-text.ts';

/** Bytes to examine for UTF-16. */
const WIDE_LOOK_BYTES = 4096;

/** A stream of bytes whose beginning has been examined. */
export interface SniffedSource {
  encoding: 'utf-8' | WideEncoding;
  /** Set if the encoding was inferred from the bytes, with neither a mark nor a person's choice. */
  isGuess: boolean;
  /** Offset of the first chunk in the file. */
  start: number;
  /** Length of the byte order mark, which is not text. */
  skip: number;
  chunks: AsyncIterator<Buffer>;
  first: Buffer | null;
  /** Called where UTF-16 text gives way to another encoding. */
  onOther?: () => void;
}

/** Returns the byte order mark, or null if there is none. */
function markOf(head: Buffer): { encoding: SniffedSource['encoding']; bytes: number } | null {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bytes: 2 };
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? { encoding: 'utf-8', bytes: 3 } : null;
}

/**
 * Examines the first bytes. A person's choice wins, then a byte order mark, then the NULs of
 * UTF-16; anything else is read as bytes. `start` is the offset of the chunks in the file.
 */
export async function sniffEncoding(
  start: number,
  chunks: AsyncIterator<Buffer>,
  chosen: string | null = null,
): Promise<SniffedSource> {
  const next = await chunks.next();
  const first = next.done === true ? null : next.value;
  const mark = first === null || start !== 0 ? null : markOf(first);
  const rest = mark === null ? first : (first?.subarray(mark.bytes) ?? null);
  const skip = mark?.bytes ?? 0;
  const isWide = (label: string | null): label is WideEncoding => label === 'utf-16le' || label === 'utf-16be';
  if (chosen !== null)
    return { encoding: isWide(chosen) ? chosen : 'utf-8', isGuess: false, start, skip, chunks, first: rest };
  const isOpen = mark === null && first !== null && start === 0 && !isNarrow(first);
  const wide = isOpen ? wideEncodingOf(first.subarray(0, WIDE_LOOK_BYTES)) : null;
  return { encoding: mark?.encoding ?? wide ?? 'utf-8', isGuess: wide !== null, start, skip, chunks, first: rest };
}

/**
 * Yields the text without its byte order mark: UTF-16 as UTF-8 up to where it ends, everything else
 * unchanged.
 */
export async function* decodeChunks(source: SniffedSource): AsyncGenerator<Buffer> {
  const { encoding } = source;
  if (encoding === 'utf-8') {
    if (source.first !== null) yield source.first;
    yield* rest(source.chunks);
    return;
  }
  const decoder = new TextDecoder(encoding);
  let pending: Buffer = source.first ?? Buffer.alloc(0);
  for (let isLast = false; !isLast; ) {
    const end = wideEnd(pending, 0, encoding);
    if (end !== -1) {
      yield Buffer.from(decoder.decode(pending.subarray(0, end)));
      source.onOther?.();
      yield pending.subarray(end);
      yield* rest(source.chunks);
      return;
    }
    const next = await source.chunks.next();
    isLast = next.done === true;
    // Hold back the end until what follows it is known; never cut a character.
    const kept = isLast ? 0 : Math.min(pending.length, WIDE_END_BYTES + (pending.length % 2));
    const decoded = decoder.decode(pending.subarray(0, pending.length - kept), { stream: !isLast });
    if (decoded !== '') yield Buffer.from(decoded);
    if (next.done !== true) pending = Buffer.concat([pending.subarray(pending.length - kept), next.value]);
  }
}

async function* rest(chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}
