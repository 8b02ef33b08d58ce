import { expect, test } from 'vitest';
import { withHeights } from './use-measured-rows.ts';

test('a height that is measured again replaces the one before', () => {
  const first = withHeights({ heights: new Map(), sum: 0 }, [
    [3, 18],
    [4, 36],
  ]);
  const second = withHeights(first, [[4, 54]]);
  expect([first.sum, second.sum, [...second.heights]]).toEqual([
    54,
    72,
    [
      [3, 18],
      [4, 54],
    ],
  ]);
});

test('heights that are known already change nothing, so that nothing is drawn again', () => {
  const known = withHeights({ heights: new Map(), sum: 0 }, [[3, 18]]);
  expect(withHeights(known, [[3, 18.2]])).toBe(known);
});
