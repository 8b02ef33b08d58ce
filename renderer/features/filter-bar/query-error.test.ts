import { expect, it } from 'vitest';
import { errorOffset, errorText } from './query-error.ts';

it('finds the place that an error names', () => {
  const message = 'Character 7: this parenthesis closes none; remove it.';
  expect(errorOffset(message)).toBe(6);
  expect(errorText(message)).toBe('This parenthesis closes none; remove it.');
  expect(errorOffset('The regular expression is too large.')).toBeNull();
});
