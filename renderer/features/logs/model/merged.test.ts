import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergedOf, mergedOptions } from './merged.ts';

test('merged files come back from the place, and their ids are short', () => {
  const merged = { fileIds: [3, 4, 5, 6, 12], title: '10.0.0.4', order: 'time' as const };
  expect(mergedOptions(merged).merge).toBe('3-6.12');
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat({ max: 400 }), { minLength: 2 }),
      fc.constantFrom('time', 'file'),
      (ids, order) => {
        const fileIds = ids.toSorted((a, b) => a - b);
        const each = { fileIds, title: 'x', order };
        expect(mergedOf(mergedOptions(each))).toEqual(each);
      },
    ),
  );
});

test('what cannot be read, and a single file, is no merge', () => {
  expect(mergedOf({})).toBeNull();
  expect(mergedOf({ merge: '7' })).toBeNull();
  expect(mergedOf({ merge: 'a.-3.9-2' })).toBeNull();
  expect(mergedOf({ merge: '0-999999999' })?.fileIds.length).toBeLessThan(1_000_000);
});
