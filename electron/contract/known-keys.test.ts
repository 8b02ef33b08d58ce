/** Tests what counts as an object, as a key and as a value of a list. */
import { expect, test } from 'vitest';
import { isKeyOf, isObject, isOneOf, keysOf, recordOf } from './known-keys.ts';

const words = { left: 'L', right: 'R' } as const;

test('only own keys are keys', () => {
  expect(keysOf(words)).toEqual(['left', 'right']);
  expect(['left', 'toString', '__proto__', 7, null].map((value) => isKeyOf(words, value))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('a record has a value for each key', () => {
  expect(recordOf(keysOf(words), (side) => words[side])).toEqual(words);
});

test('null is no object, and a list is checked by value', () => {
  expect([{}, [], null, 'x', undefined].map(isObject)).toEqual([true, true, false, false, false]);
  expect([isOneOf([1, 2], 2), isOneOf([1, 2], '2')]).toEqual([true, false]);
});
