import { expect, test } from 'vitest';
import { withinQuery } from './within.ts';

const ask = (query: string, text: string, mode: 'words' | 'fixed' | 'regex' = 'words') =>
  withinQuery({ query, mode, matchCase: 'smart' }, text).query;

test('narrows a search of words by one more', () => {
  expect(ask('timeout', 'node')).toBe('timeout node');
  expect(ask('a OR b', 'c')).toBe('(a OR b) c');
  expect(ask('timeout', 'did not respond')).toBe('timeout "did not respond"');
  expect(ask('', 'c')).toBe('c');
});

test('keeps what a fixed text and a regular expression mean', () => {
  expect(ask('a.b/c', 'x', 'fixed')).toBe('/a\\.b\\/c/i x');
  expect(ask('Batch \\d+', 'x', 'regex')).toBe('/Batch \\d+/ x');
  expect(ask('batch/\\d', 'x', 'regex')).toBe('/batch\\/\\d/i x');
  expect(ask('a\\/b\\\\/c', 'x', 'regex')).toBe('/a\\/b\\\\\\/c/i x');
  expect(ask('batch \\D', 'Node', 'regex')).toBe('/batch \\D/i Node');
});
