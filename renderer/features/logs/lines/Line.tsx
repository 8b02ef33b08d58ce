/**
 * A line as a row of the list, also while it is on its way. Most of its cells have no component of
 * their own, because each step of scrolling refills all row elements.
 */
// biome-ignore-all lint/a11y/useSemanticElements: cells of a virtual grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo, type ReactNode } from 'react';
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatNumber } from '../../../base/format.ts';
import { levelLooks } from '../../../base/looks.ts';
import { safeText } from '../../../base/safe-text.ts';
import type { Navigation } from '../../../state/navigation.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { TimeText } from '../../../widgets/TimeText.tsx';
import { Value } from '../../../widgets/Value.tsx';
import { logName } from '../tree/file-label.ts';
import { hasCells, type LineColumns } from './line-columns.ts';
import { gutterSigns, isSigned } from './line-gutter.tsx';
import type { LineLooks } from './line-looks.ts';
import { lineText } from './line-text.tsx';

export interface LineProps {
  /** Undefined while the line is on its way. */
  row: LineRow | undefined;
  /** The number of the line in its file, if known. */
  number: number | undefined;
  columns: LineColumns;
  looks: LineLooks;
  isMarked: boolean;
  matches: readonly (readonly [number, number])[] | undefined;
  found: readonly (readonly [number, number])[] | undefined;
  folded: number | undefined;
  file: FileRow | undefined;
  onFold: ((row: LineRow) => void) | undefined;
  navigation: Navigation;
}

/** Scrolling does not draw a line again while nothing about it changes. */
export const Line = memo(function Line(props: LineProps) {
  const { row, number, columns, isMarked, file, onFold } = props;
  const level = row == null || row.level === null ? null : levelLooks[row.level];
  return (
    <div className={lineClass(row)} role="none">
      <span
        role="gridcell"
        className={row !== undefined && isSigned(row, isMarked) ? 'line__gutter line__gutter--signed' : 'line__gutter'}
      >
        {row !== undefined && gutterSigns(row, isMarked, onFold)}
      </span>
      <span role="gridcell" className="line__number">
        {number === undefined ? '' : formatNumber(number)}
      </span>
      {hasCells(columns) && row !== undefined && cells(row, columns, file)}
      <span role="gridcell" className="line__level" title={level?.word} aria-label={level?.word}>
        {level?.letter}
      </span>
      <span role="gridcell" className="line__text">
        {row === undefined ? <span className="line__blank" /> : lineText({ ...props, row })}
      </span>
    </div>
  );
});

function lineClass(row: LineRow | undefined): string {
  if (row === undefined) return 'line line--pending';
  let name = 'line';
  if (row.level !== null) name += ` line--${row.level}`;
  if (row.traceback === 'inner') name += ' line--within';
  if (row.isContinuation) name += ' line--continued';
  return name;
}

/** Returns the cells that tell lines of several files apart. */
function cells(row: LineRow, columns: LineColumns, file: FileRow | undefined): ReactNode {
  return (
    <>
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
    </>
  );
}

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
