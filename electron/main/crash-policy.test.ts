/** Tests when a crash leads to a restart and when to a question. */
import { expect, test } from 'vitest';
import { createCrashPolicy } from './crash-policy.ts';

test('two crashes within a minute are answered by a start, the third by a question', () => {
  let time = 0;
  const policy = createCrashPolicy(3, 60_000, () => time);
  expect(policy.mayRestart()).toBe(true);
  time = 10_000;
  expect(policy.mayRestart()).toBe(true);
  time = 20_000;
  expect(policy.mayRestart()).toBe(false);
  policy.forget();
  expect(policy.mayRestart()).toBe(true);
});

test('crashes that lie far apart are not counted together', () => {
  let time = 0;
  const policy = createCrashPolicy(3, 60_000, () => time);
  for (time = 0; time < 600_000; time += 40_000) expect(policy.mayRestart()).toBe(true);
});
