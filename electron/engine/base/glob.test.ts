import { expect, it } from 'vitest';
import { compileGlob } from './glob.ts';

it.each([
  ['*.txt', 'logs/sys/master.txt', true],
  ['master.txt', 'logs/sys/master.txt', true],
  ['**/user/**', 'logs/user/10.0.0.4/Process-1.txt', true],
  ['logs/*.txt', 'logs/sys/master.txt', false],
  ['logs/?ys/master.txt', 'logs/sys/master.txt', true],
  ['*.txt\n**/sys/**', 'logs/sys/master.txt', true],
  ['*.txt\n**/user/**', 'logs/sys/master.txt', false],
])('%j on %s is %s', (glob, path, expected) => {
  expect(compileGlob(glob)(path)).toBe(expected);
});
