import { expect, test } from 'vitest';
import { nextDrawn } from './use-row-keys.ts';

const keys = ({ first, last, base }: { first: number; last: number; base: number }) =>
  Array.from({ length: last - first + 1 }, (_, k) => first + k - base);

test('rows that stay in view keep their keys', () => {
  const before = { first: 10, last: 14, base: 3 };
  const after = nextDrawn(before, 12, 16);
  expect(keys(before)).toEqual([7, 8, 9, 10, 11]);
  expect(keys(after)).toEqual([9, 10, 11, 12, 13]);
});

test.each([
  ['down', 1_000],
  ['up', 0],
])('a jump %s takes the keys of the rows before', (_, first) => {
  const before = { first: 10, last: 14, base: 3 };
  expect(keys(nextDrawn(before, first, first + 4))).toEqual(keys(before));
});
