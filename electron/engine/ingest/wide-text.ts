/**
 * Wide text is UTF-16. Two programs can write one file in different encodings, so wide text can
 * follow single-byte text, and the other way round; the encoding changes at a line end. This module
 * finds these places.
 */
import { isUtf8 } from 'node:buffer';

export type WideEncoding = 'utf-16le' | 'utf-16be';

/** Bytes to examine after a line end. */
const WINDOW = 256;
/** Fewer bytes than this prove nothing. */
const MIN_WINDOW = 8;
/**
 * Latin text has a NUL in nearly every character; other scripts still have digits, spaces and line
 * ends.
 */
const MIN_NULS = 0.1;
/** `가` is U+AC00, so a few NULs fall in the other half too. */
const MAX_STRAY_SHARE = 0.25;
/** Minimum share of printable ASCII in a log line that is not UTF-16. */
const MIN_PRINTABLE = 0.6;
const LF = 10;

/**
 * Detects bytes whose NULs lie in one half of the characters and that decode to text; null if they
 * are not UTF-16.
 */
export function wideEncodingOf(bytes: Buffer): WideEncoding | null {
  const look = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const nuls = [0, 0];
  for (let at = look.indexOf(0); at !== -1; at = look.indexOf(0, at + 1)) nuls[at % 2] = (nuls[at % 2] as number) + 1;
  const half = look.length / 2;
  for (const [encoding, high] of [
    ['utf-16le', 1],
    ['utf-16be', 0],
  ] as const) {
    const found = nuls[high] as number;
    if (half === 0 || found < MIN_NULS * half || (nuls[1 - high] as number) > MAX_STRAY_SHARE * found) continue;
    const text = new TextDecoder(encoding).decode(look);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: text never has these characters
    if (!/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff\ufffd]/.test(text.slice(0, -1))) return encoding;
  }
  return null;
}

/**
 * Decides whether a line of single-byte text begins here: UTF-8 without NULs, most of it printable
 * ASCII, such as a time and a level.
 */
export function isNarrow(bytes: Buffer): boolean {
  const lineEnd = bytes.subarray(0, WINDOW).indexOf(LF);
  const line = bytes.subarray(0, lineEnd === -1 ? WINDOW : lineEnd);
  if (line.length < MIN_WINDOW || line.includes(0)) return false;
  let printable = 0;
  for (const byte of line) if (byte >= 32 && byte < 127) printable++;
  return printable >= MIN_PRINTABLE * line.length && (printable === line.length || isUtf8(wholeCharacters(line)));
}

/** Drops a character that is cut off at the end. */
function wholeCharacters(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && end > bytes.length - 3 && ((bytes[end - 1] as number) & 0xc0) === 0x80) end--;
  return end > 0 && (bytes[end - 1] as number) >= 0xc0 ? bytes.subarray(0, end - 1) : bytes;
}

/** Confirms a mark, because its two bytes may be damage: line ends after it, if any, are wide. */
function isWideBehindMark(bytes: Buffer, start: number, encoding: WideEncoding): ReturnType<typeof wideAt> {
  const look = bytes.subarray(start, start + WINDOW);
  return hasWideEnd(look, encoding) ? { encoding, start } : null;
}

/** Decides whether the line ends in these bytes, if any, are wide. */
function hasWideEnd(look: Buffer, encoding: WideEncoding): boolean {
  const lineEnd = encoding === 'utf-16le' ? [LF, 0] : [0, LF];
  for (let at = 0; at + 1 < look.length; at += 2)
    if (look[at] === lineEnd[0] && look[at + 1] === lineEnd[1]) return true;
  return !look.includes(LF);
}

/**
 * Finds where wide text begins at a line start: after a byte order mark or the high byte of a line
 * end. Returns null if it does not.
 */
export function wideAt(bytes: Buffer, at: number): { encoding: WideEncoding; start: number } | null {
  const first = bytes[at];
  const second = bytes[at + 1];
  if (first === 0xff && second === 0xfe) return isWideBehindMark(bytes, at + 2, 'utf-16le');
  if (first === 0xfe && second === 0xff) return isWideBehindMark(bytes, at + 2, 'utf-16be');
  const lineEnd = bytes.indexOf(LF, at);
  const end = Math.min(lineEnd === -1 ? bytes.length : lineEnd + 2, bytes.length, at + WINDOW);
  if (end - at < MIN_WINDOW || !bytes.subarray(at, end).includes(0)) return null;
  const encoding = wideEncodingOf(bytes.subarray(at, end));
  if (encoding !== null) return hasWideEnd(bytes.subarray(at, at + WINDOW), encoding) ? { encoding, start: at } : null;
  // The block was cut after the low byte of a line end.
  return first === 0 && wideEncodingOf(bytes.subarray(at + 1, end)) === 'utf-16le'
    ? { encoding: 'utf-16le', start: at + 1 }
    : null;
}

/**
 * Finds where wide text that begins at `start` ends: after a line end, where a line of single-byte
 * text follows. Returns -1 if it continues.
 */
export function wideEnd(bytes: Buffer, start: number, encoding: WideEncoding): number {
  const low = encoding === 'utf-16le' ? 0 : 1;
  for (let at = bytes.indexOf(LF, start); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    if ((at - start) % 2 !== low || bytes[low === 0 ? at + 1 : at - 1] !== 0) continue;
    const next = low === 0 ? at + 2 : at + 1;
    if (bytes[next] !== 0 && bytes[next + 1] !== 0 && isNarrow(bytes.subarray(next, next + WINDOW))) return next;
  }
  return -1;
}

/** Bytes after a line end that {@link wideEnd} needs to decide what follows. */
export const WIDE_END_BYTES = WINDOW;
