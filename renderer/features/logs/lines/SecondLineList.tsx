/**
 * The list of the second file gives {@link LineList} what it draws: columns, looks, and what the
 * filter finds. Its active line is part of the place. It also opens the menu of a line.
 */
import { type RefObject, useCallback, useMemo } from 'react';
import type { Filter } from '../../../state/filter.ts';
import { useView } from '../../../state/StoresContext.tsx';
import { useSearch } from '../../../state/use-search.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { useIsMarked } from '../marks/use-is-marked.ts';
import type { Beside } from '../model/beside.ts';
import { noFolds } from '../model/fold-map.ts';
import { lineListing } from '../model/line-listing.ts';
import { answeredId } from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';
import type { FilesView } from '../model/use-files.ts';
import { LineList } from './LineList.tsx';
import { lineColumns } from './line-columns.ts';
import type { RangeStore } from './range-store.ts';
import { useLineLooks } from './use-line-looks.ts';
import { useLineMenu } from './use-line-menu.tsx';
import { useListing } from './use-listing.ts';
import { useMatches } from './use-matches.ts';
import { useSetBeside } from './use-set-beside.ts';

export interface SecondLineListProps {
  files: FilesView;
  beside: Beside;
  stream: LineStream | null;
  /** The global filter while it is on. */
  filter: Filter | null;
  range: RangeStore;
  handle: RefObject<VirtualRowsHandle | null>;
}

export function SecondLineList({ files, beside, stream, filter, range, handle }: SecondLineListProps) {
  const { fileId, line } = beside.line;
  const { setBeside } = useSetBeside(beside);
  const total = stream?.total ?? null;
  const path = files.byId.get(fileId)?.path ?? '';
  const wrap = useView((state) => state.wrap);
  const looks = useLineLooks(null, false);
  const columns = useMemo(() => lineColumns(files.files, total ?? 1, false), [files.files, total]);
  const isMarked = useIsMarked(files);
  const hits = useSearch(stream === null ? null : filter, 'file', stream?.fileIds ?? null);
  const matchesAt = useMatches(stream, filter?.query.trim() ? answeredId(hits) : null, range, noFolds);
  const listing = useListing(stream);
  const rows = useMemo(() => lineListing(listing, noFolds, path), [listing, path]);
  const rowAt = stream?.rowAt ?? (() => undefined);
  const { open, menu } = useLineMenu(rowAt, files);
  const want = useCallback(
    (first: number, last: number) => {
      range.take(first, last);
      stream?.want(first, last);
    },
    [range, stream?.want],
  );
  return (
    <>
      <LineList
        label={`Second file: ${path}`}
        count={total ?? 0}
        rowAt={rowAt}
        want={want}
        contentKey={stream?.key ?? ''}
        columns={columns}
        looks={looks}
        wrap={wrap}
        active={total === null ? null : Math.min(line - 1, Math.max(0, total - 1))}
        onActive={(index) => setBeside({ line: { fileId, line: index + 1 } })}
        rows={rows}
        isMarked={isMarked}
        matchesAt={matchesAt}
        onMenu={open}
        handle={handle}
      />
      {menu}
    </>
  );
}
