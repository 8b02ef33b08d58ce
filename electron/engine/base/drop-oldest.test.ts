/** Tests which entries leave a full cache. */
import { expect, test } from 'vitest';
import { dropOldest } from './drop-oldest.ts';

test('what was put in first goes, and is told of', () => {
  const map = new Map([1, 2, 3, 4].map((key) => [key, `v${key}`]));
  const gone: string[] = [];
  dropOldest(map, 2, (value, key) => gone.push(`${key} ${value}`));
  expect(gone).toEqual(['1 v1', '2 v2']);
  expect([...map.keys()]).toEqual([3, 4]);
  dropOldest(map, 2, () => expect.unreachable());
  expect(map.size).toBe(2);
});
