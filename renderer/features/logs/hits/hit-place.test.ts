import { expect, test } from 'vitest';
import { endText, placeIn, stepFrom } from './hit-place.ts';

const on = (index: number) => ({ generation: 1, index, isHit: true });
const before = (index: number) => ({ generation: 1, index, isHit: false });

test('a place counts only in its own answer, and not after all hits', () => {
  expect(placeIn(on(2), 1, 3)).toEqual(on(2));
  expect(placeIn(on(2), 2, 3)).toBeNull();
  expect(placeIn(before(3), 1, 3)).toBeNull();
  expect(placeIn(null, 1, 3)).toBeNull();
});

test('a step leads from a hit to its neighbours', () => {
  expect(stepFrom(on(1), 3, 1)).toBe(2);
  expect(stepFrom(on(1), 3, -1)).toBe(0);
});

test('a step from between two hits leads to the nearer one on that side', () => {
  expect(stepFrom(before(1), 3, 1)).toBe(1);
  expect(stepFrom(before(1), 3, -1)).toBe(0);
});

test('without a place the first step leads to the first hit', () => {
  expect(stepFrom(null, 3, 1)).toBe(0);
  expect(stepFrom(null, 3, -1)).toBeNull();
});

test('a step past an end leads nowhere, and the text says which end', () => {
  expect(stepFrom(on(2), 3, 1)).toBeNull();
  expect(stepFrom(on(0), 3, -1)).toBeNull();
  expect(endText(1, false)).toBe('This is the last hit.');
  expect(endText(1, true)).toBe('This is the last hit so far.');
  expect(endText(-1, true)).toBe('This is the first hit.');
});
