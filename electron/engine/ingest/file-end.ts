/** A file end is the last bytes of a part, and the lines in them, for parsers that look at it. */
import type { FileTail } from '../formats/types.ts';

/** Bytes of a file's end that a parser can see. */
const TAIL_BYTES = 8 * 1024;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a colour
const TERMINAL_COLOUR = /\u001b\[[0-9;]*m/g;

/** Returns the last bytes of two adjacent stretches, as a copy because buffers are reused. */
export function lastBytes(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (after.length >= TAIL_BYTES) return Uint8Array.prototype.slice.call(after, after.length - TAIL_BYTES);
  const kept = before.subarray(Math.max(0, before.length - (TAIL_BYTES - after.length)));
  const both = new Uint8Array(kept.length + after.length);
  both.set(kept);
  both.set(after, kept.length);
  return both;
}

/** Returns the whole lines of a tail. `lines` is the number of lines up to its end. */
export function tailLines(bytes: Uint8Array, lines: number, timeUs: number | null): FileTail {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const all = text.replaceAll('\r', '').replaceAll(TERMINAL_COLOUR, '').split('\n');
  if (all.at(-1) === '') all.pop();
  if (bytes.length >= TAIL_BYTES) all.shift();
  const kept = all.slice(-lines);
  return { firstLine: lines - kept.length + 1, lines: lines === 0 ? [] : kept, timeUs };
}
