import { describe, expect, it } from 'vitest';
import type { Comparison, Signature } from '../../../electron/contract/analysis.ts';
import { changeText, direction, figureText, isLater, judgement, signatureChanges } from './compare-model.ts';
import { durationsOver, progressOver, throughputOver } from './compare-plots.ts';

describe('figures of two runs', () => {
  it('are written by their unit', () => {
    expect(figureText({ name: 'duration', unit: 's' }, 3862)).toBe('1 h 04 m');
    expect(figureText({ name: 'node-hours', unit: 'h' }, 0.156)).toBe('0.16 h');
    expect(figureText({ name: 'process time over elapsed', unit: '' }, 0.64)).toBe('64 %');
    expect(figureText({ name: 'nodes', unit: '' }, 1234)).toBe('1,234');
    expect(figureText({ name: 'nodes', unit: '' }, null)).toBe('–');
  });
  it('change by a share, or by a factor where it is much', () => {
    expect([changeText(100, 112), changeText(100, 40), changeText(10, 34), changeText(5, 5)]).toEqual([
      '+12 %',
      '−60 %',
      '× 3.4',
      'the same',
    ]);
    expect([changeText(0, 4), changeText(null, 4), changeText(100, 100.01)]).toEqual(['from 0', '', 'the same']);
    expect([direction(1, 2), direction(2, 1), direction(1, 1)]).toEqual(['▲', '▼', '']);
  });
  it('lists what is new before what is gone', () => {
    const one = (id: string) => ({ id }) as Signature;
    const signatures: Comparison['signatures'] = {
      new: [one('n')],
      gone: [one('g')],
      more: [{ a: one('m'), b: one('m') }],
      fewer: [],
      same: [{ a: one('s'), b: one('s') }],
    };
    expect(signatureChanges(signatures).map((each) => each.kind)).toEqual(['new', 'more', 'gone', 'same']);
  });
});

describe('better or worse', () => {
  it('hangs on the figure', () => {
    expect([judgement(10, 20, 'less'), judgement(10, 20, 'more'), judgement(20, 10, 'less')]).toEqual([
      'worse',
      'better',
      'better',
    ]);
    expect([judgement(10, 20, null), judgement(100, 100.01, 'less'), judgement(null, 1, 'less')]).toEqual([
      null,
      null,
      null,
    ]);
  });
  it('takes the run that began first for the one before', () => {
    expect([isLater(5, 9), isLater(9, 5), isLater(5, 5), isLater(null, 5)]).toEqual([false, true, true, true]);
  });
});

describe('charts over each other', () => {
  const run = (fromUs: number, counts: [number, number, number, number, number][]) => ({
    fromUs,
    toUs: fromUs + counts.length * 60e6,
    bucketUs: 60e6,
    counts,
  });
  const a = run(0, [
    [2, 0, 1, 0, 0],
    [0, 1, 0, 0, 0],
  ]);
  const b = run(9e9, [[4, 0, 0, 0, 0]]);
  it('begin at the start of each run', () => {
    const progress = progressOver([a, b], String, String);
    expect(progress.lines.map((line) => [line.xs, line.ys])).toEqual([
      [
        [0, 60],
        [2, 3],
      ],
      [[0], [4]],
    ]);
    expect(progress.x.to).toBe(120);
    expect(throughputOver([a, b], String, String).lines[0]?.ys).toEqual([2, 1]);
  });
  it('compare durations as shares', () => {
    const durations = (counts: number[]) => ({ edges: [1, 2], counts: [counts], quantiles: [] });
    expect(durationsOver([durations([1, 3]), durations([0, 2])], String, String)?.lines.map((line) => line.ys)).toEqual(
      [
        [25, 100],
        [0, 100],
      ],
    );
  });
});
