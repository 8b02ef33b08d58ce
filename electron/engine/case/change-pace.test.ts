import { expect, test } from 'vitest';
import { ANSWER_SHARE, ChangePace, LEAST_PAUSE_MS, MOST_PAUSE_MS } from './change-pace.ts';

test('the first change is told at once, the next after the least pause', () => {
  const pace = new ChangePace();
  expect(pace.waitMs(0)).toBeLessThanOrEqual(0);
  pace.told(0);
  expect(pace.waitMs(0)).toBe(LEAST_PAUSE_MS);
  expect(pace.waitMs(LEAST_PAUSE_MS)).toBe(0);
});

test('dear answers make the pause longer, up to a limit, and only the next one', () => {
  const pace = new ChangePace();
  pace.told(0);
  pace.note(60);
  pace.note(40);
  expect(pace.waitMs(0)).toBe(100 / ANSWER_SHARE);
  pace.note(100_000);
  expect(pace.waitMs(0)).toBe(MOST_PAUSE_MS);
  pace.told(MOST_PAUSE_MS);
  expect(pace.waitMs(MOST_PAUSE_MS)).toBe(LEAST_PAUSE_MS);
});
