import { expect, test } from 'vitest';
import { recordFolds } from './record-folds.ts';

test('what follows the first line of a record is folded, up to the next one or the end of the file', () => {
  expect(recordFolds([1, 2, 5, 6], 9)).toEqual([
    { head: 1, from: 2, to: 3 },
    { head: 5, from: 6, to: 8 },
  ]);
  expect(recordFolds([1, 2, 3], 3)).toEqual([]);
  expect(recordFolds([], 5)).toEqual([]);
});

test('lines behind those that are known stay', () => {
  expect(recordFolds([1, 4], null)).toEqual([{ head: 0, from: 1, to: 2 }]);
});
