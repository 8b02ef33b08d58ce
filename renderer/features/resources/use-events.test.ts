import { expect, it } from 'vitest';
import { marksBy, spansOf } from './use-events.ts';

it('reads the marks of nodes and of processes', () => {
  const data = {
    fromUs: 100,
    toUs: 200,
    bucketUs: 10,
    groups: [
      { node: 'a', pid: null, marks: [0, 2, 5, 3, 4, 1] },
      { node: 'a', pid: 7, marks: [9, 3, 2] },
    ],
  };
  expect(marksBy(data).get('a')).toEqual([
    { us: 105, outcome: 'failed', count: 5 },
    { us: 135, outcome: 'unfinished', count: 1 },
  ]);
  expect(marksBy(data).get('a 7')).toEqual([{ us: 195, outcome: 'timed_out', count: 2 }]);
  expect(marksBy(undefined).size).toBe(0);
});

it('reads the bars of lanes as stretches of time', () => {
  const lanes = { total: 1, fromUs: 0, toUs: 1_000, lanes: [], bars: [0, 10, 20, 0, 1, 4, 0, 20, 25, 2, 3, 0] };
  expect(spansOf(lanes, 100)).toEqual([
    { fromUs: 100, toUs: 200, outcome: 'succeeded' },
    { fromUs: 200, toUs: 250, outcome: 'failed' },
  ]);
});
