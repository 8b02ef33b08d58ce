import { expect, test } from 'vitest';
import { ProcessSpans } from './process-spans.ts';

/** Counts lines, each with its process and its time. */
function spansOf(lines: [pid: number, us: number][]): ProcessSpans {
  const carried = new Float64Array(1).fill(Number.NaN);
  const spans = new ProcessSpans(new Float64Array(2).fill(Number.NaN), carried);
  for (const [pid, us] of lines) {
    carried[0] = us;
    if (pid !== spans.pid) spans.change(pid);
    spans.addLine();
  }
  spans.end();
  return spans;
}

test('each process has its lines and the range of their times, over all its stretches', () => {
  const spans = spansOf([
    [7, 10],
    [7, 20],
    [8, 30],
    [7, 5],
    [7, 40],
  ]);
  expect([...spans.counts]).toEqual([
    [7, { fromUs: 5, toUs: 40, lines: 4 }],
    [8, { fromUs: 30, toUs: 30, lines: 1 }],
  ]);
});

test('lines before the first process are nobody’s, and a time may be unknown', () => {
  expect([
    ...spansOf([
      [-1, 1],
      [3, Number.NaN],
    ]).counts,
  ]).toEqual([[3, { fromUs: null, toUs: null, lines: 1 }]]);
});

test('a stretch goes on where it was saved', () => {
  const times = new Float64Array([10, 20]);
  const spans = new ProcessSpans(times, new Float64Array([30]));
  spans.restore(7, 2, new Map([[7, { fromUs: 1, toUs: 2, lines: 5 }]]));
  spans.addLine();
  spans.addLines(2, 8, 9);
  spans.end();
  expect([...spans.counts]).toEqual([[7, { fromUs: 1, toUs: 30, lines: 10 }]]);
});
