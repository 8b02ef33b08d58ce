/** A file sample decides the encoding of a file and the form of its times. */
import { lastStateAt, textEnd, withoutCodes } from '../base/terminal.ts';
import type { SourceFile } from '../source/source-file.ts';

/**
 * The sample is the beginning of the file and short stretches, each four times as far in as the one
 * before. A file that grows therefore keeps its sample until it reaches the next stretch.
 */

/** Bytes of the beginning. */
const HEAD_BYTES = 64 * 1024;
const STRETCH_BYTES = 16 * 1024;
const FIRST_STRETCH = 256 * 1024;
/** Consecutive lines of the beginning, then lines at even distances; lines of each stretch. */
const HEAD_LINES = 300;
const SPREAD_LINES = 100;
const STRETCH_LINES = 50;
const CR = 13;

/** Bytes of a stream that hold its whole sample: the beginning and the first stretch. */
export const STREAM_BYTES = FIRST_STRETCH + STRETCH_BYTES;

/** Returns where the stretches of a file of `size` bytes begin. */
export function stretchesOf(size: number): number[] {
  const places: number[] = [];
  for (let at = FIRST_STRETCH; at + STRETCH_BYTES <= size; at *= 4) places.push(at);
  return places;
}

/** Samples an open UTF-8 file of `size` bytes. */
export function sampleOfFile(file: SourceFile, size: number): Uint8Array[] {
  const start = textStart(file, size);
  const head = file.read(start, Math.min(HEAD_BYTES, size - start));
  return [
    ...headLines(head, start + head.length >= size),
    ...stretchesOf(size).flatMap((at) => stretchLines(file.read(at, STRETCH_BYTES))),
  ];
}

/** Finds where the text begins: past the hole, if the file starts with one. */
function textStart(file: SourceFile, size: number): number {
  for (let at = 0; at < size; ) {
    const bytes = file.read(at, HEAD_BYTES);
    const first = bytes.findIndex((byte) => byte !== 0);
    if (first !== -1) return at + first;
    if (bytes.length === 0) return 0;
    at += bytes.length;
  }
  return 0;
}

/** Samples a text from its first {@link STREAM_BYTES}, or from all of it if `isWhole`. */
export function sampleOfStart(start: Buffer, isWhole: boolean): Uint8Array[] {
  const head = start.subarray(0, HEAD_BYTES);
  const lines = headLines(head, isWhole && head.length === start.length);
  if (start.length < STREAM_BYTES) return lines;
  return [...lines, ...stretchLines(start.subarray(FIRST_STRETCH, STREAM_BYTES))];
}

function headLines(head: Buffer, isWhole: boolean): Uint8Array[] {
  const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const clean = withoutCodes(head.subarray(skip));
  const starts = lineStarts(clean);
  // The last line is cut off unless the file ends there.
  const count = !isWhole && starts.length > 1 ? starts.length - 1 : starts.length;
  const step = Math.max(1, Math.ceil((count - HEAD_LINES) / SPREAD_LINES));
  const isRewritten = clean.includes(CR);
  const lines: Uint8Array[] = [];
  for (let k = 0; k < count; k += k < HEAD_LINES ? 1 : step) lines.push(lineAt(clean, starts, k, isRewritten));
  return lines;
}

function stretchLines(stretch: Buffer): Uint8Array[] {
  const clean = withoutCodes(stretch);
  const starts = lineStarts(clean, STRETCH_LINES + 2);
  const isRewritten = clean.includes(CR);
  const lines: Uint8Array[] = [];
  // The first line is cut off, and the last one may be.
  for (let k = 1; k + 1 < starts.length; k++) lines.push(lineAt(clean, starts, k, isRewritten));
  return lines;
}

/** Returns the starts of the first `most` lines. */
function lineStarts(text: Buffer, most = Number.POSITIVE_INFINITY): number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length && starts.length < most; ) {
    starts.push(at);
    const found = text.indexOf(10, at);
    at = found === -1 ? text.length : found + 1;
  }
  return starts;
}

/** Returns a line as a terminal shows it. `isRewritten` says that the text has carriage returns. */
function lineAt(text: Buffer, starts: readonly number[], index: number, isRewritten: boolean): Uint8Array {
  const start = starts[index] as number;
  const next = starts[index + 1] ?? text.length;
  const end = next > start && text[next - 1] === 10 ? next - 1 : next;
  return isRewritten
    ? text.subarray(lastStateAt(text, start, end), textEnd(text, start, end))
    : text.subarray(start, end);
}
