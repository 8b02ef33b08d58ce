import { expect, it } from 'vitest';
import { templatePattern, templateQuery } from './template-query.ts';

it('finds the lines of a template, whatever their variable parts are', () => {
  const pattern = new RegExp(templatePattern('step <number> loss=<number> in <text> (<*>)'));
  expect(pattern.test("step 9  loss=-0.2 in '/a b/c' (cuda)")).toBe(true);
  expect(pattern.test('step 9 of 10')).toBe(false);
  expect(templatePattern('<path> is a/b <number>')).toBe('is\\s+a\\/b');
});

it('keeps the search that it narrows, and adds a value', () => {
  const search = { query: 'a OR b', mode: 'words', matchCase: 'smart' } as const;
  expect(templateQuery(search, 'cache of <address>', '10.0.0.4').query).toBe('(a OR b) /cache\\s+of/ /10\\.0\\.0\\.4/');
});
