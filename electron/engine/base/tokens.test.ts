import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TOKEN_MAX } from './kernel-numbers.ts';
import { tokenize } from './testing/tokenize.ts';
import { foldCodePoint, isWordCharacter, queryTokens } from './tokens.ts';

const tokensOf = (text: string) => tokenize(Buffer.from(text));

describe('folding', () => {
  test('takes for the same exactly the letters that /iu takes for the same', () => {
    const changing = /[\p{CWL}\p{CWU}\p{CWT}\p{CWCF}\p{CWCM}]/u;
    const candidates: number[] = [];
    for (let code = 0; code < 0x110000; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      if (foldCodePoint(code) !== code || changing.test(String.fromCodePoint(code))) candidates.push(code);
    }
    expect(candidates.length).toBeGreaterThan(2_500);
    const all = String.fromCodePoint(...candidates);
    const wrong: string[] = [];
    for (const code of candidates) {
      const hex = code.toString(16);
      const letter = new RegExp(`\\u{${hex}}`, 'giu');
      for (const [same] of all.matchAll(letter)) {
        const other = same.codePointAt(0) ?? 0;
        if (foldCodePoint(other) !== foldCodePoint(code)) wrong.push(`${hex} and ${other.toString(16)} fold apart`);
      }
      const folded = foldCodePoint(code);
      if (!new RegExp(`^\\u{${hex}}$`, 'iu').test(String.fromCodePoint(folded))) wrong.push(`${hex} folds to another`);
      if (folded > 0xffff !== code > 0xffff) wrong.push(`${hex} changes its length`);
      if (foldCodePoint(folded) !== folded) wrong.push(`${hex} folds twice`);
    }
    expect(wrong).toEqual([]);
  });

  test('only ſ and the Kelvin sign fold to ASCII', () => {
    const found: number[] = [];
    for (let code = 128; code < 0x110000; code++) if (foldCodePoint(code) < 128) found.push(code);
    expect(found).toEqual([0x17f, 0x212a]);
  });

  test('a character of a word stays one when its case changes', () => {
    const wrong: string[] = [];
    for (let code = 0; code < 0x110000; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const folded = foldCodePoint(code);
      if (folded === code) continue;
      if (isWordCharacter(String.fromCodePoint(folded)) !== isWordCharacter(String.fromCodePoint(code)))
        wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});

describe('tokens of a text', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['Hello, World_1!', ['hello', 'world_1']],
    ['10.0.0.4', ['10', '0', '0', '4']],
    ['a\u017fk\u212a-x', ['askk', 'x']],
    ['\u017f', ['s']],
    ['naïve', ['na', '', 've']],
    ['日本', ['', '']],
    ['x😀y', ['x', '', 'y']],
    ['dotlessı', ['dotless', '']],
    ['x'.repeat(TOKEN_MAX), ['x'.repeat(TOKEN_MAX)]],
    ['x'.repeat(TOKEN_MAX + 1), ['x'.repeat(TOKEN_MAX), 'x']],
  ])('%j', (text, expected) => {
    const tokens = tokensOf(text);
    expect(tokens.texts).toEqual(expected);
    expect(tokens.isLong).toBe(expected.some((token) => token.length === TOKEN_MAX) && expected.length > 1);
    expect(queryTokens(text).map((token) => token.text)).toEqual(expected);
    expect(queryTokens(text).map((token) => token.key)).toEqual(tokens.keys);
  });

  const pieces = fc.constantFrom(
    ...['a', 'B', '_', '9', 'ſ', '\u212a', 'é', 'É', 'ß', 'ẞ', 'ı', 'İ', 'ς', 'Σ', '日', '😀', '𐐀', '𐐨', 'ﬅ', 'ΐ'],
    ...[' ', '.', '-', '\n', '\r', '\0', '\u00a0', '\u0301', 'word', 'x'.repeat(63), 'Y'.repeat(64)],
  );

  test('a query has the tokens of the same text, in any case', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.constantFrom('', '\n', ' '), (list, before) => {
        const text = list.join('');
        const { keys } = tokensOf(before + text + before);
        expect(queryTokens(text).map((token) => token.key)).toEqual(keys);
        const swapped = [...text]
          .map((letter) => String.fromCodePoint(foldCodePoint(letter.codePointAt(0) ?? 0)))
          .join('');
        expect(tokensOf(swapped).keys).toEqual(keys);
      }),
    );
  });

  test('the ranges of a query token are where it stands in the literal', () => {
    expect(queryTokens('a é_b😀c').map(({ text, start, end }) => [text, start, end])).toEqual([
      ['a', 0, 1],
      ['', 2, 3],
      ['_b', 3, 5],
      ['', 5, 7],
      ['c', 7, 8],
    ]);
  });
});
