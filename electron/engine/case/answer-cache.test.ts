import { expect, test, vi } from 'vitest';
import { AnswerCache } from './answer-cache.ts';

test('a question is answered once for each state of the case', () => {
  const cache = new AnswerCache();
  const ask = vi.fn(() => ({ rows: 3 }));
  expect(cache.answer(1, 'a', ask)).toEqual({ rows: 3 });
  expect(cache.answer(1, 'a', ask)).toEqual({ rows: 3 });
  expect(ask).toHaveBeenCalledTimes(1);
  cache.answer(1, 'b', ask);
  expect(ask).toHaveBeenCalledTimes(2);
  cache.answer(2, 'a', ask);
  expect(ask).toHaveBeenCalledTimes(3);
});

test('null is an answer, an error is none', () => {
  const cache = new AnswerCache();
  const nothing = vi.fn(() => null);
  cache.answer(1, 'a', nothing);
  cache.answer(1, 'a', nothing);
  expect(nothing).toHaveBeenCalledTimes(1);
  const failing = vi.fn(() => {
    throw new Error('no');
  });
  expect(() => cache.answer(1, 'b', failing)).toThrow('no');
  expect(() => cache.answer(1, 'b', failing)).toThrow('no');
  expect(failing).toHaveBeenCalledTimes(2);
});

test('the answers used last are kept', () => {
  const cache = new AnswerCache();
  const first = vi.fn(() => 0);
  cache.answer(1, 'first', first);
  for (let k = 0; k < 60; k++) cache.answer(1, `x${k}`, () => k);
  cache.answer(1, 'first', first);
  for (let k = 0; k < 60; k++) cache.answer(1, `y${k}`, () => k);
  cache.answer(1, 'first', first);
  expect(first).toHaveBeenCalledTimes(1);
  const again = vi.fn(() => 0);
  cache.answer(1, 'x0', again);
  expect(again).toHaveBeenCalledTimes(1);
});
