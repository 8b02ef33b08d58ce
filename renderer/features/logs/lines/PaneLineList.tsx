/**
 * The list of the pane's lines gives {@link LineList} what it draws for a file or merged files:
 * columns, looks, folds and matches. It also opens the menu of a line.
 */
import { type RefObject, useCallback, useMemo } from 'react';
import { useView } from '../../../state/StoresContext.tsx';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { useIsMarked } from '../marks/use-is-marked.ts';
import { hiddenBeforeRow, lineOfRow } from '../model/fold-map.ts';
import { lineListing } from '../model/line-listing.ts';
import type { FilesView } from '../model/use-files.ts';
import { LineList } from './LineList.tsx';
import { lineColumns } from './line-columns.ts';
import type { RangeStore } from './range-store.ts';
import type { DrawnSearches } from './use-drawn-searches.ts';
import type { LineCursor } from './use-line-cursor.ts';
import { useLineLooks } from './use-line-looks.ts';
import { useLineMenu } from './use-line-menu.tsx';
import { useListing } from './use-listing.ts';
import { useOpenLine } from './use-open-line.ts';
import type { PaneLines } from './use-pane-lines.ts';

export interface PaneLineListProps {
  files: FilesView;
  lines: PaneLines;
  cursor: LineCursor;
  searches: DrawnSearches;
  /** The text that find looks for. */
  pattern: RegExp | null;
  range: RangeStore;
  handle: RefObject<VirtualRowsHandle | null>;
}

export function PaneLineList({ files, lines, cursor, searches, pattern, range, handle }: PaneLineListProps) {
  const { stream, total, rowAt, folds, title } = lines;
  const { map } = folds;
  const { onMeasured } = cursor;
  const isMerged = lines.merged !== null;
  const isFile = stream?.kind === 'file';
  const wrap = useView((state) => state.wrap);
  const looks = useLineLooks(pattern, isMerged);
  const fileOf = useCallback((id: number) => files.byId.get(id), [files]);
  const columns = useMemo(() => lineColumns(files.files, total ?? 1, isMerged), [files.files, total, isMerged]);
  const isMarked = useIsMarked(files);
  const listing = useListing(stream);
  const listed = useMemo(() => lineListing(listing, map, title), [listing, map, title]);
  const want = useCallback(
    (first: number, last: number) => {
      range.take(first, last);
      stream?.want(lineOfRow(map, first), lineOfRow(map, last));
      onMeasured();
    },
    [range, stream?.want, map, onMeasured],
  );
  const numberAt = useCallback((row: number) => lineOfRow(map, row) + 1, [map]);
  const foldedAt = useCallback((row: number) => hiddenBeforeRow(map, row), [map]);
  const { open: onMenu, menu } = useLineMenu(rowAt, files);
  const onOpen = useOpenLine(rowAt);
  return (
    <>
      <LineList
        label={`Lines of ${title}`}
        count={lines.rows}
        rowAt={rowAt}
        want={want}
        contentKey={`${stream?.key ?? ''} ${map.hidden}`}
        sticksToEnd={stream?.isRunning !== true}
        columns={columns}
        looks={looks}
        wrap={wrap}
        active={cursor.active}
        onActive={cursor.onActive}
        onOpen={onOpen}
        rows={listed}
        isMarked={isMarked}
        fileOf={fileOf}
        matchKey={searches.key}
        matchesAt={searches.matchesAt}
        foundAt={searches.foundAt}
        numberAt={isFile ? numberAt : undefined}
        foldedAt={isFile && map.hidden > 0 ? foldedAt : undefined}
        onFold={isFile ? folds.toggle : undefined}
        onMenu={onMenu}
        handle={handle}
      />
      {menu}
    </>
  );
}
