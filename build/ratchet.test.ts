/** Tests what the ratchet, which finds functions by indentation, takes for one. */
import { expect, test } from 'vitest';
import { functionsOf, measures } from './ratchet.ts';

const lines = (text: string) => text.trim().split('\n');

test('finds functions, methods and arrows with their lengths and branches', () => {
  const found = functionsOf(
    lines(`
export function long(
  a: number,
): number {
  if (a > 1 && a < 5) {
    return 1;
  }
  const twice = (b: number) => {
    return b;
  };
  return a ? twice(a) : 0;
}
class Thing {
  method(): void {
    for (const x of []) use(x);
  }
}`),
  );
  expect(found).toEqual([
    { line: 3, lines: 9, branches: 3 },
    { line: 7, lines: 3, branches: 0 },
    { line: 13, lines: 3, branches: 1 },
  ]);
});

test('counts casts and long lines, but not imports, comments and constants', () => {
  const file = {
    path: 'x.ts',
    lines: lines(`
import { a as b } from './a.ts';
/** x as number */
const one = [1] as const;
const two = three as number;
const four = (five as unknown) as string;
export const six = { seven: 7 } as Six<'x'>;
say('shown as HTML', "times as Written");
<p>Copy as written, as CSV or as Markdown text</p>;
${'x'.repeat(130)}`),
  };
  const counts = Object.fromEntries(measures.map(({ name, places }) => [name, places(file).length]));
  expect(counts['casts (`as`), other than `as const`']).toBe(3);
  expect(counts['lines over 120 characters']).toBe(1);
  expect(counts['files that do not open with a paragraph']).toBe(1);
});
