/**
 * Row actions select, copy and save the rows of a list, by keys and by the menu of a row. With
 * several lists on the screen, keys apply to the one that has the focus or had it last.
 */
import { type MouseEvent, type ReactNode, type RefObject, useState } from 'react';
import { useAction, useStores } from '../state/StoresContext.tsx';
import { Menu, type MenuItem } from './Menu.tsx';
import { type Box, pointBox } from './place-at.ts';
import { rowItems } from './row-items.tsx';
import { type CopyForm, copyRows, type RowListing } from './row-listing.ts';
import { hasRow, type RowRanges } from './row-ranges.ts';
import type { RowSelection } from './use-row-selection.ts';

export interface RowActions {
  /**
   * Returns the items for a row, or for all selected rows if it is one of them. Null means the
   * selection.
   */
  itemsFor: (index: number | null) => MenuItem[];
  onContextMenu: (event: MouseEvent) => void;
  menu: ReactNode;
}

export interface RowActionsOf {
  scroller: RefObject<HTMLElement | null>;
  rows: RowListing | undefined;
  selection: RowSelection;
  active: number | null;
  count: number;
  /** Draws the menu, with these items besides its own. */
  onMenu?: (event: MouseEvent, index: number, items: MenuItem[]) => void;
}

/** The list that had the focus last. Keys pressed elsewhere in the view apply to it. */
let lastFocused: Element | null = null;
export function tookFocus(list: Element): void {
  lastFocused = list;
}

/** Decides whether keys apply to this list: it has the focus, had it last, or is the first list. */
export function isMeant(list: Element | null): boolean {
  if (list === null) return false;
  const focused = document.activeElement?.closest('.virtual-rows') ?? null;
  if (focused !== null) return focused === list;
  if (lastFocused !== null && document.contains(lastFocused)) return lastFocused === list;
  return document.querySelector('.virtual-rows[role="grid"]') === list;
}

export function useRowActions({ scroller, rows, selection, active, count, onMenu }: RowActionsOf): RowActions {
  const stores = useStores();
  const [menuAt, setMenuAt] = useState<{ at: Box; index: number | null } | null>(null);

  const selectAll = () => {
    if (count > 0) selection.set([[0, count - 1]]);
  };
  const itemsFor = (index: number | null): MenuItem[] => {
    if (rows === undefined) return [];
    const isInSelection = index === null || hasRow(selection.ranges, index);
    const ranges: RowRanges = isInSelection ? selection.ranges : [[index, index]];
    return rowItems({ rows, ranges, total: count, selectAll }, stores);
  };

  const whenMeant = (run: () => boolean) => () => isMeant(scroller.current) && run();
  const isOn = rows !== undefined;
  useAction(
    'select-all',
    isOn
      ? whenMeant(() => {
          selectAll();
          return true;
        })
      : null,
  );
  const copy = (form: CopyForm) =>
    whenMeant(() => {
      // If text is selected, the browser copies that text.
      const hasText = (window.getSelection()?.toString() ?? '') !== '';
      if (rows === undefined || selection.ranges.length === 0 || hasText) return false;
      void copyRows(stores, rows, selection.ranges, form);
      return true;
    });
  useAction('copy', isOn ? copy('text') : null);
  useAction('copy-plain', isOn ? copy('plain') : null);
  useAction(
    'save-rows',
    isOn
      ? whenMeant(() => {
          const box = scroller.current?.getBoundingClientRect();
          if (box !== undefined) setMenuAt({ at: pointBox(box.left + 24, box.top + 24), index: active });
          return true;
        })
      : null,
  );
  useAction(
    'escape',
    isOn
      ? whenMeant(() => {
          if (!selection.isExplicit) return false;
          selection.clear();
          return true;
        })
      : null,
  );

  const onContextMenu = (event: MouseEvent) => {
    if (event.defaultPrevented || (rows === undefined && onMenu === undefined)) return;
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    // From the keyboard, the event targets the list itself and means the active row.
    const index = row?.dataset.index === undefined ? active : Number(row.dataset.index);
    if (index === null) return;
    event.preventDefault();
    if (onMenu !== undefined) return onMenu(event, index, itemsFor(index));
    const element = row ?? scroller.current?.querySelector('.is-active') ?? scroller.current;
    const at = event.button === 2 ? pointBox(event.clientX, event.clientY) : element?.getBoundingClientRect();
    if (at !== undefined) setMenuAt({ at, index });
  };

  const menu: ReactNode =
    menuAt === null || rows === undefined ? null : (
      <Menu
        at={menuAt.at}
        label={`Actions for ${rows.nouns}`}
        items={itemsFor(menuAt.index).map((item, k) => (k === 0 ? { ...item, startsGroup: false } : item))}
        onClose={() => setMenuAt(null)}
      />
    );
  return { itemsFor, onContextMenu, menu };
}
