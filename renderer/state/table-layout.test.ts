import { expect, test } from 'vitest';
import { isLayout, moveColumn, orderedColumns, shownColumns, usualLayout } from './table-layout.ts';

const columns = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join('');

test('columns stand in the kept order, new ones after their neighbour', () => {
  expect(ids(orderedColumns(columns, usualLayout))).toBe('abcd');
  expect(ids(orderedColumns(columns, { ...usualLayout, order: ['c', 'a', 'b'] }))).toBe('cdab');
  expect(ids(orderedColumns(columns, { ...usualLayout, order: ['gone', 'd'] }))).toBe('abcd');
});

test('hidden columns are not drawn, but never all of them', () => {
  expect(ids(shownColumns(columns, { ...usualLayout, hidden: ['b', 'd'] }))).toBe('ac');
  expect(ids(shownColumns(columns, { ...usualLayout, hidden: ['a', 'b', 'c', 'd'] }))).toBe('a');
});

test('a column takes the place of the one it is put on', () => {
  expect(moveColumn(['a', 'b', 'c', 'd'], 'a', 'c').join('')).toBe('bcad');
  expect(moveColumn(['a', 'b', 'c', 'd'], 'd', 'b').join('')).toBe('adbc');
  expect(moveColumn(['a', 'b'], 'x', 'b').join('')).toBe('ab');
});

test('what is kept of another version or hand is refused', () => {
  expect(isLayout({ widths: { a: 80 }, hidden: [], order: ['a'] })).toBe(true);
  expect(isLayout({ widths: { a: '80px' }, hidden: [], order: [] })).toBe(false);
  expect(isLayout({ widths: { a: -4 }, hidden: [], order: [] })).toBe(false);
  expect(isLayout(null)).toBe(false);
});
