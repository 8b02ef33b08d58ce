/** The line list draws lines of logs, one per row, with the columns that their sources need. */
import { type CSSProperties, type MouseEvent, memo, type Ref, useCallback, useMemo, useRef } from 'react';
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { useNavigation, useSelection } from '../../../state/StoresContext.tsx';
import type { MenuItem } from '../../../widgets/Menu.tsx';
import type { RowListing } from '../../../widgets/row-listing.ts';
import { VirtualRows, type VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { Line } from './Line.tsx';
import { LineListHead } from './LineListHead.tsx';
import { columnWidths, hasCells, type LineColumns } from './line-columns.ts';
import type { LineLooks } from './line-looks.ts';
import { useMatchInView } from './use-match-in-view.ts';
import { useWide } from './use-wide.ts';
import './line-list.css';

export interface LineListProps {
  label: string;
  count: number;
  rowAt: (index: number) => LineRow | undefined;
  want: (first: number, last: number) => void;
  contentKey: string;
  sticksToEnd?: boolean;
  columns: LineColumns;
  looks: LineLooks;
  wrap: boolean;
  active: number | null;
  onActive: (index: number) => void;
  onOpen?: (index: number) => void;
  /** Names the lines, so that they can be copied and saved. */
  rows: RowListing;
  isMarked: (row: LineRow) => boolean;
  /** Returns what the filter's search found in a line, for rows without matches of their own. */
  matchesAt?: (row: LineRow) => readonly (readonly [number, number])[] | undefined;
  /**
   * Identifies the searches behind `matchesAt` and `foundAt`. Absent if the rows have their own
   * matches.
   */
  matchKey?: string;
  /** Returns what “find” found in a line. */
  foundAt?: (row: LineRow) => readonly (readonly [number, number])[] | undefined;
  /** Returns the number of a line whose row has not arrived. */
  numberAt?: (index: number) => number;
  foldedAt?: (index: number) => number;
  onFold?: (row: LineRow) => void;
  fileOf?: (fileId: number) => FileRow | undefined;
  onMenu: (event: MouseEvent, index: number, items: MenuItem[]) => void;
  handle: Ref<VirtualRowsHandle>;
  className?: string;
}

const HEADER_HEIGHT = 22;
const LINE_HEIGHT = 18;

export const LineList = memo(function LineList(props: LineListProps) {
  const { columns, rowAt, want, wrap, active, contentKey } = props;
  const setHover = useSelection((state) => state.setHover);
  const renderRow = useRenderRow(props);
  const onRange = useCallback(
    (first: number, last: number) => {
      // Scrolling puts another line under a pointer that does not move.
      setHover(null);
      want(first, last);
    },
    [want, setHover],
  );
  const root = useRef<HTMLDivElement>(null);
  useWide(root);
  useMatchInView(root, active, `${contentKey} ${props.matchKey ?? ''}`);
  const style = useMemo(() => listStyle(columnWidths(columns)), [columns]);
  const hasHead = hasCells(columns);
  return (
    <div
      ref={root}
      className={`line-list ${wrap ? 'line-list--wrap' : ''} ${props.className ?? ''}`}
      style={style}
      onPointerMove={(event) => {
        const index = indexUnder(event);
        const row = index === null ? undefined : rowAt(index);
        if (row !== undefined) setHover(row.timeUs);
      }}
      onPointerLeave={() => setHover(null)}
    >
      <VirtualRows
        label={props.label}
        count={props.count}
        rowHeight={LINE_HEIGHT}
        renderRow={renderRow}
        wrap={wrap}
        contentKey={contentKey}
        sticksToEnd={props.sticksToEnd}
        active={active}
        onActive={props.onActive}
        onOpen={props.onOpen}
        rows={props.rows}
        onMenu={props.onMenu}
        onRange={onRange}
        header={hasHead ? <LineListHead columns={columns} /> : undefined}
        headerHeight={hasHead ? HEADER_HEIGHT : 0}
        hasCells
        recycles
        overscan={0}
        columnCount={columnWidths(columns).length + 1}
        handle={props.handle}
      />
    </div>
  );
});

/** Returns a function that draws the line of a row, and keeps its identity until lines change. */
function useRenderRow(props: LineListProps) {
  const { rowAt, columns, looks, matchesAt, foundAt, numberAt, foldedAt, onFold, isMarked, fileOf } = props;
  const navigation = useNavigation();
  return useCallback(
    (index: number) => {
      const row = rowAt(index);
      return (
        <Line
          row={row}
          number={row?.line ?? numberAt?.(index)}
          columns={columns}
          looks={looks}
          isMarked={row !== undefined && isMarked(row)}
          matches={row && matchesAt?.(row)}
          found={row && foundAt?.(row)}
          folded={row && foldedAt?.(index)}
          file={row && fileOf?.(row.fileId)}
          onFold={onFold}
          navigation={navigation}
        />
      );
    },
    [rowAt, columns, looks, matchesAt, foundAt, numberAt, foldedAt, onFold, isMarked, fileOf, navigation],
  );
}

/** Returns the tracks of the grid, and each column's place and width, for cells that stick. */
function listStyle(widths: readonly string[]): CSSProperties {
  const places = widths.flatMap((width, at) => [
    [`--left-${at + 1}`, `calc(0px + ${widths.slice(0, at).join(' + ') || '0px'})`],
    [`--width-${at + 1}`, width],
  ]);
  return { '--tracks': [...widths, 'minmax(0, 1fr)'].join(' '), ...Object.fromEntries(places) };
}

function indexUnder(event: MouseEvent): number | null {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  return element?.dataset.index === undefined ? null : Number(element.dataset.index);
}
