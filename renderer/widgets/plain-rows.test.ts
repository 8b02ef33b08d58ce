import { expect, test } from 'vitest';
import { plainRows } from './plain-rows.ts';

test('cells are numbers where all of them is one, and a picture is no column', () => {
  const head = ['Node', 'Attempts', 'Median', 'As a bar'];
  const body = [
    ['10.0.0.4', '1,204', ' 36.7 s', ''],
    ['', '–', '-2.5', ''],
  ];
  expect(plainRows({ head, body })).toEqual({
    columns: ['Node', 'Attempts', 'Median'],
    rows: [
      ['10.0.0.4', 1204, '36.7 s'],
      [null, null, -2.5],
    ],
  });
});

test('a cell that its row does not have is unknown', () => {
  expect(plainRows({ head: ['a', 'b'], body: [['1'], ['2', 'x']] }).rows).toEqual([
    [1, null],
    [2, 'x'],
  ]);
});
