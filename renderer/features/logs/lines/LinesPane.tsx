/**
 * The lines pane shows the lines of a file, or of several merged, with their header, find bar and
 * ruler. It combines the hooks of this folder, each of which has one concern: cursor, folds, find,
 * matches, time lock.
 */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Filter } from '../../../state/filter.ts';
import type { LineKey } from '../../../state/location.ts';
import { useAction, useNavigation, useNotebook, useSelection, useView } from '../../../state/StoresContext.tsx';
import { useSearch } from '../../../state/use-search.ts';
import { useSteady } from '../../../state/use-steady.ts';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import type { RowListing } from '../../../widgets/row-listing.ts';
import type { RowRange } from '../../../widgets/row-ranges.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { MarksPanel } from '../marks/MarksPanel.tsx';
import { useIsMarked } from '../marks/use-is-marked.ts';
import { WordsPanel } from '../marks/WordsPanel.tsx';
import { besideOf, besideOptions, type TimeLock } from '../model/beside.ts';
import { lineOfRow, rowOfLine } from '../model/fold-map.ts';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import { relatedFiles } from '../model/related-files.ts';
import type { FilesView } from '../model/use-files.ts';
import { useLineStream } from '../model/use-line-stream.ts';
import { useMerged } from '../model/use-merged.ts';
import { numbersOf, numbersOptions } from '../numbers/numbers-option.ts';
import { FindBar } from './FindBar.tsx';
import { GoToBox } from './GoToBox.tsx';
import { LineList } from './LineList.tsx';
import { LinesHeader } from './LinesHeader.tsx';
import { lineColumns } from './line-columns.ts';
import { lineLooks } from './line-looks.ts';
import { levelCounts, scaleOf, timesOf } from './lines-scale.ts';
import { PendingLines } from './PendingLines.tsx';
import { Ruler } from './Ruler.tsx';
import { createRangeStore } from './range-store.ts';
import { useFind } from './use-find.ts';
import { useFolds } from './use-folds.ts';
import { useLineCursor } from './use-line-cursor.ts';
import { useLineMenu } from './use-line-menu.tsx';
import { useLineSteps } from './use-line-steps.ts';
import { useListing } from './use-listing.ts';
import { useMarkPlaces } from './use-mark-places.ts';
import { useMatches } from './use-matches.ts';
import { usePaneKeys } from './use-pane-keys.ts';
import { useRulerTracks } from './use-ruler-tracks.ts';
import { useTimeLock } from './use-time-lock.ts';
import { useTimeSpan } from './use-time-span.ts';
import './lines-pane.css';

export interface LinesPaneProps {
  files: FilesView;
  current: LineKey | null;
  /** The global filter while it is on, whose hits in these lines are drawn. */
  filter: Filter | null;
  /** Present if a second file stands beside these lines and scrolls with them. */
  lock: TimeLock | null;
}

const nothing = { kind: null, order: null, fileIds: [] as readonly number[] };

type Panel = 'go-to' | 'marks' | 'words';

export function LinesPane({ files, current, filter, lock }: LinesPaneProps) {
  const kept = useMerged();
  const marks = useNotebook((state) => state.marks);
  const words = useNotebook((state) => state.words);
  const showsCodes = useLogs((state) => state.showsCodes);
  const showsPrefix = useLogs((state) => state.showsPrefix);
  const isFinding = useLogs((state) => state.find.isOpen);
  const store = useLogsStore();
  const wrap = useView((state) => state.wrap);
  const zone = useView((state) => state.zone);
  const timeUs = useSelection((state) => state.timeUs);
  const navigation = useNavigation();
  const options = useView((state) => state.options);
  const handle = useRef<VirtualRowsHandle>(null);
  const findBox = useRef<HTMLInputElement>(null);
  const tools = useRef<HTMLDivElement>(null);
  const [range] = useState(createRangeStore);
  const [panel, setPanel] = useState<{ which: Panel; at: Box } | null>(null);

  const fileId = current?.fileId ?? null;
  // A hit in another file is shown in that file.
  const merged = kept !== null && (fileId === null || kept.fileIds.includes(fileId)) ? kept : null;
  const file = fileId === null || merged !== null ? null : (files.byId.get(fileId) ?? null);
  const stream = useLineStream(file?.fileId ?? null, merged);
  const folds = useFolds(stream);
  const total = stream?.total ?? null;
  const rows = total === null ? 0 : total - folds.map.hidden;
  const isInView = useCallback((row: number) => range.has(row), [range]);
  const cursor = useLineCursor(stream, folds.map, current, handle, isInView);
  const { active, goTo, onMeasured } = cursor;

  const onTouch = useTimeLock({
    lock,
    side: 'first',
    stream,
    range,
    handle,
    rowOf: (line) => rowOfLine(folds.map, line),
    lineOf: (row) => lineOfRow(folds.map, row),
  });
  const lineAt = stream?.rowAt;
  const rowAt = useCallback((row: number) => lineAt?.(lineOfRow(folds.map, row)), [lineAt, folds.map]);
  const activeRow = active === null ? undefined : rowAt(active);
  const find = useFind(stream, current, activeRow?.timeUs ?? timeUs, goTo);
  useLineSteps(stream, current, activeRow, goTo);

  const hits = useSearch(stream === null ? null : filter, stream?.order ?? 'file', stream?.fileIds ?? null);
  const hitsId = hits.isStale ? null : (hits.state?.searchId ?? null);
  const matchesAt = useMatches(stream, filter?.query.trim() ? hitsId : null, range, folds.map);

  const findId = find.search.isStale ? null : (find.search.state?.searchId ?? null);
  const foundAt = useMatches(stream, findId, range, folds.map);

  const hidesPrefix = merged !== null && !showsPrefix;
  const looks = useMemo(
    () => lineLooks(words, find.pattern, showsCodes, hidesPrefix),
    [words, find.pattern, showsCodes, hidesPrefix],
  );
  const fileOf = useCallback((id: number) => files.byId.get(id), [files]);
  const columns = useMemo(() => lineColumns(files.files, total ?? 1, merged !== null), [files.files, total, merged]);
  const isMarked = useIsMarked(files);

  const title = merged?.title ?? file?.path ?? '';
  const listing = useListing(stream);
  const { kind, order, fileIds } = stream ?? nothing;
  const times = useMemo(() => timesOf(fileIds, files), [fileIds, files]);
  const span = useTimeSpan(stream);
  const scale = useMemo(() => scaleOf(kind, order, total, span), [kind, order, total, span]);
  const counts = useMemo(() => levelCounts(fileIds, files), [fileIds, files]);
  const tracks = useRulerTracks(
    stream,
    counts,
    words,
    [
      { id: 'hits', searchId: hitsId, total: hits.total, isRunning: hits.isRunning },
      {
        id: 'find',
        searchId: findId,
        total: find.search.total,
        isRunning: find.search.isRunning,
      },
    ],
    scale,
  );
  const rulerMarks = useMarkPlaces(stream, files, marks, scale);

  const show = (which: Panel) => {
    const box = tools.current?.getBoundingClientRect();
    if (box !== undefined) setPanel({ which, at: box });
    return true;
  };
  const openFind = (text?: string) => {
    const before = store.getState().find;
    store.getState().set({ find: { ...before, isOpen: true, ...(text === undefined ? {} : { text }) } });
    findBox.current?.select();
  };
  const closeFind = () => {
    store.getState().set({ find: { ...store.getState().find, isOpen: false } });
    handle.current?.focus();
  };
  usePaneKeys({ stream, files, folds: folds.map, active, activeRow, find, goTo, openFind, closeFind, show });

  const listed = useMemo(
    (): RowListing => ({
      noun: 'line',
      nouns: 'lines',
      fileName: title.split('/').at(-1) ?? 'lines',
      isOfLines: true,
      of: (ranges) => {
        if (listing === null) return null;
        // Folded lines belong to the row that stands for them.
        const toLines = ([first, last]: RowRange): RowRange => {
          const from = first === 0 ? 0 : lineOfRow(folds.map, first - 1) + 1;
          return [from, lineOfRow(folds.map, last)];
        };
        return { listing, ranges: ranges === null ? null : ranges.map(toLines) };
      },
    }),
    [listing, folds.map, title],
  );
  const want = useCallback(
    (first: number, last: number) => {
      range.take(first, last);
      stream?.want(lineOfRow(folds.map, first), lineOfRow(folds.map, last));
      onMeasured();
    },
    [range, stream?.want, folds.map, onMeasured],
  );
  const numberAt = useCallback((index: number) => lineOfRow(folds.map, index) + 1, [folds.map]);
  const foldedAt = useCallback(
    (index: number) => {
      const before = index === 0 ? -1 : lineOfRow(folds.map, index - 1);
      return lineOfRow(folds.map, index) - before - 1;
    },
    [folds.map],
  );
  const { open: onMenu, menu } = useLineMenu(rowAt, files);
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

  const shareOf = useCallback(
    (row: number): number | null => {
      if (scale === null) return null;
      if (scale.of === 'lines') return Math.min(1, lineOfRow(folds.map, row) / scale.total);
      const us = rowAt(row)?.timeUs ?? null;
      return us === null ? null : (us - scale.fromUs) / (scale.toUs - scale.fromUs);
    },
    [scale, folds.map, rowAt],
  );
  const toggleNumbers = () => {
    const isOpen = numbersOf(options) !== null;
    navigation.navigate({ options: numbersOptions(isOpen ? null : { pattern: '', by: 'none', view: 'time' }) });
    return true;
  };
  useAction('numbers', toggleNumbers);
  const [related] = useMemo(() => relatedFiles(files, fileId), [files, fileId]);
  const toggleBeside = () => {
    if (besideOf(options) !== null) navigation.navigate({ options: besideOptions(null) });
    else if (related !== undefined)
      navigation.navigate({
        options: besideOptions({ line: { fileId: related.fileId, line: 1 }, isLocked: true }),
      });
    return true;
  };
  useAction('beside', related === undefined && besideOf(options) === null ? null : toggleBeside);
  const headerActions = useSteady({
    onFind: () => openFind(),
    onGoTo: () => show('go-to'),
    onMarks: () => show('marks'),
    onWords: () => show('words'),
    onFoldAll: folds.toggleAll,
    onNumbers: toggleNumbers,
    onBeside: toggleBeside,
  });
  const onJump = (share: number) => {
    if (scale === null || stream === null || total === null) return;
    if (scale.of === 'lines') goTo(Math.max(0, Math.min(total - 1, Math.round(share * scale.total))));
    else
      stream.indexAtTime(scale.fromUs + share * (scale.toUs - scale.fromUs)).then(
        (index) => index !== null && goTo(Math.min(index, total - 1)),
        () => {},
      );
  };

  return (
    <section
      className="lines-pane"
      aria-label="Lines"
      onPointerEnter={onTouch}
      onFocusCapture={onTouch}
      onWheelCapture={onTouch}
    >
      <LinesHeader
        kind={stream?.kind ?? null}
        total={total}
        isRunning={stream?.isRunning === true}
        file={file}
        foldedBy={folds.by}
        hasBeside={related !== undefined}
        tools={tools}
        actions={headerActions}
      />
      {isFinding && <FindBar find={find} box={findBox} onClose={closeFind} />}
      <div className="lines-pane__body">
        <div className="lines-pane__lines">
          {stream?.error != null ? (
            <ErrorBox error={stream.error} />
          ) : (
            <PendingLines stream={stream} file={file} isKnown={current === null || merged !== null || file !== null} />
          )}
          <LineList
            label={`Lines of ${title}`}
            count={rows}
            rowAt={rowAt}
            want={want}
            contentKey={`${stream?.key ?? ''} ${folds.map.hidden}`}
            sticksToEnd={stream?.isRunning !== true}
            columns={columns}
            looks={looks}
            wrap={wrap}
            active={active}
            onActive={cursor.onActive}
            onOpen={onOpen}
            rows={listed}
            isMarked={isMarked}
            fileOf={fileOf}
            matchKey={`${hitsId} ${findId}`}
            matchesAt={matchesAt}
            foundAt={foundAt}
            numberAt={stream?.kind === 'file' ? numberAt : undefined}
            foldedAt={stream?.kind === 'file' && folds.map.hidden > 0 ? foldedAt : undefined}
            onFold={stream?.kind === 'file' ? folds.toggle : undefined}
            onMenu={onMenu}
            handle={handle}
          />
        </div>
        {scale !== null && (
          <Ruler tracks={tracks} marks={rulerMarks} scale={scale} range={range} shareOf={shareOf} onJump={onJump} />
        )}
      </div>
      {menu}
      {panel?.which === 'go-to' && (
        <GoToBox
          at={panel.at}
          context={{
            total: total ?? 0,
            line: (active === null ? 0 : lineOfRow(folds.map, active)) + 1,
            zone,
            isMerged: merged !== null,
            ...times,
          }}
          onClose={() => setPanel(null)}
          onGo={(to) => {
            if (to.to === 'line') goTo(to.line - 1);
            else if (to.to === 'time')
              stream?.indexAtTime(to.timeUs).then(
                (index) => index !== null && goTo(Math.min(index, Math.max(0, (total ?? 1) - 1))),
                () => {},
              );
            handle.current?.focus();
          }}
        />
      )}
      {panel?.which === 'marks' && <MarksPanel at={panel.at} files={files} onClose={() => setPanel(null)} />}
      {panel?.which === 'words' && <WordsPanel at={panel.at} onClose={() => setPanel(null)} />}
    </section>
  );
}
