/**
 * Aligns the lines of two attempts with the longest common subsequence, like `diff`. Two lines
 * match if they come from logs of the same kind and differ only in their variable parts (mask.ts).
 */
import type { AlignedLine } from '../../contract/hits.ts';
import type { LineRow } from '../../contract/line-records.ts';
import { maskMessage } from '../base/mask.ts';
import { at } from '../base/typed.ts';

/** Returns the kind of log a line is in, so that lines of different kinds of log never match. */
export type KindOf = (row: LineRow) => string;

/**
 * Aligns lines in time order. Time and memory grow with the product of both lengths: use it for up
 * to 5,000 lines each.
 */
export function alignLines(left: readonly LineRow[], right: readonly LineRow[], kindOf: KindOf): AlignedLine[] {
  const ids = new Map<string, number>();
  const keysOf = (rows: readonly LineRow[]) =>
    Int32Array.from(rows, (row) => {
      const key = `${kindOf(row)}\0${maskMessage(row.text.slice(row.prefix)).template}`;
      const id = ids.get(key) ?? ids.size;
      ids.set(key, id);
      return id;
    });
  const a = keysOf(left);
  const b = keysOf(right);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let tail = 0;
  while (tail < a.length - start && tail < b.length - start && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const rows: AlignedLine[] = [];
  const same = (i: number, j: number) => rows.push(pair(left[i] as LineRow, right[j] as LineRow));
  for (let k = 0; k < start; k++) same(k, k);
  for (const [i, j] of commonParts(a.subarray(start, a.length - tail), b.subarray(start, b.length - tail))) {
    if (i !== null && j !== null) same(start + i, start + j);
    else if (i !== null) rows.push({ ...nothing, side: 'left', left: left[start + i] as LineRow });
    else if (j !== null) rows.push({ ...nothing, side: 'right', right: right[start + j] as LineRow });
  }
  for (let k = tail; k > 0; k--) same(a.length - k, b.length - k);
  return rows;
}

const nothing = { left: null, right: null, leftDiffers: [], rightDiffers: [] } satisfies Omit<AlignedLine, 'side'>;

/** Yields pairs of indexes in order. The index is null on the side that has no match. */
function* commonParts(a: Int32Array, b: Int32Array): Generator<[number | null, number | null]> {
  const width = b.length + 1;
  /** Length of the longest common subsequence of the lines from (i, j) to the end. */
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const place = i * width + j;
      lengths[place] =
        a[i] === b[j]
          ? at(lengths, place + width + 1) + 1
          : Math.max(at(lengths, place + width), at(lengths, place + 1));
    }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const place = i * width + j;
    if (a[i] === b[j]) yield [i++, j++];
    else if (at(lengths, place + width) >= at(lengths, place + 1)) yield [i++, null];
    else yield [null, j++];
  }
  while (i < a.length) yield [i++, null];
  while (j < b.length) yield [null, j++];
}

function pair(left: LineRow, right: LineRow): AlignedLine {
  const [a, b] = [wordsOf(left), wordsOf(right)];
  const leftDiffers: [number, number][] = [];
  const rightDiffers: [number, number][] = [];
  const isAlike = a.length === b.length;
  a.forEach((word, k) => {
    const other = b[k];
    if (!isAlike || other === undefined || word.text === other.text) return;
    leftDiffers.push([word.start, word.start + word.text.length]);
    rightDiffers.push([other.start, other.start + other.text.length]);
  });
  // With different numbers of words the words cannot be paired, so mark the whole message.
  const isSame = left.text.slice(left.prefix) === right.text.slice(right.prefix);
  if (!isAlike && !isSame) {
    leftDiffers.push([left.prefix, left.text.length]);
    rightDiffers.push([right.prefix, right.text.length]);
  }
  return { side: 'same', left, right, leftDiffers, rightDiffers };
}

function wordsOf({ text, prefix }: LineRow): { text: string; start: number }[] {
  return [...text.slice(prefix).matchAll(/\S+/g)].map((match) => ({ text: match[0], start: prefix + match.index }));
}
