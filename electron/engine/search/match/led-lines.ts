/** Led lines: lines with a literal that every match needs. Only they need a closer look. */
import { isAscii } from 'node:buffer';
import { FINDER_MAX_BYTES } from '../../base/kernel-numbers.ts';
import { hasFoldingLetters, type Lead } from './lead.ts';
import { type KernelLines, linesWithLiteral } from './literal-kernel.ts';

/** Called for each line; see `Matcher.findLines`. */
export type OnLine = (start: number, end: number, index: number) => boolean | undefined;
export type Scan = (bytes: Buffer, from: number, to: number, onLine: OnLine) => void;

/**
 * Finds lines by their lead. `scan` checks the led lines if the lead is not the whole expression.
 * Works in chunks of whole lines that fit the kernel.
 */
export function findLed(lead: Lead, bytes: Buffer, from: number, to: number, scan: Scan, onLine: OnLine): void {
  let isStopped = false;
  let before = 0;
  const found: OnLine = (start, end, index) => {
    isStopped = onLine(start, end, before + index) === false;
    return !isStopped;
  };
  for (let start = from; start < to && !isStopped; ) {
    let end = to;
    if (to - start > FINDER_MAX_BYTES) {
      const within = bytes.lastIndexOf(10, start + FINDER_MAX_BYTES - 1) + 1;
      end = within > start ? within : bytes.indexOf(10, start) + 1;
      if (end === 0 || end > to) end = to;
    }
    const isLed = end - start <= FINDER_MAX_BYTES && findWithin(lead, bytes, start, end, scan, found);
    if (!isLed) scan(bytes, start, end, found);
    if (end < to) before += countEnds(bytes, start, end);
    start = end;
  }
}

function countEnds(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10, from); at !== -1 && at < to; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/** Returns false if bytes cannot decide where the lead is. */
function findWithin(lead: Lead, bytes: Buffer, from: number, to: number, scan: Scan, onLine: OnLine): boolean {
  const part = from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to);
  const hasOnlyAscii = isAscii(part);
  if (!hasOnlyAscii && lead.foldsBeyond && hasFoldingLetters(part)) return false;
  const [first, ...others] = lead.literals;
  // Characters beyond ASCII may or may not be word characters. If both readings find the same
  // lines, the answer does not matter.
  const certain = lead.isAll && !hasOnlyAscii && others.length === 0 ? linesWithLiteral(first, part, true).count : -1;
  const lines = linesWithLiteral(first, part, false);
  const isExact = lead.isAll && (hasOnlyAscii || certain === lines.count);
  if (others.length === 0 && isExact) {
    report(part, from, lines.values, lines.count, onLine);
    return true;
  }
  if (lines.count === 0) return true;
  let values = lines.values.slice(0, 3 * lines.count);
  let led = joinLines(part, lines);
  for (const literal of others) {
    const narrowed = linesWithLiteral(literal, led, false);
    if (3 * narrowed.count === values.length) continue;
    values = pick(values, narrowed);
    if (values.length === 0) return true;
    led = joinLines(led, narrowed);
  }
  if (isExact) report(part, from, values, values.length / 3, onLine);
  else {
    scan(led, 0, led.length, (start, end, index) => {
      const line = from + (values[3 * index] as number);
      return onLine(line, line + end - start, values[3 * index + 2] as number);
    });
  }
  return true;
}

function report(bytes: Buffer, base: number, values: Int32Array, count: number, onLine: OnLine): void {
  for (let k = 0; k < 3 * count; k += 3) {
    const start = values[k] as number;
    let end = values[k + 1] as number;
    if (end > start && bytes[end - 1] === 13) end--;
    if (onLine(base + start, base + end, values[k + 2] as number) === false) return;
  }
}

/** Maps lines found among joined lines back to the originals. */
function pick(lines: Int32Array, { count, values }: KernelLines): Int32Array<ArrayBuffer> {
  const picked = new Int32Array(3 * count);
  for (let k = 0; k < 3 * count; k += 3) {
    const at = 3 * (values[k + 2] as number);
    for (let n = 0; n < 3; n++) picked[k + n] = lines[at + n] as number;
  }
  return picked;
}

/** Joins lines, with their ends, into one buffer. */
function joinLines(bytes: Buffer, { count, values }: KernelLines): Buffer {
  let size = 0;
  for (let k = 0; k < 3 * count; k += 3) size += (values[k + 1] as number) - (values[k] as number) + 1;
  const joined = Buffer.allocUnsafe(size);
  let at = 0;
  for (let k = 0; k < 3 * count; k += 3) at += bytes.copy(joined, at, values[k], (values[k + 1] as number) + 1);
  return at === size ? joined : joined.subarray(0, at);
}
