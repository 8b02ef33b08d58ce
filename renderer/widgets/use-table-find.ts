/**
 * Finding in a table looks for the next row that contains a text, and goes to a row by its number.
 * The keys of find and go-to open its bar while the table is meant.
 */
import { type RefObject, useRef, useState } from 'react';
import { useAction, useClient } from '../state/StoresContext.tsx';
import type { RowListing } from './row-listing.ts';
import type { TableFindProps } from './TableFind.tsx';
import { isMeant } from './use-row-actions.tsx';
import type { VirtualRowsHandle } from './VirtualRows.tsx';

export interface FoundTable {
  rows: RowListing;
  count: number;
  active: number | null;
  root: RefObject<HTMLElement | null>;
  list: RefObject<VirtualRowsHandle | null>;
}

/** Returns the find bar that is open, or null. */
export function useTableFind({ rows, count, active, root, list }: FoundTable): TableFindProps | null {
  const client = useClient();
  const box = useRef<HTMLInputElement>(null);
  const [mode, setMode] = useState<TableFindProps['mode'] | null>(null);
  const open = (next: TableFindProps['mode']) => () => {
    const grid = root.current?.querySelector('.virtual-rows') ?? null;
    if (root.current?.contains(document.activeElement) !== true && !isMeant(grid)) return false;
    setMode(next);
    box.current?.select();
    return true;
  };
  useAction('find', open('find'));
  useAction('go-to', open('go-to'));
  const onGo = (index: number) => {
    list.current?.moveTo(index);
  };
  const onFind = async (text: string, direction: 'next' | 'previous'): Promise<boolean> => {
    const from = active ?? -1;
    const listed = await rows.of(null);
    if (listed === null) return false;
    const ask = async (start: number) =>
      (await client.call('listing.find', { listing: listed.listing, text, from: start, direction })).index;
    // Wraps around at the ends.
    const index = (await ask(from)) ?? (await ask(direction === 'next' ? -1 : count));
    if (index === null) return false;
    onGo(index);
    return true;
  };
  const onClose = () => {
    setMode(null);
    list.current?.focus();
  };
  return mode === null ? null : { mode, box, count, onFind, onGo, onClose };
}
