/** The line list draws lines of logs, one row each, with the columns that their mixture needs. */
// biome-ignore-all lint/a11y/useSemanticElements: cells of a virtual grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type CSSProperties, type MouseEvent, memo, type Ref, useCallback, useMemo, useRef } from 'react';
import type { FileRow, LineRow } from '../../../../electron/contract/records.ts';
import { formatNumber } from '../../../base/format.ts';
import { levelLooks } from '../../../base/looks.ts';
import { safeText } from '../../../base/safe-text.ts';
import { useSelection } from '../../../state/StoresContext.tsx';
import type { MenuItem } from '../../../widgets/Menu.tsx';
import type { RowListing } from '../../../widgets/row-listing.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { TimeText } from '../../../widgets/TimeText.tsx';
import { Value } from '../../../widgets/Value.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { logName } from '../tree/file-label.ts';
import { LineGutter } from './LineGutter.tsx';
import { LineText } from './LineText.tsx';
import type { LineLooks } from './line-looks.ts';
import { useMatchInView } from './use-match-in-view.ts';
import './line-list.css';

export interface LineColumns {
  /** Where the lines are of several files. */
  time: boolean;
  source: boolean;
  miniBatch: boolean;
  /** Which of the logs of a process it is. */
  log: boolean;
  /** Characters of the longest of each, so that columns stand still while one scrolls. */
  numberChars: number;
  logChars: number;
  nodeChars: number;
  processChars: number;
}

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
  /** What the lines are, to be copied and saved. */
  rows: RowListing;
  isMarked: (row: LineRow) => boolean;
  /** What the filter's search found in a line, for rows that do not bring it themselves. */
  matchesAt?: (row: LineRow) => readonly (readonly [number, number])[] | undefined;
  /**
   * Names the searches behind `matchesAt` and `foundAt`; absent where the rows bring their matches.
   */
  matchKey?: string;
  /** What “find” found in a line. */
  foundAt?: (row: LineRow) => readonly (readonly [number, number])[] | undefined;
  /** Number of the line where the row itself is not here yet. */
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
    const lefts = parts.map((_, at) => [`--left-${at + 1}`, `calc(0px + ${parts.slice(0, at).join(' + ') || '0px'})`]);
    return { '--tracks': [...parts, 'minmax(0, 1fr)'].join(' '), ...Object.fromEntries(lefts) } as CSSProperties;
  }, [columns]);

  const renderRow = useCallback(
    (index: number) => {
      const row = rowAt(index);
      if (row === undefined) {
        const number = numberAt?.(index);
        return (
          <div className="line" role="none">
            <span role="gridcell" className="line__gutter" />
            <span role="gridcell" className="line__number">
              {number === undefined ? '' : formatNumber(number)}
            </span>
            <span role="gridcell" className="line__text">
              <span className="line__blank" />
            </span>
          </div>
        );
      }
      return (
        <Line
          row={row}
          columns={columns}
          looks={looks}
          isMarked={isMarked(row)}
          matches={matchesAt?.(row)}
          found={foundAt?.(row)}
          folded={foldedAt?.(index)}
          file={fileOf?.(row.fileId)}
          onFold={onFold}
        />
      );
    },
    [rowAt, columns, looks, matchesAt, foundAt, numberAt, foldedAt, onFold, isMarked, fileOf],
  );

  const indexUnder = (event: MouseEvent): number | null => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    return element?.dataset.index === undefined ? null : Number(element.dataset.index);
  };

  const { want } = props;
  const onRange = useCallback(
    (first: number, last: number) => {
      // Other lines have come under a pointer that did not move.
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

interface LineProps {
  row: LineRow;
  columns: LineColumns;
  looks: LineLooks;
  isMarked: boolean;
  matches: readonly (readonly [number, number])[] | undefined;
  found: readonly (readonly [number, number])[] | undefined;
  folded: number | undefined;
  file: FileRow | undefined;
  onFold: ((row: LineRow) => void) | undefined;
}

/** One line that is here; as long as nothing about it changes, scrolling does not draw it again. */
const Line = memo(function Line(props: LineProps) {
  const { row, columns, looks, isMarked, matches, found, folded, file, onFold } = props;
  const level = row.level === null ? null : levelLooks[row.level];
  return (
    <div
      className={`line ${row.level === null ? '' : `line--${row.level}`} ${row.traceback === 'inner' ? 'line--within' : ''} ${row.isContinuation ? 'line--continued' : ''}`}
      role="none"
    >
      <LineGutter row={row} isMarked={isMarked} onFold={onFold} />
      <span role="gridcell" className="line__number">
        {formatNumber(row.line)}
      </span>
      {columns.time && (
        <span role="gridcell" className={`line__cell ${row.ownTime ? '' : 'faint'}`}>
          <TimeText us={row.timeUs} />
        </span>
      )}
      {columns.source && (
        <span role="gridcell" className="line__cell ellipsis">
          {row.node !== null && <Value key={row.node} isInList value={{ of: 'node', node: row.node }} />}
        </span>
      )}
      {columns.source && (
        <span role="gridcell" className="line__cell ellipsis">
          <LineProcess row={row} />
        </span>
      )}
      {columns.log && (
        <span role="gridcell" className="line__cell ellipsis" title={safeText(file?.path ?? '')}>
          {file !== undefined && <SafeText text={logName(file)} />}
        </span>
      )}
      {columns.miniBatch && (
        <span role="gridcell" className="line__cell line__cell--number ellipsis">
          {row.miniBatchId !== null && (
            <Value key={row.miniBatchId} isInList value={{ of: 'miniBatch', miniBatchId: row.miniBatchId }} />
          )}
        </span>
      )}
      <span role="gridcell" className="line__level" title={level?.word} aria-label={level?.word}>
        {level?.letter}
      </span>
      <span role="gridcell" className="line__text">
        <LineText row={row} matches={matches} found={found} looks={looks} folded={folded} onUnfold={onFold} />
      </span>
    </div>
  );
});

function LineProcess({ row }: { row: LineRow }) {
  const name = row.process ?? '';
  const pid = row.pid === null ? '' : String(row.pid);
  const text = name === '' ? pid : pid === '' ? name : `${name} · ${pid}`;
  if (text === '') return null;
  if (row.node === null) return <SafeText text={text} />;
  return (
    <Value
      key={`${row.node} ${text}`}
      isInList
      value={{ of: 'process', node: row.node, pid: row.pid, process: row.process }}
    >
      <SafeText text={text} />
    </Value>
  );
}
