/** Encodings of whole files: UTF-16 by its byte order mark or by its NUL bytes. What is in neither is told line by line (text-decoder.ts). */

type WideEncoding = 'utf-16le' | 'utf-16be';

/** A stream of bytes whose beginning has been looked at. */
export interface SniffedSource {
  encoding: 'utf-8' | WideEncoding;
  /** Whether that was told by its bytes, without a mark and without a person's word. */
  isGuess: boolean;
  /** Where in the file the first chunk stands. */
  start: number;
  /** Bytes of a byte order mark, which are no text. */
  skip: number;
  chunks: AsyncIterator<Buffer>;
  first: Buffer | null;
  /** Called once where a text in UTF-16 seems to go on in another encoding. */
  onOther?: () => void;
}

/** A chunk of a source and where in the file it stands. */
export interface Chunks {
  start: number;
  chunks: AsyncIterator<Buffer>;
}

/** Bytes by which UTF-16 is told. */
export const WIDE_LOOK_BYTES = 4096;
/** Texts of Latin letters have a NUL in nearly every character; others still have their digits, spaces and line ends. */
const MIN_NULS = 0.1;
/** `가` is U+AC00: a few NULs stand in the other half, too. */
const MAX_STRAY_SHARE = 0.25;

/** UTF-16 without a byte order mark: NULs stand in one half of its characters only, and what they make is text; null for none. */
export function wideEncodingOf(head: Buffer): WideEncoding | null {
  const look = head.subarray(0, Math.min(WIDE_LOOK_BYTES, head.length - (head.length % 2)));
  const nuls = [0, 0];
  for (let at = look.indexOf(0); at !== -1; at = look.indexOf(0, at + 1)) nuls[at % 2] = (nuls[at % 2] as number) + 1;
  const half = look.length / 2;
  for (const [encoding, high] of [
    ['utf-16le', 1],
    ['utf-16be', 0],
  ] as const) {
    if (
      half === 0 ||
      (nuls[high] as number) < MIN_NULS * half ||
      (nuls[1 - high] as number) > MAX_STRAY_SHARE * (nuls[high] as number)
    )
      continue;
    const text = new TextDecoder(encoding).decode(look);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no text has
    if (!/[\u0001-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff\ufffd]/.test(text.slice(0, -1))) return encoding;
  }
  return null;
}

/** A byte order mark; null where there is none. */
export function markOf(head: Buffer): { encoding: SniffedSource['encoding']; bytes: number } | null {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bytes: 2 };
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? { encoding: 'utf-8', bytes: 3 } : null;
}

/** Look at the first bytes: what a person has chosen, a byte order mark, the NULs of UTF-16 decide; all else is cut by its bytes. */
export async function sniffEncoding(source: Chunks, chosen: string | null = null): Promise<SniffedSource> {
  const { start, chunks } = source;
  const next = await chunks.next();
  const first = next.done === true ? null : next.value;
  const mark = first === null || start !== 0 ? null : markOf(first);
  const rest = mark === null ? first : (first?.subarray(mark.bytes) ?? null);
  const skip = mark?.bytes ?? 0;
  const isWide = (label: string | null): label is WideEncoding => label === 'utf-16le' || label === 'utf-16be';
  if (chosen !== null)
    return { encoding: isWide(chosen) ? chosen : 'utf-8', isGuess: false, start, skip, chunks, first: rest };
  const wide = mark === null && first !== null && start === 0 ? wideEncodingOf(first) : null;
  return { encoding: mark?.encoding ?? wide ?? 'utf-8', isGuess: wide !== null, start, skip, chunks, first: rest };
}

/** Of the end of a chunk, which tells whether something else wrote on. */
const TAIL_BYTES = 512;

/**
 * The text's bytes without a byte order mark, UTF-16 as UTF-8.
 */
export async function* decodeChunks(source: SniffedSource): AsyncGenerator<Buffer> {
  let isOther = false;
  const decoder = source.encoding === 'utf-8' ? null : new TextDecoder(source.encoding);
  const convert = (bytes: Buffer | undefined): Buffer => {
    if (decoder === null) return bytes ?? Buffer.alloc(0);
    if (!isOther && bytes !== undefined && isPlainAscii(bytes.subarray(-TAIL_BYTES))) {
      isOther = true;
      source.onOther?.();
    }
    return Buffer.from(decoder.decode(bytes, { stream: bytes !== undefined }));
  };
  if (source.first !== null) yield convert(source.first);
  for (;;) {
    const next = await source.chunks.next();
    if (next.done === true) break;
    yield convert(next.value);
  }
  const rest = convert(undefined);
  if (rest.length > 0) yield rest;
}

function isPlainAscii(bytes: Buffer): boolean {
  return bytes.length > 16 && bytes.every((byte) => byte > 0 && byte < 128);
}
