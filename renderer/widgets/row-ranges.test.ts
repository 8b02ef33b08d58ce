import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addRange, countRows, hasRow, noRows, type RowRanges, rangeOf, toggleRow } from './row-ranges.ts';

test('ranges hold the rows that were added and toggled, ascending and apart', () => {
  const row = fc.nat(30);
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), a: row, b: row }),
    fc.record({ kind: fc.constant('toggle' as const), a: row, b: row }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const rows = new Set<number>();
      let ranges: RowRanges = noRows;
      for (const { kind, a, b } of steps) {
        if (kind === 'toggle') {
          if (!rows.delete(a)) rows.add(a);
          ranges = toggleRow(ranges, a);
        } else {
          const [first, last] = rangeOf(a, b);
          for (let each = first; each <= last; each++) rows.add(each);
          ranges = addRange(ranges, [first, last]);
        }
      }
      for (let each = 0; each <= 31; each++) expect(hasRow(ranges, each)).toBe(rows.has(each));
      expect(countRows(ranges)).toBe(rows.size);
      ranges.forEach(([first, last], k) => {
        expect(first).toBeLessThanOrEqual(last);
        if (k > 0) expect(first).toBeGreaterThan((ranges[k - 1]?.[1] ?? 0) + 1);
      });
    }),
  );
});
