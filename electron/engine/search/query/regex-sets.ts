/**
 * Sets of characters in regular expressions, such as `\w`, `[a-z]` and `\p{Lu}`, written in three
 * ways. None of them contains `\n`.
 */
import type { AST } from '@eslint-community/regexpp';
import { foldCodePoint } from '../../base/tokens.ts';

/**
 * The characters in the texts that a pattern is for. `unicode`: any. `bmp`: none beyond U+FFFF.
 * `ascii`: only ASCII. For the smaller alphabets, every set is written as the list of its members
 * and needs no flag, which is several times as fast.
 */
export type Alphabet = 'ascii' | 'bmp' | 'unicode';

export type SetNode = AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass;

/**
 * Word characters, as the content of a class: the same set as `isWordCharacter` in base/tokens.ts.
 */
const WORD_CONTENT = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d';
const WORD_SET = `[${WORD_CONTENT}]`;

/** Writes a character so that it is valid anywhere in a pattern, in a class or not. */
export function escapeCodePoint(codePoint: number, alphabet: Alphabet): string {
  const isPlain =
    (codePoint >= 48 && codePoint <= 57) ||
    (codePoint >= 65 && codePoint <= 90) ||
    (codePoint >= 97 && codePoint <= 122);
  if (isPlain) return String.fromCharCode(codePoint);
  const hex = codePoint.toString(16);
  return alphabet === 'unicode' ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}

/**
 * Returns the content of a class in the syntax of the flag `v`, with nested negations in their own
 * brackets.
 */
function classContent(node: AST.CharacterClassElement | SetNode): string {
  switch (node.type) {
    case 'Character':
      return escapeCodePoint(node.value, 'unicode');
    case 'CharacterClassRange':
      return `${escapeCodePoint(node.min.value, 'unicode')}-${escapeCodePoint(node.max.value, 'unicode')}`;
    case 'CharacterSet': {
      const content = setContent(node);
      return isNegated(node) ? `[^${content}]` : content;
    }
    default:
      return node.raw;
  }
}

/** Returns the content without its own negation. */
function setContent(node: SetNode): string {
  if (node.type === 'CharacterClass') return node.elements.map(classContent).join('');
  if (node.type !== 'CharacterSet') return node.raw;
  switch (node.kind) {
    case 'any':
      return '';
    case 'digit':
      return '\\p{Nd}';
    case 'space':
      return '\\p{White_Space}';
    case 'word':
      return WORD_CONTENT;
    case 'property':
      return `\\p{${node.key}${node.value === null ? '' : `=${node.value}`}}`;
  }
}

function isNegated(node: SetNode): boolean {
  return node.type === 'CharacterSet' && node.kind === 'any' ? true : 'negate' in node && node.negate;
}

/** Writes a set in the syntax of the flag `v`. */
function unicodeSet(node: SetNode): string {
  const content = setContent(node);
  if (isNegated(node)) return `[^${content}\\n]`;
  const set = `[${content}]`;
  return new RegExp(set, 'v').test('\n') ? `[${set}--\\n]` : set;
}

const tests = new Map<string, RegExp>();
const lists = new Map<string, string>();

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size > 500) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}

/** Returns a test for whether a set contains a character, which must be the whole text. */
export function setTest(node: SetNode, ignoreCase: boolean): RegExp {
  return testOf(unicodeSet(node), ignoreCase);
}

function testOf(set: string, ignoreCase: boolean): RegExp {
  return remember(tests, `${ignoreCase ? 'i' : ''}${set}`, () => new RegExp(`^${set}$`, ignoreCase ? 'vi' : 'v'));
}

/** V8 calls a function for a class of many ranges, so testing for ASCII first pays off. */
const MANY_RANGES = 16;

/** Writes all characters of the alphabet that are in the set. */
function listSet(set: string, ignoreCase: boolean, alphabet: 'ascii' | 'bmp'): string {
  return remember(lists, `${alphabet} ${ignoreCase ? 'i' : ''}${set}`, () => {
    const test = testOf(set, ignoreCase);
    const ascii = listRanges(test, 0, 0x80, alphabet);
    if (alphabet === 'ascii') return ascii.members === 0x7f ? '[^\\n]' : `[${ascii.ranges.join('')}]`;
    const others = listRanges(test, 0x80, 0x10000, alphabet);
    if (ascii.members + others.members === 0x10000 - 0x800 - 1) return '[^\\n]';
    if (others.ranges.length <= MANY_RANGES) return `[${ascii.ranges.join('')}${others.ranges.join('')}]`;
    return `(?:[${ascii.ranges.join('')}]|(?![\\0-\\x7f])[${others.ranges.join('')}])`;
  });
}

function listRanges(test: RegExp, from: number, to: number, alphabet: Alphabet): { ranges: string[]; members: number } {
  const has = (code: number) => code < to && (code < 0xd800 || code > 0xdfff) && test.test(String.fromCharCode(code));
  const ranges: string[] = [];
  let members = 0;
  for (let code = from; code < to; code++) {
    if (!has(code)) continue;
    const first = code;
    while (has(code + 1)) code++;
    members += code - first + 1;
    ranges.push(escapeCodePoint(first, alphabet) + (code > first ? `-${escapeCodePoint(code, alphabet)}` : ''));
  }
  return { ranges, members };
}

/** Writes a set for an alphabet. `unicode` needs the flag `v`, and `i` if case is ignored. */
export function writeSet(node: SetNode, ignoreCase: boolean, alphabet: Alphabet): string {
  const set = unicodeSet(node);
  return alphabet === 'unicode' ? set : listSet(set, ignoreCase, alphabet);
}

/**
 * Writes `\b` or `\B`. `before` and `after`: whether the character there is certainly a word
 * character, or certainly not. Then only the other one needs a check.
 */
export function writeBoundary(
  isNegated: boolean,
  alphabet: Alphabet,
  before: boolean | null,
  after: boolean | null,
): string {
  if (alphabet === 'ascii') return isNegated ? '\\B' : '\\b';
  const word = alphabet === 'unicode' ? WORD_SET : listSet(WORD_SET, false, alphabet);
  if (after !== null) return after === isNegated ? `(?<=${word})` : `(?<!${word})`;
  if (before !== null) return before === isNegated ? `(?=${word})` : `(?!${word})`;
  return isNegated
    ? `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`
    : `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
}

let alike: Map<number, number[]> | null = null;

/** Returns the letters up to U+FFFF that are equal without case, if there are several. */
function lettersLike(codePoint: number): number[] {
  if (alike === null) {
    alike = new Map();
    for (let code = 0; code < 0x10000; code++) {
      const folded = foldCodePoint(code);
      if (folded === code) continue;
      const known = alike.get(folded);
      if (known === undefined) alike.set(folded, [folded, code]);
      else known.push(code);
    }
  }
  return alike.get(foldCodePoint(codePoint)) ?? [codePoint];
}

/**
 * Writes a character for an alphabet. `unicode` and `ascii` need the flag `i` if case is ignored.
 */
export function writeCharacter(codePoint: number, ignoreCase: boolean, alphabet: Alphabet): string {
  if (codePoint === 10) return '[]';
  if (alphabet === 'unicode') return escapeCodePoint(codePoint, alphabet);
  const letters = ignoreCase ? lettersLike(codePoint) : [codePoint];
  if (alphabet === 'ascii') {
    const letter = letters.find((one) => one < 0x80);
    return letter === undefined ? '[]' : escapeCodePoint(letter, alphabet);
  }
  const known = letters.filter((one) => one < 0x10000);
  const list = known.map((one) => escapeCodePoint(one, alphabet)).join('');
  return known.length === 1 ? list : `[${list}]`;
}
