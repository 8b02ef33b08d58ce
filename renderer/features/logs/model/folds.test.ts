import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldAt, foldMap, hiddenBeforeRow, lineOfRow, noFolds, rowOfLine } from './fold-map.ts';
import { tracebackAround, tracebackFolds } from './traceback.ts';

type Role = 'first' | 'inner' | 'last' | null;
const rowsOf = (from: number, roles: Role[]) => roles.map((traceback, index) => ({ line: from + index, traceback }));

test('without folds a row is its line', () => {
  expect(lineOfRow(noFolds, 7)).toBe(7);
  expect(rowOfLine(noFolds, 7)).toBe(7);
  expect(foldAt(noFolds, 7)).toBeNull();
});

test('rows and lines map to each other around any folds', () => {
  const total = 60;
  const folds = fc.array(fc.tuple(fc.nat(total - 2), fc.nat(8)));
  fc.assert(
    fc.property(folds, (spans) => {
      const map = foldMap(
        spans.map(([head, length]) => ({ head, from: head + 1, to: Math.min(head + length, total - 1) })),
      );
      const hidden = new Set(
        map.folds.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, k) => from + k)),
      );
      expect(map.hidden).toBe(hidden.size);
      const visible = Array.from({ length: total }, (_, line) => line).filter((line) => !hidden.has(line));
      visible.forEach((line, row) => {
        expect(lineOfRow(map, row)).toBe(line);
        expect(rowOfLine(map, line)).toBe(row);
        expect(hiddenBeforeRow(map, row)).toBe(line - (visible[row - 1] ?? -1) - 1);
      });
      for (const line of hidden) expect(visible[rowOfLine(map, line)]).toBeLessThan(line);
    }),
  );
});

test('the fold of its head, of a line in it, and of none after it', () => {
  const map = foldMap([{ head: 3, from: 4, to: 8 }]);
  expect([2, 3, 4, 8, 9].map((line) => foldAt(map, line)?.head ?? null)).toEqual([null, 3, 3, 3, null]);
});

test('a traceback folds to its first and last line', () => {
  const rows = rowsOf(10, [null, 'first', 'inner', 'inner', 'last', null]);
  expect(tracebackFolds(rows)).toEqual([{ head: 10, from: 11, to: 12 }]);
  expect(tracebackFolds(rowsOf(1, ['first', 'last']))).toEqual([]);
});

test('a chain of exceptions is one, over the empty line within it', () => {
  const rows = rowsOf(1, ['first', 'inner', 'last', null, 'inner', 'inner', 'last', 'first', 'inner', 'last']);
  expect(tracebackFolds(rows)).toEqual([
    { head: 0, from: 1, to: 5 },
    { head: 7, from: 8, to: 8 },
  ]);
  // The rows of a search for errors lack the empty lines between the parts.
  expect(tracebackFolds(rows.filter((row) => row.traceback !== null))).toEqual(tracebackFolds(rows));
  expect(tracebackAround(rows, 5).map((row) => row.line)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(tracebackAround(rows, 9).map((row) => row.line)).toEqual([8, 9, 10]);
  expect(tracebackAround(rowsOf(1, [null]), 1).map((row) => row.line)).toEqual([1]);
});
