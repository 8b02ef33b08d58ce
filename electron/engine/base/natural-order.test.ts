import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNatural } from './natural-order.ts';

test('numbers go by their value, wherever they stand', () => {
  const sorted = ['a/2/x10', 'a/10/x2', 'a/10/x9', 'a/10/x10', 'b', 'b1', 'b01', 'b1c', 'b2', 'b10', 'b100', 'b100a'];
  const shuffled = [...sorted].reverse().sort(compareNatural);
  expect(shuffled.filter((name) => name !== 'b01')).toEqual(sorted.filter((name) => name !== 'b01'));
  expect(['10.0.0.10', '10.0.0.9', '9.0.0.1'].sort(compareNatural)).toEqual(['9.0.0.1', '10.0.0.9', '10.0.0.10']);
});

test('it is an order, and tells different names apart', () => {
  const names = fc
    .array(fc.constantFrom('0', '1', '2', '10', '00', 'a', '/', '가'), { maxLength: 5 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(names, names, names, (a, b, c) => {
      expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
      expect(compareNatural(a, b) === 0).toBe(a === b);
      if (compareNatural(a, b) < 0 && compareNatural(b, c) < 0) expect(compareNatural(a, c)).toBeLessThan(0);
    }),
  );
});
