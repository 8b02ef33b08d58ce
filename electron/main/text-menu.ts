/**
 * The context menu of text: what the system offers everywhere, and a search for what is selected.
 */
import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

/** A longer selection is shown cut; it is searched whole up to {@link mostSearched}. */
const mostShown = 30;
const mostSearched = 1_000;

/**
 * The items for a place in the page; none where there is neither text to act on nor a box to paste
 * into.
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

/** Fit for a menu: one line, short, and no `&`, which marks a menu key. */
function labelOf(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ');
  const short = oneLine.length > mostShown ? `${oneLine.slice(0, mostShown)}…` : oneLine;
  return short.replaceAll('&', '&&');
}
