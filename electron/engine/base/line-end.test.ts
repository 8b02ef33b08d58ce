import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLineEnd, wordsOf } from './line-end.ts';

describe('the end of a line', () => {
  it('is where a plain search finds it', () => {
    const bytes = fc
      .uint8Array({ maxLength: 40 })
      .map((all) => all.map((byte) => (byte % 5 === 0 ? 10 : byte % 7 === 0 ? 138 : byte)));
    fc.assert(
      fc.property(bytes, fc.nat(40), fc.nat(40), (text, from, to) => {
        const end = Math.min(to, text.length);
        const at = text.subarray(0, end).indexOf(10, Math.min(from, end));
        expect(findLineEnd(text, wordsOf(text), Math.min(from, end), end)).toBe(at === -1 ? end : at);
      }),
      { numRuns: 500 },
    );
  });
});
