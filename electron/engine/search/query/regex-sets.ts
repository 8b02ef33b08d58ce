/**
 * The sets of characters of regular expressions: `\w`, `[a-z]`, `\p{Lu}`, in three ways of writing
 * them. None of them has `\n` in it.
 */
import type { AST } from '@eslint-community/regexpp';
import { foldCodePoint } from '../../base/tokens.ts';

/**
 * Which characters the texts have that a pattern is for. `unicode`: any. `bmp`: none beyond U+FFFF.
 * `ascii`: none beyond ASCII. For the smaller ones every set is written as the list of its members
 * there, and no flag is needed: several times as fast.
 */
export type Alphabet = 'ascii' | 'bmp' | 'unicode';

export type SetNode = AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass;

/** Inside a class: the characters of words; the same set as `isWordCharacter` in base/tokens.ts. */
const WORD_CONTENT = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d';
const WORD_SET = `[${WORD_CONTENT}]`;

/** A character as it is written anywhere in a pattern, in a class or not. */
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
 * What stands between the brackets of a class in the syntax of the flag `v`; a negation within it
 * in brackets of its own.
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

/** The content without its own negation. */
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

/** In the syntax of the flag `v`. */
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

/** Tests whether a set has a character: the whole text must be that character. */
export function setTest(node: SetNode, ignoreCase: boolean): RegExp {
  return testOf(unicodeSet(node), ignoreCase);
}

function testOf(set: string, ignoreCase: boolean): RegExp {
  return remember(tests, `${ignoreCase ? 'i' : ''}${set}`, () => new RegExp(`^${set}$`, ignoreCase ? 'vi' : 'v'));
}

/**
 * V8 looks up a character in a class of many ranges by a call; then it is worth asking about ASCII
 * first.
 */
const MANY_RANGES = 16;

/** All characters of the alphabet that are in the set. */
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

/**
 * How a set is written for an alphabet; for `unicode` it needs the flag `v`, and `i` where case is
 * ignored.
 */
export function writeSet(node: SetNode, ignoreCase: boolean, alphabet: Alphabet): string {
  const set = unicodeSet(node);
  return alphabet === 'unicode' ? set : listSet(set, ignoreCase, alphabet);
}

/**
 * How `\b` or `\B` is written. `before`, `after`: whether the character there is certainly one of a
 * word, or certainly none: then only the other one has to be looked at.
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

/** The letters up to U+FFFF that are the same where case is ignored, if there are others. */
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
 * How a character is written for an alphabet; for `unicode` and `ascii` it needs the flag `i` where
 * case is ignored.
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
