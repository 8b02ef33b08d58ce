import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from './line-end.ts';
import { LiteralFinder } from './literal-finder.ts';

describe('a finder of literals', () => {
  it('finds the lines that the expression finds', () => {
    const pattern = /Got task |failed\. |"status":|'s\/t'|aaaa|tasx/g;
    const finder = LiteralFinder.of(pattern);
    if (finder === null) throw new Error('it is of literals only');
    const piece = fc.constantFrom(
      'Got task ',
      'Got',
      ' task',
      'failed. ',
      'failedx',
      '"status":',
      "'s/t'",
      'a',
      '\n',
      ' ',
      'x',
      'ä',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(10), (pieces, from) => {
        const text = Buffer.from(pieces.join('')).toString('latin1');
        const start = Math.min(from, text.length);
        const bytes = Buffer.from(text, 'latin1');
        pattern.lastIndex = start;
        const expected = pattern.exec(text)?.index ?? -1;
        const found = finder.find(bytes, wordsOf(bytes), start, bytes.length);
        const lineOf = (index: number) => (index === -1 ? -1 : text.slice(0, index).split('\n').length);
        expect(lineOf(found)).toBe(lineOf(expected));
      }),
      { numRuns: 500 },
    );
  });

  it('is not made for what is more than literals', () => {
    for (const pattern of [
      /a+b/g,
      /\d\d\d\d/g,
      /abcd|c/g,
      /^abcd/gm,
      /(?:abcd|efgh)/g,
      /abcd|größe/g,
      /ab\ncd/g,
      /abcd/gi,
      /[ab]cdef/g,
    ]) {
      expect(LiteralFinder.of(pattern)).toBeNull();
    }
  });
});
