/**
 * The hits pane lists the lines that the filter lets through, across all files. It follows the
 * lines pane and leads it: a hit selected here appears there, and a line selected there is found
 * here.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LineRow } from '../../../../electron/contract/records.ts';
import type { LineKey } from '../../../state/location.ts';
import { useGlobalSearch } from '../../../state/SearchContext.tsx';
import { useAction, useNavigation, useNotebook, useStores, useView } from '../../../state/StoresContext.tsx';
import { useLatest } from '../../../state/use-latest.ts';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import type { RowListing } from '../../../widgets/row-listing.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { LineList } from '../lines/LineList.tsx';
import { lineColumns } from '../lines/line-columns.ts';
import { lineLooks } from '../lines/line-looks.ts';
import { createRangeStore } from '../lines/range-store.ts';
import { useLineMenu } from '../lines/use-line-menu.tsx';
import { useIsMarked } from '../marks/use-is-marked.ts';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import { ordinalOf } from '../model/searches.ts';
import type { FilesView } from '../model/use-files.ts';
import { HitsHeader } from './HitsHeader.tsx';
import { NoHits } from './NoHits.tsx';
import './hits-pane.css';

export interface HitsPaneProps {
  files: FilesView;
  /** The line of the cursor in the lines pane. */
  current: LineKey | null;
}

export function HitsPane({ files, current }: HitsPaneProps) {
  const search = useGlobalSearch();
  const stores = useStores();
  const logs = useLogsStore();
  const navigation = useNavigation();
  const wrap = useView((state) => state.wrap);
  const words = useNotebook((state) => state.words);
  const showsCodes = useLogs((state) => state.showsCodes);
  const showsPrefix = useLogs((state) => state.showsPrefix);
  const handle = useRef<VirtualRowsHandle>(null);
  const [range] = useState(createRangeStore);
  const [place, setPlace] = useState<{ generation: number; index: number; isHit: boolean } | null>(null);
  const own = useRef<LineKey | null>(null);
  const awaited = useRef<number | null>(null);
  const { generation, total, isRunning } = search;
  const searchId = search.isStale ? null : (search.state?.searchId ?? null);
  const latest = useLatest(search);

  const isHere = place !== null && place.generation === generation && place.index < total;
  const active = isHere && place.isHit ? place.index : null;

  const choose = useCallback(
    (index: number, row: LineRow | undefined) => {
      setPlace({ generation, index, isHit: true });
      awaited.current = row === undefined ? index : null;
      if (row === undefined) return;
      own.current = { fileId: row.fileId, line: row.line };
      const time = row.timeUs === null ? {} : { timeUs: row.timeUs };
      stores.selection.getState().select({ line: own.current, detail: 'line', ...time });
    },
    [generation, stores],
  );
  /** Goes to a hit that may not have loaded yet. */
  const goTo = useCallback(
    async (index: number) => {
      const { state, total: most } = latest.current;
      if (state === null || most === 0) return;
      const at = Math.min(Math.max(index, 0), most - 1);
      const row =
        latest.current.rowAt(at) ??
        (await stores.client.call('search.rows', { searchId: state.searchId, start: at, count: 1 })).rows[0];
      choose(at, row);
      if (!range.has(at)) handle.current?.scrollToRow(at, 'center');
    },
    [choose, stores, range, latest],
  );

  // A line selected elsewhere: move to its place among the hits, or to where it would be. Asks
  // again when the count is complete.
  const fileId = current?.fileId ?? null;
  const line = current?.line ?? null;
  const isKnown = total > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of the count is a reason to ask again
  useEffect(() => {
    if (searchId === null || fileId === null || line === null || !isKnown) return;
    const isOwn = own.current !== null && own.current.fileId === fileId && own.current.line === line;
    if (isOwn && place?.generation === generation) return;
    const abort = new AbortController();
    const { timeUs } = stores.selection.getState();
    ordinalOf(stores.client, { searchId, matches: latest.current.total }, { fileId, line }, timeUs, abort.signal).then(
      ({ index, isHit }) => {
        if (abort.signal.aborted) return;
        own.current = { fileId, line };
        setPlace({ generation, index, isHit });
        const at = Math.min(index, latest.current.total - 1);
        if (!range.has(at)) handle.current?.scrollToRow(at, 'center');
      },
      () => {},
    );
    return () => abort.abort();
  }, [searchId, fileId, line, isKnown, isRunning, generation, place?.generation, stores, range]);

  // Only a time is selected: move to the first hit at or after it.
  useEffect(() => {
    const { line: chosen, timeUs } = stores.selection.getState();
    if (searchId === null || !isKnown || chosen !== null || timeUs === null) return;
    stores.client.call('search.locate', { searchId, timeUs }).then(
      ({ index }) => goTo(index).catch(() => {}),
      () => {},
    );
  }, [searchId, isKnown, stores, goTo]);

  // A new answer starts at its top, unless it contains the current line.
  const seen = useRef(generation);
  useEffect(() => {
    if (seen.current === generation) return;
    seen.current = generation;
    handle.current?.scrollToRow(0, 'start');
  }, [generation]);

  const step = (direction: 1 | -1) => () => {
    if (total === 0) return false;
    const at = isHere ? place.index : 0;
    const isHit = isHere && place.isHit;
    const next = direction === -1 ? at - 1 : isHit ? at + 1 : at;
    if (next < 0 || next >= total)
      stores.toasts
        .getState()
        .show(
          direction === 1
            ? isRunning
              ? 'This is the last hit so far.'
              : 'This is the last hit.'
            : 'This is the first hit.',
        );
    else goTo(next).catch(() => {});
    return true;
  };
  // While “find” is open, these keys belong to it.
  const stepUnlessFinding = (direction: 1 | -1) => () => {
    const { isOpen, text } = logs.getState().find;
    return isOpen && text !== '' ? false : step(direction)();
  };
  useAction('next-hit', stepUnlessFinding(1));
  useAction('previous-hit', stepUnlessFinding(-1));
  useAction('next-list-hit', step(1));
  useAction('previous-list-hit', step(-1));
  useAction('escape', () => {
    if (!isRunning) return false;
    search.halt();
    return true;
  });

  const { rowAt } = search;
  const onActive = useCallback((index: number) => choose(index, rowAt(index)), [choose, rowAt]);
  const onOpen = useCallback(
    (index: number) => {
      const row = rowAt(index);
      if (row !== undefined)
        navigation.navigate({
          drawer: true,
          selection: { line: { fileId: row.fileId, line: row.line }, detail: 'line' },
        });
    },
    [rowAt, navigation],
  );
  // The keys may go ahead of the rows. Select the line once its row arrives.
  useEffect(() => {
    const row = awaited.current === null ? undefined : rowAt(awaited.current);
    if (awaited.current === null || row === undefined) return;
    if (awaited.current === active) choose(awaited.current, row);
    awaited.current = null;
  });

  const looks = useMemo(() => lineLooks(words, null, showsCodes, !showsPrefix), [words, showsCodes, showsPrefix]);
  const columns = useMemo(() => {
    const most = files.files.reduce((lines, file) => Math.max(lines, file.lines ?? 0), 1);
    return lineColumns(files.files, most, true);
  }, [files.files]);
  const isMarked = useIsMarked(files);
  const fileOf = useCallback((id: number) => files.byId.get(id), [files]);
  const rows = useMemo(
    (): RowListing => ({
      noun: 'line',
      nouns: 'lines',
      fileName: 'hits',
      isOfLines: true,
      of: (ranges) => (searchId === null ? null : { listing: { of: 'hits', searchId }, ranges }),
    }),
    [searchId],
  );
  const want = useCallback(
    (first: number, last: number) => {
      range.take(first, last);
      search.want(first, last);
    },
    [range, search.want],
  );
  const { open, menu } = useLineMenu(rowAt, files);

  return (
    <section className="hits-pane" aria-label="Hits">
      <HitsHeader
        search={search}
        files={files}
        at={isHere && place.isHit ? place.index : null}
        onStep={(to) => step(to)()}
      />
      <div className="hits-pane__body">
        {search.error !== null && !(search.error.code === 'no_search' && total > 0) ? (
          <ErrorBox error={search.error} />
        ) : total === 0 ? (
          <NoHits search={search} />
        ) : (
          <LineList
            label="Hits in all files"
            count={total}
            rowAt={rowAt}
            want={want}
            contentKey={String(generation)}
            columns={columns}
            looks={looks}
            wrap={wrap}
            active={active}
            onActive={onActive}
            onOpen={onOpen}
            rows={rows}
            isMarked={isMarked}
            fileOf={fileOf}
            onMenu={open}
            handle={handle}
            className={search.isStale ? 'is-stale' : ''}
          />
        )}
      </div>
      {menu}
    </section>
  );
}
