/**
 * A virtual table is a table of any number of rows. Column heads sort; the first click on a column
 * of numbers puts the largest first. A person can select, find, copy and save rows, and resize,
 * move and hide columns.
 */
// biome-ignore-all lint/a11y/useSemanticElements: a grid draws few elements for millions of rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { Ellipsis } from 'lucide-react';
import { type Ref, useCallback, useRef, useState } from 'react';
import { MenuButton } from './MenuButton.tsx';
import { TableFind } from './TableFind.tsx';
import { columnItems, TableHead } from './TableHead.tsx';
import type { Column, Sort } from './table-column.ts';
import { useTableFind } from './use-table-find.ts';
import { useTableLayout } from './use-table-layout.ts';
import { type TableRows, useTableRows } from './use-table-rows.ts';
import { VirtualRows, type VirtualRowsHandle } from './VirtualRows.tsx';
import './virtual-table.css';

export type { Column, Sort };

export interface VirtualTableProps<Row> extends TableRows<Row> {
  label: string;
  onRange?: (first: number, last: number) => void;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  active?: number | null;
  onActive?: (index: number) => void;
  onOpen?: (index: number) => void;
  rowClass?: (row: Row | undefined, index: number) => string | undefined;
  rowHeight?: number;
  handle?: Ref<VirtualRowsHandle>;
}

const ROW_HEIGHT = 24;
const HEADER_HEIGHT = 28;

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { columns, rowAt, sort, count, label } = props;
  const rows = useTableRows(props);
  const layout = useTableLayout(rows.fileName, columns);
  const { shown, tracks } = layout;
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualRowsHandle>(null);
  // The row that a search or a key went to is shown even if the caller has no active row.
  const [ownActive, setOwnActive] = useState<number | null>(null);
  const active = props.onActive === undefined ? ownActive : (props.active ?? null);
  const find = useTableFind({ rows, count, active, root, list });
  const renderRow = useCallback((index: number) => tableRow(shown, rowAt(index), index), [shown, rowAt]);
  const style = { '--tracks': tracks };
  return (
    <div ref={root} className="virtual-table" style={style}>
      {find !== null && <TableFind key={find.mode} {...find} />}
      <div className="virtual-table__body">
        <VirtualRows
          label={label}
          count={count}
          rowHeight={props.rowHeight ?? ROW_HEIGHT}
          renderRow={renderRow}
          rowClass={(index) => props.rowClass?.(rowAt(index), index)}
          contentKey={sort === undefined ? undefined : `${sort.column} ${sort.descending}`}
          active={active}
          onActive={props.onActive ?? setOwnActive}
          onOpen={props.onOpen}
          rows={rows}
          onRange={props.onRange}
          header={<TableHead columns={layout} sort={sort} onSort={props.onSort} />}
          headerHeight={HEADER_HEIGHT}
          hasCells
          columnCount={shown.length}
          handle={(handle) => {
            list.current = handle;
            if (typeof props.handle === 'function') props.handle(handle);
            else if (props.handle != null) props.handle.current = handle;
          }}
        />
        <div className="virtual-table__tools">
          <MenuButton
            label={`${label}: copy, save, columns`}
            isPlain
            align="end"
            items={() => [...(list.current?.itemsFor(active) ?? []), ...columnItems(layout)]}
          >
            <Ellipsis size={14} />
          </MenuButton>
        </div>
      </div>
    </div>
  );
}

/** Returns the cells of a row, which are blank while it has not arrived. */
function tableRow<Row>(columns: readonly Column<Row>[], row: Row | undefined, index: number) {
  return (
    <div className="virtual-table__row" role="none">
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + 1}
          className={`virtual-table__cell ${column.align === 'right' ? 'number' : 'ellipsis'}`}
        >
          {row === undefined ? <span className="virtual-table__blank" /> : column.render(row, index)}
        </div>
      ))}
    </div>
  );
}
