import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileGlob } from './glob.ts';

it.each([
  ['*.txt', 'logs/sys/master.txt', true],
  ['master.txt', 'logs/sys/master.txt', true],
  ['**/user/**', 'logs/user/10.0.0.4/Process-1.txt', true],
  ['logs/*.txt', 'logs/sys/master.txt', false],
  ['logs/?ys/master.txt', 'logs/sys/master.txt', true],
])('%j on %s is %s', (glob, path, expected) => {
  expect(compileGlob(glob)(path)).toBe(expected);
});

it('matches as the regular expression that a glob stands for', () => {
  const asRegex = (glob: string) => {
    const source = glob.replace(/\*\*\/?|[*?]|[\\^$.|+()[\]{}]/g, (token) => {
      if (token === '**/') return '(?:.*/)?';
      if (token === '**') return '.*';
      if (token === '*') return '[^/]*';
      return token === '?' ? '[^/]' : `\\${token}`;
    });
    return new RegExp(glob.includes('/') ? `^(?:.*/)?${source}$` : `(?:^|/)${source}(?:/|$)`, 'i');
  };
  const piece = fc.constantFrom('a', 'b', '/', '*', '**', '**/', '?', '.', 'A');
  const text = fc.array(fc.constantFrom('a', 'b', '/', '.', 'ab'), { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), text, (pieces, path) => {
      const glob = pieces.join('').replace(/\*{3,}/g, '**');
      expect(compileGlob(glob)(path), `${glob} on ${path}`).toBe(asRegex(glob).test(path));
    }),
    { numRuns: 2_000 },
  );
});

it('takes no longer than its length times the path’s', () => {
  const path = `${'a/'.repeat(60)}b.txt`;
  for (const glob of ['**/'.repeat(300), `${'**/a'.repeat(300)}x`, `${'*a'.repeat(300)}x`, `${'**a'.repeat(100)}/x`]) {
    const matches = compileGlob(glob);
    for (let k = 0; k < 50; k++) expect(matches(path)).toBe(glob === '**/'.repeat(300) ? matches(path) : false);
  }
});
