import { expect, it } from 'vitest';
import { numberPattern, readNumber } from './number-of.ts';

it('reads numbers as logs write them, with units and thousands, and times of a clock as seconds', () => {
  const read = ['12', '-3.5', '+1e3', '1,234,567.5', '45 %', '12.5ms', '3.2 GB/s', '.5', '0:01:23.5', '1 day, 2:00:00'];
  expect(read.map(readNumber)).toEqual([12, -3.5, 1_000, 1_234_567.5, 45, 12.5, 3.2, 0.5, 83.5, 93_600]);
  for (const bad of ['', 'none', '1.2.3', '12 of 13', '0x1f', '1e999']) expect(readNumber(bad)).toBe(null);
});

it('takes the group named value, else the first group that catches, else the first number', () => {
  expect(numberPattern('took (\\d+) s', false)('It took 17 s')).toBe(17);
  expect(numberPattern('(?:a=(\\d+)|b=(\\d+))', false)('b=4')).toBe(4);
  expect(numberPattern('(?<unit>\\w+)=(?<value>\\d+)', false)('loss=9')).toBe(9);
  expect(numberPattern('loss.*', false)('loss is 0.25 now')).toBe(0.25);
  expect(numberPattern('loss=(\\S+)', false)('loss=nan')).toBe(null);
  expect(numberPattern('loss=(\\S+)', true)('Loss=3')).toBe(undefined);
  expect(() => numberPattern('(', true)).toThrow();
});
