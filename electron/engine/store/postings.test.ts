import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompress } from '../base/codec.ts';
import { queryTokens } from '../base/tokens.ts';
import { BlockSet, decodePostings } from './postings.ts';
import { SegmentBuilder, type SegmentData } from './segment-builder.ts';

function blocksOf(segment: SegmentData, word: string): number[] {
  const key = queryTokens(word)[0]?.key ?? -1;
  const page = segment.postings.findLast((candidate) => candidate.firstKey <= key);
  const set = new BlockSet(segment.blocks);
  if (page !== undefined) decodePostings(page.data, page.firstKey, [key], set);
  return Array.from({ length: segment.blocks }, (_, block) => block).filter((block) => set.has(block));
}

function add(builder: SegmentBuilder, block: Buffer, cutInToken = false): void {
  builder.kernel.load(block, 0, block.length);
  builder.addBlock(cutInToken);
}

function build(builder: SegmentBuilder, texts: string[]): SegmentData {
  for (const text of texts) {
    add(builder, Buffer.from(text));
  }
  return builder.finish();
}

describe('the index of a segment', () => {
  it('lists for every word the blocks that have it, whatever the case', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9_]{1,9}$/);
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 60 }), { minLength: 1, maxLength: 30 }), (blocks) => {
        const segment = build(
          new SegmentBuilder(),
          blocks.map((words) => words.join(' ')),
        );
        const all = new Set(blocks.flat().map((text) => text.toLowerCase()));
        for (const text of all) {
          const expected = blocks.flatMap((words, k) =>
            words.some((other) => other.toLowerCase() === text) ? [k] : [],
          );
          expect(blocksOf(segment, text.toUpperCase())).toEqual(expected);
        }
        expect(blocksOf(segment, 'word_that_is_nowhere')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is exact for blocks with more distinct words than its table holds', () => {
    const words = Array.from({ length: 4_500 }, (_, k) => `w${k}`);
    const segment = build(new SegmentBuilder(), [`${words.join(' ')} ${words.join(' ')}`, 'w17']);
    expect(blocksOf(segment, 'w17')).toEqual([0, 1]);
    expect(blocksOf(segment, 'w4499')).toEqual([0]);
    expect(segment.tokens).toBe(4_500);
  });

  it('keeps nothing of one segment in the next', () => {
    const builder = new SegmentBuilder();
    build(builder, ['alpha beta']);
    const second = build(builder, ['beta', 'gamma']);
    expect(blocksOf(second, 'alpha')).toEqual([]);
    expect(blocksOf(second, 'beta')).toEqual([0]);
  });

  it('finds characters beyond ASCII, and letters that fold into ASCII', () => {
    const segment = build(new SegmentBuilder(), ['Größe 漢字', 'taſk', '\u212aelvin']);
    expect(blocksOf(segment, 'Ö')).toEqual([0]);
    expect(blocksOf(segment, '字')).toEqual([0]);
    expect(blocksOf(segment, 'TASK')).toEqual([1]);
    expect(blocksOf(segment, 'kelvin')).toEqual([2]);
  });

  it('keeps the text of words of three bytes or more, in lower case', () => {
    const segment = build(new SegmentBuilder(), ['Alpha ab BETA_2 Größe']);
    const text = segment.vocabulary.map((page) => decompress(page.data).toString()).join('');
    expect(
      text
        .split('\n')
        .filter((token) => token !== '')
        .sort(),
    ).toEqual(['alpha', 'beta_2']);
  });

  it('marks blocks with a run that is longer than a token, or cut', () => {
    const builder = new SegmentBuilder();
    for (const [text, cut] of [
      ['short', false],
      ['x'.repeat(65), false],
      ['cut', true],
    ] as const) {
      add(builder, Buffer.from(text), cut);
    }
    expect([...builder.finish().longBlocks]).toEqual([1, 2]);
  });
});
