import { expect, test } from 'vitest';
import { uniqueRefs } from './refs.ts';

test('each line stands once, in the order given', () => {
  const [a, b, again] = [
    { file: 'a', line: 6, text: '' },
    { file: 'b', line: 6, text: '' },
    { file: 'a', line: 6, text: '' },
  ] as const;
  expect(uniqueRefs([a, b, again])).toEqual([a, b]);
  expect(
    uniqueRefs([
      { fileId: 1, line: 6 },
      { fileId: 2, line: 6 },
      { fileId: 1, line: 6 },
    ]),
  ).toHaveLength(2);
});
