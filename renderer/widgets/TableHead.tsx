/**
 * A table head holds the heads of the columns, which sort, resize, move and hide them.
 * `use-table-layout.ts` keeps the arrangement.
 */
// biome-ignore-all lint/a11y/useSemanticElements: the head of a virtual grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons inside have the focus
// biome-ignore-all lint/a11y/noStaticElementInteractions: the button beside the grip does the same by keyboard
import { ArrowLeft, ArrowRight, ChevronDown, ChevronUp, EyeOff, RotateCcw } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { Menu, type MenuItem } from './Menu.tsx';
import { type Box, pointBox } from './place-at.ts';
import type { Column, Sort } from './table-column.ts';
import type { TableColumns } from './use-table-layout.ts';

export interface TableHeadProps<Row> {
  columns: TableColumns<Column<Row>>;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
}

const KEY_STEP_PX = 16;

/**
 * Draws the heads of the columns. A click sorts, the grip resizes, dragging moves. By keyboard,
 * Ctrl+arrows resize the focused column and Ctrl+Shift+arrows move it. The menu of a head offers
 * the rest.
 */
export function TableHead<Row>({ columns, sort, onSort }: TableHeadProps<Row>) {
  const [menu, setMenu] = useState<{ at: Box; column: Column<Row> } | null>(null);
  const sortBy = (column: Column<Row>, descending: boolean) => onSort?.({ column: column.id, descending });
  const canSort = (column: Column<Row>) => column.isSortable === true && onSort !== undefined;
  const onClick = (column: Column<Row>, event: MouseEvent<HTMLElement>) => {
    const isSorted = sort?.column === column.id;
    if (canSort(column)) sortBy(column, isSorted ? !sort.descending : column.align === 'right');
    else setMenu({ at: event.currentTarget.getBoundingClientRect(), column });
  };
  const onKeyDown = (column: Column<Row>, event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || !event.ctrlKey) return;
    const width = event.currentTarget.parentElement?.getBoundingClientRect().width ?? 0;
    if (event.shiftKey) columns.moveBy(column.id, by);
    else columns.resize(column.id, width + by * KEY_STEP_PX);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className="virtual-table__row virtual-table__head" role="row" aria-rowindex={1}>
        {columns.shown.map((column, at) => {
          const isSorted = sort?.column === column.id;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={at + 1}
              aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
              title={column.hint}
              className={`virtual-table__title ${column.align === 'right' ? 'virtual-table__title--right' : ''}`}
              draggable
              onDragStart={(event) => event.dataTransfer.setData('text/x-postrun-column', column.id)}
              onDragOver={(event) =>
                event.dataTransfer.types.includes('text/x-postrun-column') && event.preventDefault()
              }
              onDrop={(event) => {
                const id = event.dataTransfer.getData('text/x-postrun-column');
                if (id === '' || id === column.id) return;
                event.preventDefault();
                columns.move(id, column.id);
              }}
              onContextMenu={(event) => {
                event.preventDefault();
                event.stopPropagation();
                const box = event.currentTarget.getBoundingClientRect();
                setMenu({ at: event.button === 2 ? pointBox(event.clientX, event.clientY) : box, column });
              }}
            >
              <button
                type="button"
                className="virtual-table__sort"
                aria-haspopup={canSort(column) ? undefined : 'menu'}
                onClick={(event) => onClick(column, event)}
                onKeyDown={(event) => onKeyDown(column, event)}
              >
                <span className="ellipsis">{column.title}</span>
                {isSorted && (sort.descending ? <ChevronDown size={12} /> : <ChevronUp size={12} />)}
              </button>
              <span
                className="virtual-table__grip"
                onPointerDown={(event) => columns.onGrip(column.id, event)}
                draggable
                onDragStart={(event) => {
                  event.preventDefault();
                  event.stopPropagation();
                }}
              />
            </div>
          );
        })}
      </div>
      {menu !== null && (
        <Menu
          at={menu.at}
          label={`Column ${menu.column.title}`}
          items={headItems(menu.column, columns, canSort(menu.column) ? (down) => sortBy(menu.column, down) : null)}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}

function headItems<Row>(
  column: Column<Row>,
  columns: TableColumns<Column<Row>>,
  sortBy: ((descending: boolean) => void) | null,
): MenuItem[] {
  const at = columns.shown.indexOf(column);
  const items: MenuItem[] = [];
  if (sortBy !== null) {
    items.push({ id: 'up', title: 'Sort ascending', icon: <ChevronUp size={14} />, run: () => sortBy(false) });
    items.push({ id: 'down', title: 'Sort descending', icon: <ChevronDown size={14} />, run: () => sortBy(true) });
  }
  items.push({
    id: 'left',
    title: 'Move left',
    icon: <ArrowLeft size={14} />,
    keys: 'Ctrl+Shift+←',
    isDisabled: at <= 0,
    startsGroup: sortBy !== null,
    run: () => columns.moveBy(column.id, -1),
  });
  items.push({
    id: 'right',
    title: 'Move right',
    icon: <ArrowRight size={14} />,
    keys: 'Ctrl+Shift+→',
    isDisabled: at < 0 || at === columns.shown.length - 1,
    run: () => columns.moveBy(column.id, 1),
  });
  items.push({
    id: 'hide',
    title: 'Hide this column',
    icon: <EyeOff size={14} />,
    isDisabled: columns.shown.length === 1,
    run: () => columns.toggle(column.id),
  });
  return [...items, ...columnItems(columns)];
}

/** Returns menu items that show or hide columns. */
export function columnItems<Row>(columns: TableColumns<Column<Row>>): MenuItem[] {
  const items = columns.ordered.map(
    (column, index): MenuItem => ({
      id: `column-${column.id}`,
      title: column.title,
      isChecked: !columns.isHidden(column.id),
      isDisabled: columns.shown.length === 1 && columns.shown[0] === column,
      startsGroup: index === 0,
      run: () => columns.toggle(column.id),
    }),
  );
  const reset: MenuItem = {
    id: 'reset-columns',
    title: 'Reset columns',
    icon: <RotateCcw size={14} />,
    isDisabled: columns.isUsual,
    startsGroup: true,
    run: columns.reset,
  };
  return [...items, reset];
}
