import { expect, it } from 'vitest';
import { pastedPath } from './path-name.ts';

it('takes paths as they are pasted', () => {
  expect(pastedPath(' "C:\\my logs.zip" ')).toBe('C:\\my logs.zip');
  expect(pastedPath("'/tmp/it's'")).toBe("/tmp/it's");
  expect(pastedPath('file:///home/me/my%20logs.zip')).toBe('/home/me/my logs.zip');
  expect(pastedPath('file:///C:/logs.zip')).toBe('C:/logs.zip');
  expect(pastedPath('/plain')).toBe('/plain');
});
