import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LineRow } from '../../contract/line-records.ts';
import { alignLines } from './align-lines.ts';

const line = (text: string, number = 1): LineRow => ({
  fileId: 1,
  line: number,
  text,
  length: text.length,
  timeUs: null,
  writtenUs: null,
  ownTime: false,
  offset: null,
  nanos: 0,
  level: null,
  isContinuation: false,
  states: 1,
  isCleaned: false,
  prefix: 0,
  traceback: null,
  node: null,
  pid: null,
  process: null,
  miniBatchId: null,
  matches: [],
});
const lines = (texts: readonly string[]) => texts.map((text, k) => line(text, k + 1));
const align = (left: readonly string[], right: readonly string[]) =>
  alignLines(lines(left), lines(right), () => 'user');

it('pairs lines that are the same but for their variable parts, and marks where these differ', () => {
  const rows = align(
    ['open 3 files', 'read 10 rows of a', 'done in 2.5 s'],
    ['open 3 files', 'retry', 'read 99 rows of a', 'failed'],
  );
  expect(rows.map(({ side, left, right }) => [side, left?.text, right?.text])).toEqual([
    ['same', 'open 3 files', 'open 3 files'],
    ['right', undefined, 'retry'],
    ['same', 'read 10 rows of a', 'read 99 rows of a'],
    ['left', 'done in 2.5 s', undefined],
    ['right', undefined, 'failed'],
  ]);
  expect([rows[0]?.leftDiffers, rows[2]?.leftDiffers, rows[2]?.rightDiffers]).toEqual([[], [[5, 7]], [[5, 7]]]);
});

it('keeps lines of unlike logs apart', () => {
  const rows = alignLines([line('x')], [{ ...line('x'), fileId: 2 }], ({ fileId }) => String(fileId));
  expect(rows.map(({ side }) => side)).toEqual(['left', 'right']);
});

it('has every line once and in order, and as many pairs as there can be', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.array(word, { maxLength: 12 }), (left, right) => {
      const rows = align(left, right);
      expect(rows.flatMap((row) => (row.left === null ? [] : [row.left.text]))).toEqual(left);
      expect(rows.flatMap((row) => (row.right === null ? [] : [row.right.text]))).toEqual(right);
      for (const row of rows) if (row.side === 'same') expect(row.left?.text).toBe(row.right?.text);
      expect(rows.filter(({ side }) => side === 'same').length).toBe(longest(left, right));
    }),
    { numRuns: 200 },
  );
});

function longest(a: readonly string[], b: readonly string[]): number {
  const memo = new Map<string, number>();
  const of = (i: number, j: number): number => {
    if (i === a.length || j === b.length) return 0;
    const key = `${i} ${j}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const value = a[i] === b[j] ? 1 + of(i + 1, j + 1) : Math.max(of(i + 1, j), of(i, j + 1));
    memo.set(key, value);
    return value;
  };
  return of(0, 0);
}
