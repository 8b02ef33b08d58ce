/** Tests parsing and printing of times. */
import { expect, test } from 'vitest';
import { isoTime } from '../contract/json-values.ts';
import { parseTime } from './values.ts';

test.each([
  ['2020-05-06T05:50:21.118Z', 1_588_744_221_118_000],
  ['2020-05-06 05:50:21,118', 1_588_744_221_118_000],
  ['2020-05-06T07:50:21.118123+02:00', 1_588_744_221_118_123],
  ['2020-05-05T22:20:21.118-0730', 1_588_744_221_118_000],
  ['2020-05-06T05:50', 1_588_744_200_000_000],
  ['2020-05-06', 1_588_723_200_000_000],
])('reads %s', (text, us) => {
  expect(parseTime(text)).toBe(us);
});

test.each(['', 'yesterday', '2020-13-01', '2020-02-30', '2020-05-06T25:00', '05:50:21'])('refuses %j', (text) => {
  expect(() => parseTime(text)).toThrow(/ISO 8601/);
});

test('prints times', () => {
  expect(isoTime(1_588_744_221_118_999)).toBe('2020-05-06T05:50:21.118Z');
  expect(isoTime(null)).toBe(null);
});
