/**
 * A plain table is drawn whole, without a virtual list. Its button and the menu of its rows copy
 * and save it, like those of every list.
 */
import { Download } from 'lucide-react';
import { type MouseEvent, type ReactNode, useRef, useState } from 'react';
import { useStores } from '../state/StoresContext.tsx';
import { IconButton } from './IconButton.tsx';
import { Menu, type MenuItem } from './Menu.tsx';
import './plain-table.css';
import { type Box, pointBox } from './place-at.ts';
import { plainRows } from './plain-rows.ts';
import { allRowsItems } from './row-items.tsx';

interface PlainTableProps {
  /** The singular and plural of its rows: `node`, `nodes`. */
  noun: string;
  nouns: string;
  /** The name of a saved file, without extension. */
  fileName: string;
  className?: string;
  children: ReactNode;
}

export function PlainTable({ noun, nouns, fileName, className, children }: PlainTableProps) {
  const stores = useStores();
  const table = useRef<HTMLTableElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [menu, setMenu] = useState<{ at: Box; items: MenuItem[] } | null>(null);

  const open = (at: Box) => {
    if (table.current === null) return;
    const { columns, rows } = plainRows(textsOf(table.current));
    const listing = { of: 'table' as const, columns, rows };
    const all = { noun, nouns, fileName, isOfLines: false, of: () => ({ listing, ranges: null }) };
    setMenu({ at, items: allRowsItems(all, rows.length, stores) });
  };
  const onContextMenu = (event: MouseEvent) => {
    // A value in a cell has its own menu.
    if (event.defaultPrevented) return;
    event.preventDefault();
    open(pointBox(event.clientX, event.clientY));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button opens the same menu
    <div className="plain-table" onContextMenu={onContextMenu}>
      <table ref={table} className={className}>
        {children}
      </table>
      <IconButton
        ref={button}
        className="plain-table__save"
        label={`Copy or save the ${nouns}`}
        icon={<Download size={14} />}
        aria-haspopup="menu"
        aria-expanded={menu !== null}
        onClick={() => open(button.current?.getBoundingClientRect() ?? pointBox(0, 0))}
      />
      {menu !== null && (
        <Menu
          at={menu.at}
          align="end"
          label={`Copy or save the ${nouns}`}
          items={menu.items}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}

function textsOf(table: HTMLTableElement): { head: string[]; body: string[][] } {
  const texts = (row: HTMLTableRowElement) => [...row.cells].map((cell) => cell.textContent);
  const head = table.tHead?.rows[0];
  return {
    head: head === undefined ? [] : texts(head),
    body: [...table.tBodies].flatMap((part) => [...part.rows].map(texts)),
  };
}
