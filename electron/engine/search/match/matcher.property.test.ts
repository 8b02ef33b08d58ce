import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expr } from '../query/query.ts';
import { requirementOf } from '../query/requirement.ts';
import { blockMeets, naiveLines, naiveMatch } from '../testing/naive.ts';
import { createMatcher } from './matcher.ts';

const words = [
  ...[
    'timeout',
    'Timeout',
    'TIMEOUT',
    'time',
    'out',
    'timeouts',
    'task',
    'taſk',
    'tas\u212a',
    'mini_batch',
    'a',
    'x1',
    '10',
    '0',
  ],
  ...[
    '10.0.0.4',
    'key=value',
    'batch_score.py',
    'C:\\temp',
    'a-b',
    'run()',
    'İstanbul',
    'ısı',
    'Straße',
    'STRASSE',
    'ΣΊΣΥΦΟΣ',
    'σίσυφος',
  ],
  ...[
    '日本語',
    '오류',
    '오류'.normalize('NFD'),
    '온도'.normalize('NFD'),
    '대한민국',
    'batch17끝',
    'が',
    'か\u3099',
    'ที่',
    'é',
    'エラー',
    '😀',
    'e\u0301',
    '\u200d',
    '𐐀𐐨',
    'ﬅﬆ',
    'ΐΐ',
    '٣',
    'ß',
    'ẞ',
    'ǅ',
    'ſ',
    '\ufffd',
    'K',
    'k',
    '_',
    'q'.repeat(70),
    'Q'.repeat(64),
  ],
  ...['long'.repeat(40), '0123456789'.repeat(13)],
];
const separators = [
  ' ',
  ' ',
  ' ',
  '  ',
  '\t',
  ',',
  '=',
  '/',
  '-',
  '_',
  '',
  '.',
  '\r',
  '\u00a0',
  '\u2028',
  '|',
  "'",
  '\u0085',
  '\ufeff',
];
const damage = [
  Buffer.from([0x80]),
  Buffer.from([0xc3]),
  Buffer.from([0xe2, 0x84]),
  Buffer.from([0xff]),
  Buffer.from([0xc5]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xf0, 0x9f]),
];

const pick = <T>(g: fc.GeneratorValue, list: readonly T[]): T => list[g(fc.nat, { max: list.length - 1 })] as T;

function makeText(g: fc.GeneratorValue): Buffer {
  const parts: Buffer[] = [];
  const isAscii = g(fc.boolean);
  const known = isAscii ? words.filter((word) => /^[\0-\x7f]*$/.test(word)) : words;
  const between = isAscii ? separators.filter((one) => /^[\0-\x7f]*$/.test(one)) : separators;
  const isDamaged = !isAscii && g(fc.boolean);
  const lines = g(fc.nat, { max: 12 });
  for (let k = 0; k < lines; k++) {
    const length = g(fc.nat, { max: 6 });
    for (let i = 0; i < length; i++) {
      parts.push(Buffer.from(pick(g, known) + pick(g, between)));
      if (isDamaged && g(fc.nat, { max: 5 }) === 0) parts.push(pick(g, damage));
    }
    if (k < lines - 1 || g(fc.boolean)) parts.push(Buffer.from(pick(g, ['\n', '\n', '\n', '\r\n', '\r\r\n', '\n\n'])));
  }
  return Buffer.concat(parts);
}

/** Makes a literal from a piece of the text, or of a whole line if `atWords`. */
function makeLiteral(g: fc.GeneratorValue, lines: string[]): string {
  const line = lines.length === 0 ? '' : pick(g, lines);
  const letters = [...line];
  if (letters.length === 0 || g(fc.nat, { max: 4 }) === 0) return pick(g, words);
  const start = g(fc.nat, { max: letters.length - 1 });
  const end = Math.min(letters.length, start + 1 + g(fc.nat, { max: g(fc.boolean) ? 6 : 90 }));
  let text = letters.slice(start, end).join('');
  const change = g(fc.nat, { max: 5 });
  if (change === 0) text = text.toUpperCase();
  if (change === 1) text = text.toLowerCase();
  return text;
}

const escapeRegex = (text: string) => text.replace(/[\^$\\.*+?()[\]{}|/]/gu, '\\$&');

function makeRegex(g: fc.GeneratorValue, lines: string[], depth = 0): string {
  const count = 1 + g(fc.nat, { max: 4 });
  let source = '';
  for (let k = 0; k < count; k++) {
    const kind = g(fc.nat, { max: 15 });
    const literal = escapeRegex(makeLiteral(g, lines).slice(0, 12).toWellFormed());
    const letter = escapeRegex([...makeLiteral(g, lines)][0] ?? 'x');
    if (kind <= 4) source += literal;
    else if (kind === 5) source += pick(g, ['.*', '.+', '.', '.{0,3}', '.*?', '.?']);
    else if (kind === 6)
      source += pick(g, ['\\w+', '\\w', '\\d+', '\\s', '\\s*', '\\S+', '\\W', '\\D', '\\W+', '\\s+']);
    else if (kind === 7) source += pick(g, ['\\b', '\\b', '\\B', '^', '$', '\\b']);
    else if (kind === 8) source += `[${letter}${letter.toUpperCase() === letter ? '' : letter.toUpperCase()}]`;
    else if (kind === 9) source += `[^${letter}]${pick(g, ['', '*', '+'])}`;
    else if (kind === 10) source += `${letter}${pick(g, ['?', '*', '+', '{2}', '{1,3}', '{2,}'])}`;
    else if (kind === 11)
      source += pick(g, [
        '[a-z]+',
        '[^\\x00-\\x20]',
        '[\\x00-\\x20]',
        '\\p{L}+',
        '[\\p{Nd}x]',
        '[0-9.]+',
        '[ -~]',
        '\\n?',
        '[k-t]',
        '[^a-z]',
      ]);
    else if (kind === 12)
      source += pick(g, [
        '(?!\\w)',
        '(?<!\\w)',
        '(?=\\W|$)',
        '(?<=^|\\s)',
        '(?!x)',
        '(?<![\\p{L}_])',
        '(?=.*e)',
        '(?<=t)',
      ]);
    else if (kind === 13 && depth < 2) {
      const inner = `${makeRegex(g, lines, depth + 1)}|${makeRegex(g, lines, depth + 1)}`;
      source += `(?:${inner})${pick(g, ['', '', '?', '{2}'])}`;
    } else if (kind === 14 && depth < 2) source += `(${makeRegex(g, lines, depth + 1)})${pick(g, ['', '', '{1,2}'])}`;
    else source += pick(g, [' ', '=', '\\.', '-', '_', ',']);
  }
  return source;
}

/**
 * Allows at most two unbounded quantifiers. Each further one multiplies the time by the length of a
 * line, here and in the naive scan.
 */
function boundRegex(source: string): string {
  let unbounded = source.includes('){') ? 1 : 0;
  return source.replace(/\\.|[*+]|\{2,\}/gsu, (part) => (part.startsWith('\\') || unbounded++ < 2 ? part : '{1,2}'));
}

function makeExpr(g: fc.GeneratorValue, lines: string[], depth = 0): Expr {
  const kind = g(fc.nat, { max: depth > 1 ? 6 : 10 });
  if (kind <= 4) {
    const text = makeLiteral(g, lines);
    return { type: 'literal', text, wholeStart: g(fc.boolean), wholeEnd: g(fc.boolean), caseSensitive: g(fc.boolean) };
  }
  if (kind <= 6) return { type: 'regex', source: boundRegex(makeRegex(g, lines)), caseSensitive: g(fc.boolean) };
  if (kind === 7) return { type: 'not', item: makeExpr(g, lines, depth + 1) };
  const most = kind === 10 && g(fc.boolean) ? 8 : 2;
  const items = Array.from({ length: 1 + g(fc.nat, { max: most }) }, () =>
    makeExpr(g, lines, depth + (most > 2 ? 2 : 1)),
  );
  return { type: kind <= 9 ? 'and' : 'or', items };
}

function compare(bytes: Buffer, expr: Expr): void {
  const lines = naiveLines(bytes);
  const wanted = lines.map((line, index) => ({ line, index })).filter(({ line }) => naiveMatch(expr, line));
  const matcher = createMatcher(expr);
  const found: { line: string; index: number }[] = [];
  matcher.findLines(bytes, 0, bytes.length, (start, end, index) => {
    found.push({ line: bytes.toString('utf8', start, end), index });
    return undefined;
  });
  expect(found, JSON.stringify(expr)).toEqual(wanted);
  const requirement = requirementOf(expr);
  for (const { line } of wanted) {
    expect(matcher.test(line)).toBe(true);
    matcher.highlights(line);
  }
  // A line alone is the smallest block that must meet the requirement. The line must also match
  // alone as it does among the others.
  matcher.findLines(bytes, 0, bytes.length, (start, end) => {
    const line = bytes.subarray(start, end);
    if (!blockMeets(requirement, line))
      expect.fail(`${JSON.stringify(requirement)} misses ${JSON.stringify(line.toString())}`);
    return undefined;
  });
  const middle = bytes.indexOf(10, bytes.length / 2) + 1;
  const count = (from: number, to: number): number => {
    let lines = 0;
    matcher.findLines(bytes, from, to, () => {
      lines++;
      return undefined;
    });
    return lines;
  };
  expect(count(0, middle) + count(middle, bytes.length)).toBe(wanted.length);
}

/** For a long run: `POSTRUN_SEED=… LIMIT=600000 RUNS=1000000`. */
const limit = Number(process.env.LIMIT ?? 10_000);
const runs = Number(process.env.RUNS ?? 3_000);

test(
  'finds the lines that a naive scan finds, and asks the index for nothing that they lack',
  () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const bytes = makeText(g);
        const lines = naiveLines(bytes);
        compare(bytes, makeExpr(g, lines));
      }),
      { numRuns: runs, endOnFailure: true, interruptAfterTimeLimit: limit, markInterruptAsFailure: false },
    );
  },
  2 * limit,
);
