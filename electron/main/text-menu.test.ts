/** Tests of the context menu of text. */
import { expect, test, vi } from 'vitest';
import { textMenu } from './text-menu.ts';

const editFlags = {
  canCut: true,
  canCopy: true,
  canPaste: true,
  canSelectAll: true,
  canUndo: false,
  canRedo: false,
  canDelete: true,
  canEditRichly: false,
};
const names = (isEditable: boolean, selectionText: string) =>
  textMenu({ isEditable, selectionText, editFlags }, () => {}).map((item) => item.role ?? item.id ?? item.type);

test('a text box has all of it, a selection can be copied and searched for', () => {
  expect(names(true, '')).toEqual(['cut', 'copy', 'paste', 'separator', 'selectAll']);
  expect(names(false, 'KeyError')).toEqual(['search-for', 'separator', 'copy', 'separator', 'selectAll']);
  expect(names(true, 'x')).toEqual(['search-for', 'separator', 'cut', 'copy', 'paste', 'separator', 'selectAll']);
});

test('where there is nothing to act on there is no menu', () => {
  expect(names(false, '')).toEqual([]);
  expect(names(false, '  \n ')).toEqual([]);
});

test('the label is one short line; the search gets the text', () => {
  const search = vi.fn();
  const text = `A & B\n${'long '.repeat(20)}`;
  const [item] = textMenu({ isEditable: false, selectionText: text, editFlags }, search);
  expect(item?.label).toMatch(/^Search for “A && B long.*…”$/);
  expect(item?.label?.length).toBeLessThan(60);
  const click = item?.click as unknown as () => void;
  click();
  expect(search).toHaveBeenCalledWith(text.trim());
});
