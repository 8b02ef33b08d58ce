// biome-ignore-all lint/a11y/useSemanticElements: a table of millions of rows is a grid of few elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type CSSProperties, type ReactNode, type Ref, useCallback } from 'react';
import { VirtualRows, type VirtualRowsHandle } from './VirtualRows.tsx';
import './virtual-table.css';

export interface Column<Row> {
  id: string;
  title: string;
  /** CSS grid track: `80px`, `minmax(120px, 1fr)`. */
  width: string;
  align?: 'left' | 'right';
  isSortable?: boolean;
  /** Explains the column on hover. */
  hint?: string;
  render: (row: Row, index: number) => ReactNode;
}

export interface Sort {
  column: string;
  descending: boolean;
}

export interface VirtualTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  count: number;
  /** Undefined while the row is on its way: a placeholder is drawn. */
  rowAt: (index: number) => Row | undefined;
  onRange?: (first: number, last: number) => void;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  active?: number | null;
  onActive?: (index: number, how: { extend: boolean; toggle: boolean }) => void;
  onOpen?: (index: number) => void;
  isSelected?: (index: number) => boolean;
  rowClass?: (row: Row | undefined, index: number) => string | undefined;
  rowHeight?: number;
  handle?: Ref<VirtualRowsHandle>;
}

const ROW_HEIGHT = 24;
const HEADER_HEIGHT = 28;

/** A table of any number of rows. Columns sort by their heads; the first click on a column of numbers puts the largest first. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { columns, rowAt, sort, onSort } = props;
  const tracks = columns.map((column) => column.width).join(' ');
  const style = { '--tracks': tracks } as CSSProperties;

  const renderRow = useCallback(
    (index: number) => {
      const row = rowAt(index);
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
    },
    [columns, rowAt],
  );

  const header = (
    <div className="virtual-table__row virtual-table__head" role="row" aria-rowindex={1}>
      {columns.map((column, at) => {
        const isSorted = sort?.column === column.id;
        const title = <span className="ellipsis">{column.title}</span>;
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
            title={column.hint}
            className={`virtual-table__title ${column.align === 'right' ? 'virtual-table__title--right' : ''}`}
          >
            {column.isSortable === true && onSort !== undefined ? (
              <button
                type="button"
                className="virtual-table__sort"
                onClick={() =>
                  onSort({ column: column.id, descending: isSorted ? !sort.descending : column.align === 'right' })
                }
              >
                {title}
                {isSorted && (sort.descending ? <ChevronDown size={12} /> : <ChevronUp size={12} />)}
              </button>
            ) : (
              title
            )}
          </div>
        );
      })}
    </div>
  );

  return (
    <div className="virtual-table" style={style}>
      <VirtualRows
        label={props.label}
        count={props.count}
        rowHeight={props.rowHeight ?? ROW_HEIGHT}
        renderRow={renderRow}
        rowClass={(index) => props.rowClass?.(rowAt(index), index)}
        active={props.active}
        onActive={props.onActive}
        onOpen={props.onOpen}
        isSelected={props.isSelected}
        onRange={props.onRange}
        header={header}
        headerHeight={HEADER_HEIGHT}
        hasCells
        columnCount={columns.length}
        handle={props.handle}
      />
    </div>
  );
}
