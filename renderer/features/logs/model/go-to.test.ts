import { expect, test } from 'vitest';
import { type GoToContext, parseGoTo } from './go-to.ts';

const at = (text: string) => Date.parse(text) * 1000;
const context: GoToContext = {
  total: 10_000,
  line: 500,
  zone: 'utc',
  firstUs: at('2021-06-09T22:10:00Z'),
  lastUs: at('2021-06-10T03:00:00Z'),
};
const lineOf = (text: string) => {
  const target = parseGoTo(text, context);
  return target.to === 'line' ? target.line : target.to;
};
const timeOf = (text: string, change: Partial<GoToContext> = {}) => {
  const target = parseGoTo(text, { ...context, ...change });
  return target.to === 'time' ? new Date(target.timeUs / 1000).toISOString() : target.to;
};

test('lines: plain, grouped, relative, as a share, never beyond the ends', () => {
  expect(['1234', '1,234', ' 7 ', '+100', '-100', '50%', '0', '99999999'].map(lineOf)).toEqual([
    1234, 1234, 7, 600, 400, 5000, 1, 10_000,
  ]);
});

test('a time of day is on the day on which these lines have it', () => {
  expect(timeOf('23:00')).toBe('2021-06-09T23:00:00.000Z');
  expect(timeOf('01:30:15.5')).toBe('2021-06-10T01:30:15.500Z');
  expect(timeOf('12:00')).toBe('2021-06-09T12:00:00.000Z');
  expect(timeOf('25:00')).toBe('nothing');
  expect(timeOf('12:00', { firstUs: null })).toBe('nothing');
});

test('dates and times, with or without a zone', () => {
  expect(timeOf('2021-06-09 15:31:07,101')).toBe('2021-06-09T15:31:07.101Z');
  expect(timeOf('2021-06-09T15:31:07.101Z')).toBe('2021-06-09T15:31:07.101Z');
  expect(timeOf('2021-06-09T15:31+02:00')).toBe('2021-06-09T13:31:00.000Z');
  expect(timeOf('2021-06-09')).toBe('2021-06-09T00:00:00.000Z');
  expect(timeOf('2021-02-30')).toBe('nothing');
});

test('what is neither says what could be typed', () => {
  expect(parseGoTo('abc', context)).toMatchObject({ to: 'nothing' });
  expect(parseGoTo('', context)).toMatchObject({ to: 'nothing' });
  expect(parseGoTo('5', { ...context, total: 0 })).toMatchObject({ to: 'nothing' });
});
