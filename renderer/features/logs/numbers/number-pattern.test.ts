import { expect, it } from 'vitest';
import { numbersIn, patternFor, selectedNumber } from './number-pattern.ts';

const line = (text: string, prefix = 0) => ({ text, prefix });
const caught = (pattern: string, text: string) => new RegExp(pattern).exec(text)?.[1];

it('finds the numbers of a message, not those of its prefix or within names and addresses', () => {
  const text = '2020-05-06 05:50:01,123 INFO 17 took 1,234.5 ms on 10.0.0.4 as Process-2, 80% of -3e5 at 0x1f';
  expect(numbersIn(line(text, 29)).map((number) => number.text)).toEqual(['17', '1,234.5', '80', '-3e5']);
});

it('catches the number in lines that are the same but for their variable parts', () => {
  const row = line('Step 12: loss=0.731 after 40 s');
  const [, loss, seconds] = numbersIn(row);
  if (loss === undefined || seconds === undefined) throw new Error('A number is missing.');
  expect(caught(patternFor(row, loss), 'Step 9113: loss=12 after 3 s')).toBe('12');
  expect(caught(patternFor(row, seconds), 'Step 7: loss=0.1 after 1,040.25 s')).toBe('1,040.25');
  const first = line('17 of 24 done (70%)');
  const [done] = numbersIn(first);
  if (done === undefined) throw new Error('A number is missing.');
  expect(caught(patternFor(first, done), '3 of 24 done (12%)')).toBe('3');
});

it('takes the number that is selected, also one within a name', () => {
  const row = line('memory is 345.6 MB of batch17');
  expect(selectedNumber(row, '45')?.text).toBe('345.6');
  expect(selectedNumber(row, 'batch17')?.text).toBe('17');
  expect(selectedNumber(row, 'memory')).toBe(null);
});
