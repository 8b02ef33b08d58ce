import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompress } from '../base/codec.ts';
import { MIN_VOCABULARY_BYTES, TOKEN_MAX, VOCABULARY_PAGE_BYTES } from '../base/kernel-numbers.ts';
import { tokenize } from '../base/testing/tokenize.ts';
import { SegmentBuilder, type SegmentData } from './segment-builder.ts';

/** Reads the posting lists as `postings.ts` describes them: each key with its blocks. */
function listsOf(segment: SegmentData): Map<number, number[]> {
  const lists = new Map<number, number[]>();
  const all = Array.from({ length: segment.blocks }, (_, block) => block);
  for (const { firstKey, data } of segment.postings) {
    let at = 0;
    const varint = () => {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = data[at++] as number;
        value += (byte & 0x7f) * scale;
        if (byte < 0x80) return value;
      }
    };
    for (let key = firstKey; at < data.length; ) {
      key += varint();
      const head = varint();
      const count = Math.floor(head / 4);
      if (head % 4 === 2) lists.set(key, all);
      else if (head % 4 === 1) {
        const bits = data.subarray(at, at + Math.ceil(segment.blocks / 8));
        const set = all.filter((block) => ((bits[block >> 3] as number) >> (block & 7)) & 1);
        expect(set).toHaveLength(count);
        lists.set(key, set);
        at += bits.length;
      } else {
        let block = 0;
        lists.set(
          key,
          Array.from({ length: count }, () => {
            block += varint();
            return block;
          }),
        );
      }
    }
  }
  return lists;
}

function add(builder: SegmentBuilder, block: Buffer, cutInToken = false): void {
  builder.kernel.load(block, 0, block.length);
  builder.addBlock(cutInToken);
}

function build(builder: SegmentBuilder, blocks: Buffer[]): SegmentData {
  for (const block of blocks) add(builder, block);
  return builder.finish();
}

/** Returns the lower-case texts of a segment's tokens. */
function wordsOf({ vocabulary }: SegmentData): string[] {
  const pages = vocabulary.map(({ data }) => Buffer.from(decompress(data, VOCABULARY_PAGE_BYTES)).toString('latin1'));
  return pages.flatMap((page) => page.split('\n')).filter((word) => word !== '');
}

function expected(blocks: Buffer[]): Map<number, number[]> {
  const lists = new Map<number, number[]>();
  for (const [k, block] of blocks.entries()) {
    for (const key of new Set(tokenize(block).keys)) lists.set(key, [...(lists.get(key) ?? []), k]);
  }
  return lists;
}

const sorted = (lists: Map<number, number[]>) => [...lists].sort(([a], [b]) => a - b);

const letters = fc.constantFrom(
  ...['a', 'B', '_', '9', '@', '[', '`', '{', '/', ':', ' ', '\n', '\r', '\0', '-', 'word', 'é', 'É', 'ſ', '\u212a'],
  ...[
    'ß',
    'İ',
    'ς',
    '日',
    '😀',
    '𐐀',
    '\u00a0',
    'x'.repeat(13),
    'Y'.repeat(55),
    'z'.repeat(TOKEN_MAX - 1),
    'w'.repeat(TOKEN_MAX),
  ],
);
const blockText = fc.array(letters, { maxLength: 80 }).map((list) => Buffer.from(list.join('')));

describe('the builder and its kernel', () => {
  it('finds the tokens that the plain way finds, in every block', () => {
    const builder = new SegmentBuilder();
    fc.assert(
      fc.property(fc.array(blockText, { minLength: 1, maxLength: 20 }), (blocks) => {
        const segment = build(builder, blocks);
        expect(sorted(listsOf(segment))).toEqual(sorted(expected(blocks)));
        const long = blocks.flatMap((block, k) => (tokenize(block).isLong ? [k] : []));
        expect([...segment.longBlocks]).toEqual(expect.arrayContaining(long));
        const words = new Set(wordsOf(segment));
        const others = blocks.filter((_, k) => !segment.longBlocks.includes(k));
        const texts = others.flatMap((block) =>
          tokenize(block).texts.filter((text) => text.length >= MIN_VOCABULARY_BYTES),
        );
        for (const text of texts) expect(words).toContain(text);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps nothing of a segment: the next one is what a new builder makes of it', () => {
    const used = new SegmentBuilder();
    fc.assert(
      fc.property(fc.array(blockText, { minLength: 1, maxLength: 8 }), (blocks) => {
        const { postings, ...rest } = build(used, blocks);
        const { postings: wanted, ...others } = build(new SegmentBuilder(), blocks);
        expect(postings.map(({ firstKey, data }) => [firstKey, Buffer.from(data)])).toEqual(
          wanted.map(({ firstKey, data }) => [firstKey, Buffer.from(data)]),
        );
        expect(rest).toEqual(others);
      }),
      { numRuns: 40 },
    );
  });

  it('at every place and of every length', () => {
    const blocks = Array.from({ length: 200 }, (_, k) =>
      Buffer.from(`${' '.repeat(k)}${'q'.repeat((k % 70) + 1)}${k % 3 === 0 ? 'é' : '.'}R2${'-'.repeat(k % 5)}`),
    );
    const segment = build(new SegmentBuilder(), blocks);
    expect(sorted(listsOf(segment))).toEqual(sorted(expected(blocks)));
  });

  it('keeps the text of tokens, but not of the pieces of longer runs', () => {
    const piece = 'P'.repeat(TOKEN_MAX);
    const blocks = [`${piece}tail other`, `${piece}${'x'.repeat(30)}`, 'tail', piece, 'other'];
    const segment = build(
      new SegmentBuilder(),
      blocks.map((text) => Buffer.from(`${'- '.repeat(200)}${text}`)),
    );
    expect(wordsOf(segment).sort()).toEqual(['other', piece.toLowerCase(), 'tail']);
    expect([...segment.longBlocks]).toEqual([0, 1]);
  });

  it('keeps little text of base64, and names its blocks for searches', () => {
    const base64 = Buffer.from(Array.from({ length: 24_000 }, (_, k) => (k * 193) % 251)).toString('base64');
    const blocks = [base64, 'payload', base64].map((text) => Buffer.from(text));
    const segment = build(new SegmentBuilder(), blocks);
    expect([...segment.longBlocks]).toEqual([0, 2]);
    expect(wordsOf(segment).join(' ').length).toBeLessThan(base64.length / 5);
    expect(wordsOf(segment)).toContain('payload');
    expect(sorted(listsOf(segment))).toEqual(sorted(expected(blocks)));
  });

  it('has room for a segment of half a million tokens, and is itself again afterwards', () => {
    const builder = new SegmentBuilder();
    let number = 0;
    for (let block = 0; block < 120; block++) {
      let text = '';
      while (text.length < 40_000) text += `n${number++} `;
      add(builder, Buffer.from(text));
    }
    expect(builder.tokens).toBe(number);
    const segment = builder.finish();
    const lists = listsOf(segment);
    expect([...lists.values()].reduce((sum, blocks) => sum + blocks.length, 0)).toBeGreaterThan(number - 200);
    const next = [Buffer.from('again and again'), Buffer.from('and')];
    expect(sorted(listsOf(build(builder, next)))).toEqual(sorted(expected(next)));
  });

  it('hides nothing beside damaged UTF-8', () => {
    const intact = [...expected([Buffer.from('abc'), Buffer.from('def')]).keys()];
    for (const damage of [[0x80], [0xc3], [0xe2, 0x84], [0xff], [0xc5], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98]]) {
      const block = Buffer.concat([Buffer.from('abc'), Buffer.from(damage), Buffer.from('def é')]);
      const lists = listsOf(build(new SegmentBuilder(), [block]));
      for (const key of intact) expect(lists.has(key)).toBe(true);
    }
  });
});
