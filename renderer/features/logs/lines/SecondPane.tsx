/**
 * The second pane shows another file beside the first one. It has its own cursor; the window's
 * current line is in the first pane.
 */
import { ArrowLeftRight, Link2, X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Filter } from '../../../state/filter.ts';
import { useSelection, useStores, useView } from '../../../state/StoresContext.tsx';
import { useSearch } from '../../../state/use-search.ts';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { MenuButton } from '../../../widgets/MenuButton.tsx';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { useIsMarked } from '../marks/use-is-marked.ts';
import { type Beside, besideOptions, type TimeLock } from '../model/beside.ts';
import { noFolds } from '../model/fold-map.ts';
import { lineListing } from '../model/line-listing.ts';
import { mergedOptions } from '../model/merged.ts';
import { relatedFiles } from '../model/related-files.ts';
import { answeredId } from '../model/searches.ts';
import type { FilesView } from '../model/use-files.ts';
import { useLineStream } from '../model/use-line-stream.ts';
import { LineList } from './LineList.tsx';
import { FileCrumbs } from './LinesHeader.tsx';
import { lineColumns } from './line-columns.ts';
import { PendingLines } from './PendingLines.tsx';
import { createRangeStore } from './range-store.ts';
import { useLineLooks } from './use-line-looks.ts';
import { useLineMenu } from './use-line-menu.tsx';
import { useListing } from './use-listing.ts';
import { useMatches } from './use-matches.ts';
import { useTimeLock } from './use-time-lock.ts';

export interface SecondPaneProps {
  files: FilesView;
  beside: Beside;
  /** Null if the panes scroll separately. */
  lock: TimeLock | null;
  /** The global filter while it is on. */
  filter: Filter | null;
}

const same = (index: number) => index;

export function SecondPane({ files, beside, lock, filter }: SecondPaneProps) {
  const { view, selection, navigation } = useStores();
  const { fileId } = beside.line;
  const file = files.byId.get(fileId) ?? null;
  const stream = useLineStream(file === null ? null : fileId, null);
  const total = stream?.total ?? null;
  const wrap = useView((state) => state.wrap);
  const firstFileId = useSelection((state) => state.line?.fileId ?? null);
  const handle = useRef<VirtualRowsHandle>(null);
  const [range] = useState(createRangeStore);
  const onTouch = useTimeLock({ lock, side: 'second', stream, range, handle, rowOf: same, lineOf: same });
  const looks = useLineLooks(null, false);
  const columns = useMemo(() => lineColumns(files.files, total ?? 1, false), [files.files, total]);
  const isMarked = useIsMarked(files);
  const hits = useSearch(stream === null ? null : filter, 'file', stream?.fileIds ?? null);
  const matchesAt = useMatches(stream, filter?.query.trim() ? answeredId(hits) : null, range, noFolds);
  const listing = useListing(stream);
  const path = file?.path ?? '';
  const rows = useMemo(() => lineListing(listing, noFolds, path), [listing, path]);
  const rowAt = stream?.rowAt ?? (() => undefined);
  const { open, menu } = useLineMenu(rowAt, files);
  const set = (change: Partial<Beside>) => view.getState().setOptions(besideOptions({ ...beside, ...change }));
  const active = beside.line.line - 1;

  // If the panes scroll separately, this one opens at its line. Otherwise the first pane decides.
  const shown = useRef('');
  const key = stream?.key ?? '';
  useEffect(() => {
    if (total === null || total === 0 || shown.current === key) return;
    shown.current = key;
    if (lock === null) handle.current?.scrollToRow(Math.min(active, total - 1), 'center');
  }, [total, key, lock, active]);

  const want = useCallback(
    (first: number, last: number) => {
      range.take(first, last);
      stream?.want(first, last);
    },
    [range, stream?.want],
  );
  const swap = () => {
    const { line } = selection.getState();
    navigation.navigate({
      selection: { line: beside.line, detail: 'line' },
      options: { ...mergedOptions(null), ...besideOptions(line === null ? null : { ...beside, line }) },
    });
  };
  const others = relatedFiles(files, firstFileId, fileId);
  return (
    <section
      className="lines-pane"
      aria-label="Second file"
      onPointerEnter={onTouch}
      onFocusCapture={onTouch}
      onWheelCapture={onTouch}
    >
      <header className="lines-header">
        {file !== null && <FileCrumbs file={file} total={total} />}
        <div className="lines-header__tools">
          {others.length > 0 && (
            <MenuButton
              label="Other second file"
              align="end"
              items={others.map((other) => ({
                id: String(other.fileId),
                title: other.path,
                run: () => set({ line: { fileId: other.fileId, line: 1 } }),
              }))}
            >
              Other
            </MenuButton>
          )}
          <IconButton
            label="Scroll both by time"
            icon={<Link2 size={14} />}
            isPressed={beside.isLocked}
            onClick={() => set({ isLocked: !beside.isLocked })}
          />
          <IconButton label="Swap both files" icon={<ArrowLeftRight size={14} />} onClick={swap} />
          <IconButton
            label="Close the second file"
            icon={<X size={14} />}
            onClick={() => navigation.navigate({ options: besideOptions(null) })}
          />
        </div>
      </header>
      <div className="lines-pane__body">
        <div className="lines-pane__lines">
          {stream?.error != null ? (
            <ErrorBox error={stream.error} />
          ) : (
            <PendingLines stream={stream} file={file} isKnown={file !== null || files.isLoading} />
          )}
          <LineList
            label={`Second file: ${path}`}
            count={total ?? 0}
            rowAt={rowAt}
            want={want}
            contentKey={key}
            columns={columns}
            looks={looks}
            wrap={wrap}
            active={total === null ? null : Math.min(active, Math.max(0, total - 1))}
            onActive={(index) => set({ line: { fileId, line: index + 1 } })}
            rows={rows}
            isMarked={isMarked}
            matchesAt={matchesAt}
            onMenu={open}
            handle={handle}
          />
        </div>
      </div>
      {menu}
    </section>
  );
}
