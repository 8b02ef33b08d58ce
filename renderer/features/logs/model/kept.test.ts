import { expect, test } from 'vitest';
import { colourWord, literalOf, type Mark, nextColour, noteMark, stepMark, toggleMark } from './kept.ts';

const mark = (path: string, line: number): Mark => ({ path, line, note: '', text: '' });

test('a mark comes and goes with the same key, and bears a note', () => {
  const one = toggleMark([], { path: 'b', line: 5 }, 'text');
  const two = toggleMark(one, { path: 'a', line: 9 }, 'text');
  expect(two.map(({ path }) => path)).toEqual(['a', 'b']);
  expect(noteMark(two, { path: 'b', line: 5 }, 'why')[1]?.note).toBe('why');
  expect(toggleMark(two, { path: 'a', line: 9 }, 'text')).toEqual(one);
});

test('marks are stepped through in the order of the files, and round', () => {
  const marks = [mark('b', 1), mark('a', 5), mark('a', 20)];
  const rank = (path: string) => ['a', 'b'].indexOf(path);
  expect(stepMark(marks, { path: 'a', line: 5 }, 1, rank)).toMatchObject({ path: 'a', line: 20 });
  expect(stepMark(marks, { path: 'a', line: 20 }, 1, rank)).toMatchObject({ path: 'b' });
  expect(stepMark(marks, { path: 'b', line: 1 }, 1, rank)).toMatchObject({ path: 'a', line: 5 });
  expect(stepMark(marks, { path: 'a', line: 5 }, -1, rank)).toMatchObject({ path: 'b' });
  expect(stepMark(marks, null, -1, rank)).toMatchObject({ path: 'b' });
  expect(stepMark([], null, 1, rank)).toBeNull();
});

test('a word has one colour; the same again takes it away', () => {
  const one = colourWord([], 'x', 1);
  expect(colourWord(one, 'x', 2)).toEqual([{ text: 'x', colour: 2, isOn: true }]);
  expect(colourWord(one, 'x', 1)).toEqual([]);
  expect(nextColour(one)).toBe(2);
  const all = Array.from({ length: 9 }, (_, index) => ({ text: `w${index}`, colour: index + 1, isOn: true }));
  expect(nextColour(all)).toBe(1);
});

test('a search for one literal can be coloured, one with operators cannot', () => {
  const literal = (query: string, mode: 'words' | 'fixed' | 'regex' = 'words') => literalOf({ query, mode });
  expect(literal(' timeout ')).toBe('timeout');
  expect(literal('"most recent call"')).toBe('most recent call');
  expect(literal('a (b', 'fixed')).toBe('a (b');
  expect(['mini batch', 'time*', '-x', 'node:a', '/a+/'].map((query) => literal(query))).toEqual(Array(5).fill(null));
  expect(literal('a+', 'regex')).toBeNull();
});
