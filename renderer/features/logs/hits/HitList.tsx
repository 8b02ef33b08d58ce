/** The list of hits draws the lines found, with the columns that lines of several files need. */
import { type MouseEvent, type RefObject, useCallback, useMemo } from 'react';
import { useView } from '../../../state/StoresContext.tsx';
import type { SearchView } from '../../../state/use-search.ts';
import type { MenuItem } from '../../../widgets/Menu.tsx';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { LineList } from '../lines/LineList.tsx';
import { lineColumns } from '../lines/line-columns.ts';
import type { RangeStore } from '../lines/range-store.ts';
import { useLineLooks } from '../lines/use-line-looks.ts';
import { useOpenLine } from '../lines/use-open-line.ts';
import { useIsMarked } from '../marks/use-is-marked.ts';
import { noFolds } from '../model/fold-map.ts';
import { lineListing } from '../model/line-listing.ts';
import { answeredId } from '../model/searches.ts';
import type { FilesView } from '../model/use-files.ts';
import type { HitCursor } from './use-hit-cursor.ts';

export interface HitListProps {
  search: SearchView;
  files: FilesView;
  cursor: HitCursor;
  range: RangeStore;
  onMenu: (event: MouseEvent, index: number, items: MenuItem[]) => void;
  handle: RefObject<VirtualRowsHandle | null>;
}

export function HitList({ search, files, cursor, range, onMenu, handle }: HitListProps) {
  const { rowAt } = search;
  const { choose } = cursor;
  const wrap = useView((state) => state.wrap);
  const looks = useLineLooks(null, true);
  const columns = useMemo(() => {
    const most = files.files.reduce((lines, file) => Math.max(lines, file.lines ?? 0), 1);
    return lineColumns(files.files, most, true);
  }, [files.files]);
  const isMarked = useIsMarked(files);
  const fileOf = useCallback((id: number) => files.byId.get(id), [files]);
  const searchId = answeredId(search);
  const rows = useMemo(
    () => lineListing(searchId === null ? null : { of: 'hits', searchId }, noFolds, 'hits'),
    [searchId],
  );
  const want = useCallback(
    (first: number, last: number) => {
      range.take(first, last);
      search.want(first, last);
    },
    [range, search.want],
  );
  const onActive = useCallback((index: number) => choose(index, rowAt(index)), [choose, rowAt]);
  const onOpen = useOpenLine(rowAt);
  return (
    <LineList
      label="Hits in all files"
      count={search.total}
      rowAt={rowAt}
      want={want}
      contentKey={String(search.generation)}
      columns={columns}
      looks={looks}
      wrap={wrap}
      active={cursor.active}
      onActive={onActive}
      onOpen={onOpen}
      rows={rows}
      isMarked={isMarked}
      fileOf={fileOf}
      onMenu={onMenu}
      handle={handle}
      className={search.isStale ? 'is-stale' : ''}
    />
  );
}
