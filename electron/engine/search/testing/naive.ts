/** A naive search, written independently of the real one: the oracle of the tests. */
import { tokenize } from '../../base/testing/tokenize.ts';
import type { Expr } from '../query/query.ts';
import type { Requirement } from '../query/requirement.ts';

/** Splits a text into lines as the rest of the code does. */
export function naiveLines(bytes: Buffer): string[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

const W = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d]';
const meanings: Record<string, string> = {
  '\\w': W,
  '\\W': W.replace('[', '[^'),
  '\\d': '\\p{Nd}',
  '\\D': '\\P{Nd}',
  '\\s': '\\p{White_Space}',
  '\\S': '\\P{White_Space}',
  '\\b': `(?:(?<=${W})(?!${W})|(?<!${W})(?=${W}))`,
  '\\B': `(?:(?<=${W})(?=${W})|(?<!${W})(?!${W}))`,
};

function remembered<K extends object>(make: (key: K) => RegExp): (key: K) => RegExp {
  const known = new WeakMap<K, RegExp>();
  return (key) => {
    const made = known.get(key) ?? make(key);
    known.set(key, made);
    return made;
  };
}

/** Tries the syntax of the flag `v` first, which fits most expressions, then the others. */
const regexPattern = remembered((expr: Extract<Expr, { type: 'regex' }>) => {
  const plain = expr.source.replace(/\\./gu, (part) => meanings[part] ?? part);
  for (const flag of ['v', 'u', '']) {
    try {
      return new RegExp(plain, `gs${flag}${expr.caseSensitive ? '' : 'i'}`);
    } catch {
      // Try the next flag.
    }
  }
  throw new Error(`Not an expression: ${plain}`);
});

/** Returns true if the line matches. Runs one plain expression per text over the line. */
export function naiveMatch(expr: Expr, line: string): boolean {
  switch (expr.type) {
    case 'all':
      return true;
    case 'and':
      return expr.items.every((item) => naiveMatch(item, line));
    case 'or':
      return expr.items.some((item) => naiveMatch(item, line));
    case 'not':
      return !naiveMatch(expr.item, line);
    case 'regex':
      // V8 also finds empty matches within surrogate pairs, where no character begins.
      return [...line.matchAll(regexPattern(expr))].some(
        ({ index }) => !/^[\ud800-\udbff][\udc00-\udfff]/.test(line.slice(Math.max(0, index - 1))) || index === 0,
      );
    case 'literal':
      return [...line.matchAll(literalPattern(expr))].some(
        ({ index, 1: found = '' }) => !isTorn(found, line.slice(index + found.length)),
      );
  }
}

const literalPattern = remembered((expr: Extract<Expr, { type: 'literal' }>) => {
  const letters = [...expr.text];
  // A letter that joins words. Scripts without spaces have none.
  const unspaced =
    '[\\p{scx=Hang}\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]';
  const joins = `(?:(?!${unspaced})${W})`;
  const isWord = (letter: string | undefined) => letter !== undefined && new RegExp(`^${joins}$`, 'u').test(letter);
  const before = expr.wholeStart && isWord(letters[0]) ? `(?<!${joins})` : '';
  const after = expr.wholeEnd && isWord(letters.at(-1)) ? `(?!${joins})` : '';
  const text = letters.map((letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`).join('');
  // Find each place, including overlapping ones.
  return new RegExp(`${before}(?=(${text})${after})`, expr.caseSensitive ? 'gu' : 'giu');
});

/** Returns true if what follows a text beyond ASCII belongs to its decomposed last character. */
function isTorn(found: string, rest: string): boolean {
  const next = rest.slice(0, String.fromCodePoint(rest.codePointAt(0) ?? 0).length);
  if (/^[\0-\x7f]*$/.test(found) || next === '' || next < '\u0300') return false;
  return (found + next).normalize('NFC') !== found.normalize('NFC') + next.normalize('NFC');
}

/** Returns what the index would say about a block of text. */
export function blockMeets(requirement: Requirement, block: Buffer): boolean {
  const tokens = tokenize(block);
  const keys = new Set(tokens.keys);
  const texts = new Set(tokens.texts.filter((text) => text !== ''));
  const { isLong } = tokens;
  const meets = (one: Requirement): boolean => {
    switch (one.kind) {
      case 'any':
        return true;
      case 'token':
        return keys.has(one.key);
      case 'part':
        return (
          isLong ||
          [...texts].some((text) =>
            one.atStart && one.atEnd
              ? text === one.text
              : one.atStart
                ? text.startsWith(one.text)
                : one.atEnd
                  ? text.endsWith(one.text)
                  : text.includes(one.text),
          )
        );
      case 'and':
        return one.items.every(meets);
      case 'or':
        return one.items.some(meets);
    }
  };
  return meets(requirement);
}
