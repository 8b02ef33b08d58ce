/** Tests of CSV cells and lines. */
import { expect, test } from 'vitest';
import { csvCell, csvLine } from './csv.ts';

test('no text is a formula, and taking a quote away gives what was', () => {
  for (const text of ['=1+1', "'=1+1", "''=1", '+1', '-1', '@SUM(A1)', '\t=1', '\uff1d1', '\uff201'])
    expect(csvCell(text).replace(/^"/, '')).toMatch(new RegExp(`^'${text.slice(0, 1)}`));
  for (const text of ['a=1', "it's", "'quoted'", '', '1-2']) expect(csvCell(text)).toBe(text);
});

test('cells are quoted where they hold what separates cells or lines', () => {
  expect(['a,b', 'say "no"', 'two\nlines', 'cr\rhere'].map((text) => csvCell(text))).toEqual([
    ...['"a,b"', '"say ""no"""', '"two\nlines"', '"cr\rhere"'],
  ]);
  expect(csvCell('a,b', '\t')).toBe('a,b');
  expect(csvCell('a\tb', '\t')).toBe('"a\tb"');
});

test('a negative number is a number, and what is not known an empty cell', () => {
  expect(csvLine(['node', -5, null, '-5'])).toBe("node,-5,,'-5\r\n");
  expect(csvLine([1, 'x'], '\t')).toBe('1\tx\r\n');
});
