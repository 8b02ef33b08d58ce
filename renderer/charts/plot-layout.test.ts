import { describe, expect, it } from 'vitest';
import { nearestIndex, stopAfterKey, valuesAt } from './plot-cursor.ts';
import { layoutPlot, type PlotSpec, plotCsv, plotSvg, roundTicks, stopsOf } from './plot-layout.ts';

const axis = (to: number) => ({ title: 'x', from: 0, to, format: String });
const spec = (lines: PlotSpec['lines']): PlotSpec => ({ title: 'A < B', x: axis(10), y: axis(100), lines });

describe('a plot', () => {
  it('has round ticks within its range', () => {
    expect(roundTicks(0, 97, 5)).toEqual([0, 20, 40, 60, 80]);
    expect(roundTicks(0.1, 0.3, 4)).toEqual([0.1, 0.15, 0.2, 0.25, 0.3]);
    expect(roundTicks(5, 5, 4)).toEqual([]);
  });
  it('breaks a line at a gap', () => {
    const layout = layoutPlot(
      spec([{ key: 'a', title: 'a', token: 'series-1', xs: [0, 5, 10], ys: [1, null, 2] }]),
      400,
      200,
    );
    expect(layout.paths[0]?.d.match(/M/g)).toHaveLength(2);
  });
  it('finds the nearest sample', () => {
    expect([
      nearestIndex([], 3),
      nearestIndex([1, 4, 9], 0),
      nearestIndex([1, 4, 9], 6),
      nearestIndex([1, 4, 9], 7),
    ]).toEqual([-1, 0, 1, 2]);
  });
  it('is walked by keys from either end, and not beyond', () => {
    expect(['ArrowRight', 'ArrowLeft'].map((key) => stopAfterKey(key, -1, 3))).toEqual([0, 2]);
    expect([stopAfterKey('ArrowRight', 2, 3), stopAfterKey('ArrowLeft', 0, 3)]).toEqual([2, 0]);
    expect([stopAfterKey('Home', 2, 3), stopAfterKey('End', 0, 3)]).toEqual([0, 2]);
    expect([stopAfterKey('x', 1, 3), stopAfterKey('Home', -1, 0)]).toEqual([null, null]);
  });
  it('has the values of lines also between their samples, of dots only at them', () => {
    const xs = [1, 5];
    const lines = [
      { key: 'a', title: 'a', token: 'series-1', xs, ys: [10, null] },
      { key: 'b', title: 'b', token: 'series-2', xs, ys: [20, 30], shape: 'dots' as const },
    ];
    const texts = (x: number) => valuesAt(spec(lines), x).map(({ key, text }) => `${key} ${text}`);
    expect([texts(1), texts(2), texts(5)]).toEqual([['a 10', 'b 20'], ['a 10'], ['b 30']]);
  });
  it('is a table with a row for each x of any line', () => {
    const lines = [
      { key: 'a', title: 'a,b', token: 's', xs: [1, 2], ys: [10, null] },
      { key: 'b', title: '=b', token: 's', xs: [1, 3], ys: [5, 6] },
    ];
    expect(stopsOf(lines)).toEqual([1, 3]);
    expect(plotCsv(spec(lines))).toBe('x,"a,b",\'=b\r\n1,10,5\r\n3,,6\r\n');
  });
  it('is a picture whose text is text', () => {
    const svg = plotSvg(spec([{ key: 'a', title: '<i>', token: 's', xs: [0], ys: [0] }]), 300, 100, () => '#000');
    expect(svg).toContain('A &lt; B');
    expect(svg).not.toContain('<i>');
  });
});
