import { expect, test } from 'vitest';
import { listKeyStep, rowAfterStep, rowsOfStep } from './list-keys.ts';

/** Returns the step of the last of some keys, pressed one after the other. */
function stepOf(keys: readonly string[], held: { ctrlKey?: boolean; shiftKey?: boolean; altKey?: boolean } = {}) {
  const typed = { current: '' };
  const steps = keys.map((key) =>
    listKeyStep({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, target: null, ...held }, typed),
  );
  return steps.at(-1) ?? null;
}
const place = { active: 50, firstInView: 45, count: 100, page: 10 };
function rowAfter(
  keys: readonly string[],
  at: Partial<Omit<typeof place, 'active'>> & { active?: number | null } = {},
) {
  const step = stepOf(keys);
  return step === null ? null : rowAfterStep(step, { ...place, ...at });
}

test('keys of less and vi move by rows, pages and halves of a page', () => {
  expect(rowAfter(['j'])).toBe(51);
  expect(rowAfter(['ArrowUp'])).toBe(49);
  expect(rowAfter(['PageDown'])).toBe(60);
  expect(rowAfter(['b'])).toBe(40);
  const half = stepOf(['d'], { ctrlKey: true });
  expect(half === null ? null : rowsOfStep(half, 11)).toBe(6);
});

test('typed digits repeat a move', () => {
  expect(rowAfter(['1', '0', 'j'])).toBe(60);
  expect(rowAfter(['2', 'PageUp'])).toBe(30);
  expect(stepOf(['1'])).toEqual({ kind: 'count' });
  expect(stepOf(['0'])).toBeNull();
});

test('a move ends at the ends of the list', () => {
  expect(rowAfter(['9', '9', 'j'])).toBe(99);
  expect(rowAfter(['9', '9', 'k'])).toBe(0);
  expect(rowAfter(['g'])).toBe(0);
  expect(rowAfter(['End'])).toBe(99);
});

test('without an active row, a move starts at the first row in view', () => {
  expect(rowAfter(['j'], { active: null })).toBe(45);
  expect(rowAfter(['k'], { active: null })).toBe(44);
});

test('keys with modifiers that no list knows are left alone', () => {
  expect(stepOf(['j'], { altKey: true })).toBeNull();
  expect(stepOf(['j'], { ctrlKey: true })).toBeNull();
  expect(stepOf(['x'])).toBeNull();
});
