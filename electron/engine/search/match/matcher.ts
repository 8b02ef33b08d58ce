/** Exact verification: which lines of a text match an expression. */

import type { Expr } from '../query/query.ts';
import { rewriteRegex } from '../query/regex-rewrite.ts';
import { parseRegex } from '../query/regex-syntax.ts';
import { leadOf } from './lead.ts';
import { findLed, type OnLine, type Scan } from './led-lines.ts';
import { codePointLength, type LineScanner, LiteralScanner } from './line-scanner.ts';
import { plainRegexScanner, scannerOf, usesExpressions } from './scanner-of.ts';
import { type ByteStretch, countLineEnds, lineEnd, lineStart, Stretch, stretchesOf } from './stretch.ts';

export interface Matcher {
  /**
   * Calls onLine(lineStart, lineEnd, lineIndex) for each matching line of bytes[from, to), in
   * order. lineEnd excludes \n and a trailing \r; lineIndex counts lines from `from`. onLine
   * returns false to stop and must not call this again.
   */
  findLines(bytes: Buffer, from: number, to: number, onLine: OnLine): void;
  /** Returns true if the text of a line, without its end, matches. */
  test(line: string): boolean;
  /**
   * Returns the ranges that matched in a matching line (literals and expressions not under a
   * negation), merged, at most 1,000.
   */
  highlights(line: string): [number, number][];
}

const MAX_HIGHLIGHTS = 1_000;

/** Compiles an expression. Throws `bad_query` for an invalid regular expression. */
export function createMatcher(expr: Expr): Matcher {
  const lead = leadOf(expr);
  // The lines with the lead need only the expression.
  const scanner =
    expr.type === 'regex' && lead !== null ? plainRegexScanner(expr.source, expr.caseSensitive) : scannerOf(expr);
  const splitsUnicode = usesExpressions(expr);
  // Separate from the other, so that a line can be tested while lines are being found.
  let tester: LineScanner | null = null;
  let markers: Marker[] | null = null;
  return {
    findLines(bytes, from, to, onLine) {
      const scan: Scan = (part, start, end, found) =>
        findLines(scanner, stretchesOf(part, start, end, splitsUnicode), part, found);
      if (lead === null) scan(bytes, from, to, onLine);
      else findLed(lead, bytes, from, to, scan, onLine);
    },
    test(line) {
      tester ??= scannerOf(expr);
      tester.open(lineStretch(line));
      return tester.holds(0, line.length);
    },
    highlights(line) {
      markers ??= markersOf(expr);
      const stretch = lineStretch(line);
      return merge(markers.flatMap((mark) => mark(stretch)));
    },
  };
}

function findLines(scanner: LineScanner, stretches: Iterable<ByteStretch>, bytes: Buffer, onLine: OnLine): void {
  let index = 0;
  for (const { stretch, start: base, end: limit, isAligned } of stretches) {
    const text = stretch.text;
    let counted = 0;
    let byteStart = base;
    scanner.open(stretch);
    for (let from = 0; from < text.length; ) {
      const at = scanner.next(from);
      if (at === -1) break;
      const start = lineStart(text, at);
      const end = lineEnd(text, at);
      const skipped = countLineEnds(text, counted, start);
      index += skipped;
      counted = start;
      let byteEnd = base + end;
      if (isAligned) byteStart = base + start;
      else {
        for (let k = 0; k < skipped; k++) byteStart = bytes.indexOf(10, byteStart) + 1;
        byteEnd = bytes.indexOf(10, byteStart);
        if (byteEnd === -1 || byteEnd > limit) byteEnd = limit;
        if (byteEnd > byteStart && bytes[byteEnd - 1] === 13) byteEnd--;
      }
      if (onLine(byteStart, byteEnd, index) === false) return;
      from = end + 1;
    }
    index += countLineEnds(text, counted, text.length);
  }
}

function lineStretch(line: string): Stretch {
  return new Stretch(line, /^[\0-\x7f]*$/.test(line) ? 'ascii' : 'unicode');
}

/** Returns the ranges that one literal or expression matches in a line. */
type Marker = (line: Stretch) => [number, number][];

function markersOf(expr: Expr): Marker[] {
  switch (expr.type) {
    case 'all':
    case 'not':
      return [];
    case 'and':
    case 'or':
      return expr.items.flatMap(markersOf);
    case 'literal': {
      if (expr.text === '') return [];
      const scanner = new LiteralScanner(expr.text, expr.wholeStart, expr.wholeEnd, expr.caseSensitive);
      return [(line) => literalRanges(scanner, line)];
    }
    case 'regex': {
      const { source, caseSensitive } = expr;
      const pattern = rewriteRegex(parseRegex(source), { alphabet: 'unicode', purpose: 'showing', caseSensitive });
      return [(line) => regexRanges(pattern, line.text)];
    }
  }
}

function literalRanges(scanner: LiteralScanner, line: Stretch): [number, number][] {
  const ranges: [number, number][] = [];
  scanner.open(line);
  for (let at = scanner.find(0); at !== Number.POSITIVE_INFINITY; at = scanner.find(at + scanner.length)) {
    ranges.push([at, at + scanner.length]);
    if (ranges.length >= MAX_HIGHLIGHTS) break;
  }
  return ranges;
}

function regexRanges(pattern: RegExp, text: string): [number, number][] {
  const ranges: [number, number][] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === '') pattern.lastIndex += codePointLength(text, pattern.lastIndex);
    else ranges.push([match.index, match.index + match[0].length]);
    if (ranges.length >= MAX_HIGHLIGHTS) break;
  }
  return ranges;
}

function merge(ranges: [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else if (merged.length < MAX_HIGHLIGHTS) merged.push([start, end]);
  }
  return merged;
}
