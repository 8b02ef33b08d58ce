/** The context menu of text: the system's usual items, and a search for the selection. */
import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

/**
 * The menu shortens a longer selection. The search takes up to {@link mostSearched} characters of
 * it.
 */
const mostShown = 30;
const mostSearched = 1_000;

/**
 * Returns the items for a place in the page. There are none without text to act on or a box to
 * paste into.
 */
export function textMenu(
  params: Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>,
  search: (text: string) => void,
): MenuItemConstructorOptions[] {
  const { isEditable, editFlags } = params;
  const selected = params.selectionText.trim();
  if (!isEditable && selected === '') return [];
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const found = selected.slice(0, mostSearched);
  return [
    ...(selected === ''
      ? []
      : [{ id: 'search-for', label: `Search for “${labelOf(selected)}”`, click: () => search(found) }, line]),
    ...(isEditable ? [{ role: 'cut' as const, enabled: editFlags.canCut }] : []),
    { role: 'copy', enabled: editFlags.canCopy && selected !== '' },
    ...(isEditable ? [{ role: 'paste' as const, enabled: editFlags.canPaste }] : []),
    line,
    { role: 'selectAll', enabled: editFlags.canSelectAll },
  ];
}

/** Makes text fit for a menu: one line, short, and with `&` escaped, since it marks a menu key. */
function labelOf(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ');
  const short = oneLine.length > mostShown ? `${oneLine.slice(0, mostShown)}…` : oneLine;
  return short.replaceAll('&', '&&');
}
