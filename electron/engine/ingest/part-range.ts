/**
 * A part range is the bytes that a part of a large file covers once its borders have moved to the
 * start of a record.
 */
import { createPrefix, hasPrefix } from '../formats/prefix/empty-prefix.ts';
import { type LineRules, readPrefix } from '../formats/prefix/line-rules.ts';
import type { LinePrefix } from '../formats/types.ts';
import type { ByteRange, SourceFile } from '../source/source-file.ts';
import type { UnitPart } from './messages.ts';

const LOOK_BYTES = 1024 * 1024;

/**
 * Returns the bytes that a part covers. Each border moves to the next line with its own prefix, so
 * that no record is cut, or to the next line if there is no such line within a megabyte. Both
 * neighbours of a border compute the same offset. The first part of a UTF-16 file reads all of it.
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
  // Start one byte early, so that a border at a line start stays.
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
    // No record within reach: take any line start, or read on if the line is longer than that.
    if (firstLine !== -1) return firstLine;
  }
  return size;
}
