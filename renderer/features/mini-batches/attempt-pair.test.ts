import { expect, it } from 'vitest';
import type { AttemptRow } from '../../../electron/contract/batch-records.ts';
import { durationDifference, nearestGood, pairOf, pairOption, phasesOf } from './attempt-pair.ts';

const attempt = (change: Partial<AttemptRow>): AttemptRow => ({
  miniBatchId: '1',
  attempt: 1,
  node: 'a',
  pid: 1,
  process: null,
  startUs: 0,
  endUs: null,
  durationSeconds: null,
  processSeconds: null,
  runMethodSeconds: null,
  total: null,
  succeeded: null,
  failed: null,
  outcome: 'succeeded',
  error: null,
  pickedUp: null,
  finished: null,
  ...change,
});

it('has the pair in the address, whatever the ids are', () => {
  const pair = { left: { miniBatchId: 'a~b:1', attempt: 2 }, right: { miniBatchId: '17', attempt: 1 } };
  expect(pairOf({ attempts: pairOption(pair) })).toEqual(pair);
  for (const bad of [undefined, '', '1:1', '1:0~2:1', 'x~y', '%:1~1:1']) expect(pairOf({ attempts: bad })).toBe(null);
});

it('cuts an attempt into the phases that the logs tell', () => {
  const of = (durationSeconds: number | null, processSeconds: number | null, runMethodSeconds: number | null) =>
    phasesOf(attempt({ durationSeconds, processSeconds, runMethodSeconds })).map(({ name, seconds }) => [
      name,
      seconds,
    ]);
  expect(of(10, 8, 5)).toEqual([
    ['run()', 5],
    ['rest of processing', 3],
    ['waiting and reporting', 2],
  ]);
  expect(of(10, null, null)).toEqual([['whole attempt', 10]]);
  expect(of(4, 5, 5)).toEqual([['run()', 5]]);
  expect(of(null, null, null)).toEqual([]);
});

it('says how much longer, and finds a good attempt near by', () => {
  expect(durationDifference(2, 5)).toBe('2.5× longer');
  expect(durationDifference(5, 5.1)).toBe('about the same');
  expect(durationDifference(null, 5)).toBe(null);
  const row = attempt({ miniBatchId: '9', startUs: 50 });
  const good = [
    attempt({ miniBatchId: '2', startUs: 49, node: 'b' }),
    attempt({ miniBatchId: '3', startUs: 10 }),
    attempt({ miniBatchId: '4', startUs: 60 }),
    row,
  ];
  expect(nearestGood(row, good)?.miniBatchId).toBe('4');
  expect(nearestGood(row, [row])).toBe(null);
});
