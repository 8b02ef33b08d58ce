/**
 * Row ranges are the selected rows of a list: ascending, disjoint, both ends included. Selecting
 * all rows of a list of a hundred million takes one range.
 */
export type RowRange = readonly [first: number, last: number];
export type RowRanges = readonly RowRange[];

export const noRows: RowRanges = [];

export function rangeOf(a: number, b: number): RowRange {
  return [Math.min(a, b), Math.max(a, b)];
}

export function hasRow(ranges: RowRanges, row: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range[0] <= row;
}

export function countRows(ranges: RowRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

export function addRange(ranges: RowRanges, added: RowRange): RowRanges {
  let [first, last] = added;
  const before: RowRange[] = [];
  const after: RowRange[] = [];
  for (const range of ranges) {
    if (range[1] < first - 1) before.push(range);
    else if (range[0] > last + 1) after.push(range);
    else {
      first = Math.min(first, range[0]);
      last = Math.max(last, range[1]);
    }
  }
  return [...before, [first, last], ...after];
}

function removeRow(ranges: RowRanges, row: number): RowRanges {
  return ranges.flatMap(([first, last]): RowRange[] => {
    if (row < first || row > last) return [[first, last]];
    const left: RowRange[] = row > first ? [[first, row - 1]] : [];
    return row < last ? [...left, [row + 1, last]] : left;
  });
}

export function toggleRow(ranges: RowRanges, row: number): RowRanges {
  return hasRow(ranges, row) ? removeRow(ranges, row) : addRange(ranges, [row, row]);
}
