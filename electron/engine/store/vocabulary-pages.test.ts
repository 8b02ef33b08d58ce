import { describe, expect, it } from 'vitest';
import { decompress } from '../base/codec.ts';
import { VOCABULARY_PAGE_BYTES } from '../base/kernel-numbers.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { hasLetters, lettersOf } from './vocabulary-pages.ts';

function pagesOf(tokens: string[]): { letters: number; tokens: string[] }[] {
  const builder = new SegmentBuilder();
  for (let from = 0; from < tokens.length; from += 700) {
    const block = Buffer.from(tokens.slice(from, from + 700).join(' '));
    builder.kernel.load(block, 0, block.length);
    builder.addBlock();
  }
  return builder.finish().vocabulary.map(({ letters, data }) => {
    const page = decompress(data, VOCABULARY_PAGE_BYTES).toString();
    expect(page.startsWith('\n') && page.endsWith('\n')).toBe(true);
    return { letters, tokens: page.slice(1, -1).split('\n') };
  });
}

const numbers = Array.from({ length: 30_000 }, (_, k) => String(1_000_000 + k * 7));
const digests = Array.from({ length: 60_000 }, (_, k) => `a${(k * 7_919).toString(16).padStart(12, '0')}`);
// In mixed case: pages hold folded tokens.
const rest = ['alpha', 'beta_gamma', 'zeta', 'face', '0xfeed01', 'item7', 'x'.repeat(64), '0xc', '0xyz9'];

describe('pages of a vocabulary', () => {
  it('have every token once', () => {
    const all = [...numbers, ...digests, ...rest];
    const found = pagesOf(all).flatMap((page) => page.tokens);
    expect(found.sort()).toEqual([...all].sort());
  });

  it('say which characters they have, and keep words apart from numbers and digests', () => {
    const pages = pagesOf([...digests, ...rest, ...numbers]);
    for (const page of pages) {
      for (const token of page.tokens.slice(0, 100)) expect(hasLetters(page.letters, lettersOf(token))).toBe(true);
      expect(page.letters).toBe(lettersOf(page.tokens.join('')));
    }
    const asked = (part: string) => pages.filter((page) => hasLetters(page.letters, lettersOf(part)));
    expect(asked('alpha').flatMap((page) => page.tokens).length).toBeLessThanOrEqual(rest.length);
    expect(asked('_').flatMap((page) => page.tokens)).toContain('beta_gamma');
  });

  it('are one where there are few tokens, none where there is none', () => {
    expect(pagesOf(rest)).toHaveLength(1);
    expect(pagesOf(['', 'a', 'b2'])).toEqual([]);
  });
});
