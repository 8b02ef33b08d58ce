/**
 * A part range is what a part of a large file really covers, once its borders are moved to where a
 * record begins.
 */
import { createPrefix, hasPrefix } from '../formats/prefix/empty-prefix.ts';
import { type LineRules, readPrefix } from '../formats/prefix/line-rules.ts';
import type { LinePrefix } from '../formats/types.ts';
import type { ByteRange, SourceFile } from '../source/source-file.ts';
import type { UnitPart } from './messages.ts';

const LOOK_BYTES = 1024 * 1024;

/**
 * The bytes that a part really covers: its borders are moved to the next line with a prefix of its
 * own (so that no record is cut), where there is one within a megabyte, else to the next line. Both
 * neighbours of a border compute the same place. A file in UTF-16 is read whole by its first part.
 */
export function partRange(file: SourceFile, part: UnitPart, size: number, rules: LineRules): ByteRange {
  const whole = part.file.bytes;
  if (part.start === 0 && part.end === whole) return { start: 0, end: Math.min(size, whole) };
  const mark = file.read(0, 2);
  const isWide = (mark[0] === 0xff && mark[1] === 0xfe) || (mark[0] === 0xfe && mark[1] === 0xff);
  if (isWide) return part.start === 0 ? { start: 0, end: whole } : { start: whole, end: whole };
  return { start: border(file, part.start, whole, rules), end: border(file, part.end, whole, rules) };
}

function border(file: SourceFile, offset: number, size: number, rules: LineRules): number {
  if (offset === 0 || offset >= size) return Math.min(offset, size);
  const prefix: LinePrefix = createPrefix();
  let firstLine = -1;
  const memory = Buffer.allocUnsafe(LOOK_BYTES);
  // From the byte before: a border that is at a line's start already stays.
  for (let from = offset - 1; from < size; from += LOOK_BYTES) {
    const window = file.read(from, LOOK_BYTES, memory);
    for (let at = window.indexOf(10); at !== -1 && at + 1 < window.length; ) {
      const lineStart = at + 1;
      if (firstLine === -1) firstLine = from + lineStart;
      const next = window.indexOf(10, lineStart);
      readPrefix(rules, window, lineStart, next === -1 ? window.length : next, prefix, Number.NaN);
      if (hasPrefix(prefix)) return from + lineStart;
      at = next;
    }
    // No record within reach: any line will do; in a line longer than that, go on.
    if (firstLine !== -1) return firstLine;
  }
  return size;
}
