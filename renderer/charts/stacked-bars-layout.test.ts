import { describe, expect, it } from 'vitest';
import { type Bar, barAfterKey, barAt, barsCsv, middleOf, segmentsOf, totalOf } from './stacked-bars-layout.ts';

/** Counts in the order of the outcomes: succeeded, partial, failed, timed out, unfinished. */
const bar = (...counts: number[]): Bar => ({ key: 'a', label: 'node a', counts });

describe('a stacked bar', () => {
  it('has the worst outcome on the ground, and nothing for what did not happen', () => {
    expect(segmentsOf(bar(10, 0, 5, 0, 0), 100, 2)).toEqual([
      { outcome: 'failed', top: 90, height: 10 },
      { outcome: 'succeeded', top: 70, height: 20 },
    ]);
    expect(segmentsOf(bar(0, 0, 0, 0, 0), 100, 2)).toEqual([]);
  });
  it('shows a single failure among thousands', () => {
    expect(segmentsOf(bar(9_999, 0, 1, 0, 0), 100, 0.01)).toEqual([
      { outcome: 'failed', top: 98, height: 2 },
      { outcome: 'succeeded', top: 0, height: 98 },
    ]);
  });
  it('counts all outcomes, and is a row of a table', () => {
    expect(totalOf(bar(1, 2, 3, 4, 5))).toBe(15);
    expect(
      barsCsv([bar(1, 0, 2)])
        .trim()
        .split('\r\n'),
    ).toEqual(['bar,succeeded,partial,failed,timed_out,unfinished', 'node a,1,0,2,0,0']);
  });
});

describe('bars beside each other', () => {
  it('are found by the pointer, within all bars only', () => {
    expect([33, 34, 133, 134, 233, 234].map((x) => barAt(x, 234, 2))).toEqual([null, 0, 0, 1, 1, null]);
    expect([0, 1].map((index) => barAt(middleOf(index, 234, 2), 234, 2))).toEqual([0, 1]);
  });
  it('are walked by keys from either end, and not beyond', () => {
    expect(['ArrowRight', 'ArrowLeft'].map((key) => barAfterKey(key, null, 3))).toEqual([0, 2]);
    expect(['ArrowRight', 'ArrowLeft'].map((key) => barAfterKey(key, 1, 3))).toEqual([2, 0]);
    expect([barAfterKey('ArrowRight', 2, 3), barAfterKey('ArrowLeft', 0, 3)]).toEqual([2, 0]);
    expect([barAfterKey('Home', 2, 3), barAfterKey('End', 0, 3), barAfterKey('x', 0, 3)]).toEqual([0, 2, null]);
  });
});
