import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, cutBlock, MAX_BLOCK_BYTES } from './block-cutter.ts';

function cutAll(text: Buffer): { text: string; inLine: boolean; inToken: boolean }[] {
  const blocks: { text: string; inLine: boolean; inToken: boolean }[] = [];
  for (let at = 0; at < text.length; ) {
    const cut = cutBlock(text, at, text.length, true);
    if (cut === null) throw new Error('a last cut needs no more bytes');
    blocks.push({ text: text.toString('utf8', at, cut.end), inLine: cut.inLine, inToken: cut.inToken });
    at = cut.end;
  }
  return blocks;
}

describe('cutting blocks', () => {
  it('loses no byte and cuts at line ends where lines are shorter than a block', () => {
    const line = fc.integer({ min: 0, max: 9_000 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 40 }), (lengths) => {
        const text = Buffer.from(lengths.map((length) => 'a b'.repeat(length / 3)).join('\n'));
        const blocks = cutAll(text);
        expect(blocks.map((block) => block.text).join('')).toBe(text.toString());
        for (const block of blocks.slice(0, -1)) {
          expect(block.text.endsWith('\n')).toBe(true);
          expect(block.text.length).toBeLessThanOrEqual(MAX_BLOCK_BYTES);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('cuts a long line between tokens, and says so where it cannot', () => {
    const spaced = cutAll(Buffer.from(`${'word '.repeat(40_000)}\nnext`));
    expect(spaced.slice(0, -1).every((block) => block.inLine && !block.inToken)).toBe(true);
    const solid = cutAll(Buffer.from('x'.repeat(200_000)));
    expect(solid.slice(0, -1).every((block) => block.inLine && block.inToken)).toBe(true);
    expect(solid.map((block) => block.text).join('').length).toBe(200_000);
  });

  it('never cuts within a character', () => {
    const blocks = cutAll(Buffer.from('漢'.repeat(60_000)));
    expect(blocks.every((block) => !block.text.includes('\ufffd'))).toBe(true);
  });

  it('waits for more bytes until a block is full', () => {
    expect(cutBlock(Buffer.from('a\nb\n'), 0, 4, false)).toBeNull();
    expect(cutBlock(Buffer.alloc(BLOCK_BYTES * 2, 'a\n'), 0, BLOCK_BYTES * 2, false)?.end).toBe(BLOCK_BYTES);
  });
});
