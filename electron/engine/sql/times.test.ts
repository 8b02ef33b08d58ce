import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTimeTexts, timeOfText, timeText } from './times.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const compare = (a: string, b: string) => Math.sign(compareTimeTexts(bytes(a), bytes(b)));

describe('times in SQL', () => {
  it('writes what Date writes, and microseconds where there are some', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 4_000_000_000_000 }), (ms) => {
        expect(timeText(ms * 1_000)).toBe(new Date(ms).toISOString());
      }),
    );
    expect(timeText(1_588_744_212_345_678)).toBe('2020-05-06T05:50:12.345678Z');
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000_000 }), (us) => {
        expect(timeOfText(timeText(us))).toBe(us);
      }),
    );
  });

  it('orders texts as the times are', () => {
    const time = fc.integer({ min: 1_588_744_212_000_000, max: 1_588_744_214_000_000 });
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(compare(timeText(a), timeText(b))).toBe(Math.sign(a - b));
      }),
    );
  });

  it('takes a space for a T and does without the Z', () => {
    expect(compare('2020-05-06 05:50:12.345', '2020-05-06T05:50:12.345Z')).toBe(0);
    expect(compare('2020-05-06 05:50', '2020-05-06T05:50:00.000Z')).toBe(-1);
    expect(compare('2020-05-06 05:51', '2020-05-06T05:50:59.999Z')).toBe(1);
  });

  it('knows the beginning of what a shorter text stands for, and what is no time', () => {
    expect(timeOfText('2020-05-06')).toBe(Date.UTC(2020, 4, 6) * 1_000);
    expect(timeOfText('2020-05-06 05:50')).toBe(Date.UTC(2020, 4, 6, 5, 50) * 1_000);
    for (const text of ['2020-02-31', '2020-13-01', '2020-05-06T25:00', 'yesterday', '12:00', '']) {
      expect(timeOfText(text), text).toBeNull();
    }
  });
});
