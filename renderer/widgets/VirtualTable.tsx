/**
 * A virtual table is a table of any number of rows. Column heads sort; the first click on a column
 * of numbers puts the largest first. A person can select, find, copy and save rows, and resize,
 * move and hide columns.
 */
// biome-ignore-all lint/a11y/useSemanticElements: a grid draws few elements for millions of rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { Ellipsis } from 'lucide-react';
import { type CSSProperties, type Ref, useCallback, useMemo, useRef, useState } from 'react';
import type { ListingInput } from '../../electron/contract/listing.ts';
import { useAction, useClient } from '../state/StoresContext.tsx';
import { MenuButton } from './MenuButton.tsx';
import type { RowListing } from './row-listing.ts';
import type { RowRanges } from './row-ranges.ts';
import { TableFind } from './TableFind.tsx';
import { columnItems, TableHead } from './TableHead.tsx';
import type { Column, Sort } from './table-column.ts';
import { isMeant } from './use-row-actions.tsx';
import { useTableLayout } from './use-table-layout.ts';
import { VirtualRows, type VirtualRowsHandle } from './VirtualRows.tsx';
import './virtual-table.css';

export type { Column, Sort };

export interface VirtualTableProps<Row> {
  label: string;
  /** The singular and plural of the rows, and the name of a file they are saved in. */
  noun: string;
  nouns?: string;
  fileName?: string;
  columns: readonly Column<Row>[];
  count: number;
  /** Returns the row, or undefined while it has not arrived, which draws a placeholder. */
  rowAt: (index: number) => Row | undefined;
  /**
   * For tables whose `rowAt` does not have all rows: the same rows as the engine lists them, or a
   * function that reads them all.
   */
  listing?: ListingInput | null | (() => Promise<readonly Row[]>);
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
  const { rowAt, sort, count, listing, label, noun, nouns = `${noun}s`, fileName = nouns } = props;
  const layout = useTableLayout(fileName, props.columns);
  const { shown, tracks } = layout;
  const client = useClient();
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualRowsHandle>(null);
  const findBox = useRef<HTMLInputElement>(null);
  const [find, setFind] = useState<'find' | 'go-to' | null>(null);
  // The row that a search or a key went to is shown even if the caller has no active row.
  const [ownActive, setOwnActive] = useState<number | null>(null);
  const active = props.onActive === undefined ? ownActive : (props.active ?? null);
  const style = { '--tracks': tracks } as CSSProperties;

  const rows = useMemo((): RowListing => {
    const tableOf = (all: readonly (Row | undefined)[]): ListingInput => ({
      of: 'table',
      columns: props.columns.map(({ title }) => title),
      rows: all.flatMap((row) => (row === undefined ? [] : [props.columns.map((column) => column.value(row))])),
    });
    const of = async (ranges: RowRanges | null) => {
      if (listing === null) return null;
      if (typeof listing === 'function') return { listing: tableOf(await listing()), ranges };
      if (listing !== undefined) return { listing, ranges };
      const all: RowRanges = ranges ?? (count === 0 ? [] : [[0, count - 1]]);
      const chosen = all.flatMap(([first, last]) =>
        Array.from({ length: Math.min(last, count - 1) - first + 1 }, (_, k) => rowAt(first + k)),
      );
      return { listing: tableOf(chosen), ranges: null };
    };
    return { noun, nouns, fileName, isOfLines: false, of };
  }, [props.columns, rowAt, count, listing, noun, nouns, fileName]);

  const renderRow = useCallback(
    (index: number) => {
      const row = rowAt(index);
      return (
        <div className="virtual-table__row" role="none">
          {shown.map((column, at) => (
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
    },
    [shown, rowAt],
  );

  const show = (mode: 'find' | 'go-to') => () => {
    const grid = root.current?.querySelector('.virtual-rows') ?? null;
    if (root.current?.contains(document.activeElement) !== true && !isMeant(grid)) return false;
    setFind(mode);
    findBox.current?.select();
    return true;
  };
  useAction('find', show('find'));
  useAction('go-to', show('go-to'));
  const go = (index: number) => {
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
    go(index);
    return true;
  };

  return (
    <div ref={root} className="virtual-table" style={style}>
      {find !== null && (
        <TableFind
          key={find}
          mode={find}
          box={findBox}
          count={count}
          onFind={onFind}
          onGo={go}
          onClose={() => {
            setFind(null);
            list.current?.focus();
          }}
        />
      )}
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
