/** The line list draws lines of logs, one per row, with the columns that their sources need. */
// biome-ignore-all lint/a11y/useSemanticElements: cells of a virtual grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import {
  type CSSProperties,
  type MouseEvent,
  memo,
  type Ref,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import type { FileRow, LineRow } from '../../../../electron/contract/records.ts';
import { useNavigation, useSelection } from '../../../state/StoresContext.tsx';
import type { MenuItem } from '../../../widgets/Menu.tsx';
import type { RowListing } from '../../../widgets/row-listing.ts';
import { VirtualRows, type VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { Line } from './Line.tsx';
import type { LineColumns } from './line-columns.ts';
import type { LineLooks } from './line-looks.ts';
import { useMatchInView } from './use-match-in-view.ts';
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
/** From this width, all cells stay in sight while long lines scroll sideways. */
const WIDE_PX = 860;

export const LineList = memo(function LineList(props: LineListProps) {
  const { columns, rowAt, looks, matchesAt, foundAt, numberAt, foldedAt, onFold, isMarked, fileOf } = props;
  const setHover = useSelection((state) => state.setHover);
  const hasHeader = columns.time || columns.source || columns.log || columns.miniBatch;

  const style = useMemo(() => {
    const parts = ['18px', `calc(${columns.numberChars}ch + 8px)`];
    if (columns.time) parts.push('calc(12ch + 12px)');
    if (columns.source) parts.push(`calc(${columns.nodeChars}ch + 12px)`, `calc(${columns.processChars}ch + 12px)`);
    if (columns.log) parts.push(`calc(${columns.logChars}ch + 12px)`);
    if (columns.miniBatch) parts.push('calc(7ch + 12px)');
    parts.push('20px');
    const places = parts.flatMap((width, at) => [
      [`--left-${at + 1}`, `calc(0px + ${parts.slice(0, at).join(' + ') || '0px'})`],
      [`--width-${at + 1}`, width],
    ]);
    return { '--tracks': [...parts, 'minmax(0, 1fr)'].join(' '), ...Object.fromEntries(places) } as CSSProperties;
  }, [columns]);

  const navigation = useNavigation();
  const renderRow = useCallback(
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

  const indexUnder = (event: MouseEvent): number | null => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    return element?.dataset.index === undefined ? null : Number(element.dataset.index);
  };

  const { want } = props;
  const onRange = useCallback(
    (first: number, last: number) => {
      // Scrolling puts another line under a pointer that does not move.
      setHover(null);
      want(first, last);
    },
    [want, setHover],
  );

  const header = hasHeader ? (
    <div className="line line--head" role="row" aria-rowindex={1}>
      <span role="columnheader" className="line__gutter">
        <span className="hidden-label">Mark</span>
      </span>
      <span role="columnheader" className="line__number">
        Line
      </span>
      {columns.time && (
        <span role="columnheader" className="line__cell">
          Time
        </span>
      )}
      {columns.source && (
        <span role="columnheader" className="line__cell">
          Node
        </span>
      )}
      {columns.source && (
        <span role="columnheader" className="line__cell">
          Process
        </span>
      )}
      {columns.log && (
        <span role="columnheader" className="line__cell">
          Log
        </span>
      )}
      {columns.miniBatch && (
        <span role="columnheader" className="line__cell line__cell--number">
          Batch
        </span>
      )}
      <span role="columnheader" className="line__level">
        <span className="hidden-label">Level</span>
      </span>
      <span role="columnheader" className="line__text">
        Text
      </span>
    </div>
  ) : undefined;

  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    // A container query would make the browser style all lines during layout.
    const observer = new ResizeObserver(() => element.toggleAttribute('data-wide', element.clientWidth >= WIDE_PX));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useMatchInView(root, props.active, `${props.contentKey} ${props.matchKey ?? ''}`);

  return (
    <div
      ref={root}
      className={`line-list ${props.wrap ? 'line-list--wrap' : ''} ${props.className ?? ''}`}
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
        wrap={props.wrap}
        contentKey={props.contentKey}
        sticksToEnd={props.sticksToEnd}
        active={props.active}
        onActive={props.onActive}
        onOpen={props.onOpen}
        rows={props.rows}
        onMenu={props.onMenu}
        onRange={onRange}
        header={header}
        headerHeight={hasHeader ? HEADER_HEIGHT : 0}
        hasCells
        recycles
        overscan={0}
        columnCount={
          4 + (columns.time ? 1 : 0) + (columns.source ? 2 : 0) + (columns.log ? 1 : 0) + (columns.miniBatch ? 1 : 0)
        }
        handle={props.handle}
      />
    </div>
  );
});
