import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockKernel } from './block-kernel.ts';
import { LiteralSet, literalsOf } from './literal-set.ts';

/** Returns the lines, counted from 0, that contain the offsets. */
const linesOf = (text: string, places: Iterable<number>) => [
  ...new Set([...places].map((place) => text.slice(0, place).split('\n').length - 1)),
];

describe('the kernel looks for literals', () => {
  it('and finds the lines that an expression of them finds', () => {
    const needles = /Got task |failed\. |"status":|'s\/t'|aaaa|tasx|Thread 0/g;
    const starts =
      /Traceback \(most recent call last\)|Fatal Python error|Exception Group Traceback|Current thread 0x|Thread 0x/g;
    const kernel = new BlockKernel();
    const literals = new LiteralSet(literalsOf(needles) ?? []);
    const piece = fc.constantFrom(
      ...['Got task ', 'Got', ' task', 'failed. ', 'failedx', '"status":', "'s/t'", 'a', '\n', ' ', 'x', 'ä', 'T'],
      ...['Traceback (most recent call last)', 'Traceback (most', 'Thread 0x', 'Current thread 0', 'read 0x'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''));
        const text = bytes.toString('latin1');
        kernel.load(Buffer.concat([Buffer.from('Got '), bytes, Buffer.from('Got task ')]), 4, 4 + bytes.length);
        const found = kernel.find(literals);
        const expected = (pattern: RegExp) =>
          linesOf(
            text,
            [...text.matchAll(pattern)].map(({ index }) => index),
          );
        expect(linesOf(text, found.needles)).toEqual(expected(needles));
        expect(linesOf(text, found.tracebacks)).toEqual(expected(starts));
      }),
      { numRuns: 1000 },
    );
  });

  it('in a whole block of nothing else', () => {
    const kernel = new BlockKernel();
    const bytes = Buffer.from('a'.repeat(kernel.exports.maxInput()));
    kernel.load(bytes, 0, bytes.length);
    const { needles } = kernel.find(new LiteralSet(['aaaa']));
    expect(needles[0]).toBe(0);
    expect(needles.length).toBe(Math.ceil((bytes.length - 3) / 4));
  });

  it('but not for what is more than literals', () => {
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
      expect(literalsOf(pattern)).toBeNull();
    }
  });
});
