/**
 * The second pane shows another file beside the first one. It has its own cursor; the window's
 * current line is in the first pane.
 */
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Filter } from '../../../state/filter.ts';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import type { Beside, TimeLock } from '../model/beside.ts';
import type { LineStream } from '../model/stream.ts';
import type { FilesView } from '../model/use-files.ts';
import { useLineStream } from '../model/use-line-stream.ts';
import { PendingLines } from './PendingLines.tsx';
import { createRangeStore } from './range-store.ts';
import { SecondHeader } from './SecondHeader.tsx';
import { SecondLineList } from './SecondLineList.tsx';
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
  const { fileId, line } = beside.line;
  const file = files.byId.get(fileId) ?? null;
  const stream = useLineStream(file === null ? null : fileId, null);
  const handle = useRef<VirtualRowsHandle>(null);
  const [range] = useState(createRangeStore);
  const onTouch = useTimeLock({ lock, side: 'second', stream, range, handle, rowOf: same, lineOf: same });
  useFirstScroll(stream, lock === null ? line - 1 : null, handle);
  return (
    <section
      className="lines-pane"
      aria-label="Second file"
      onPointerEnter={onTouch}
      onFocusCapture={onTouch}
      onWheelCapture={onTouch}
    >
      <SecondHeader files={files} beside={beside} total={stream?.total ?? null} />
      <div className="lines-pane__body">
        <div className="lines-pane__lines">
          {stream?.error != null ? (
            <ErrorBox error={stream.error} />
          ) : (
            <PendingLines stream={stream} file={file} isKnown={file !== null || files.isLoading} />
          )}
          <SecondLineList files={files} beside={beside} stream={stream} filter={filter} range={range} handle={handle} />
        </div>
      </div>
    </section>
  );
}

/**
 * Opens a file at its line if the panes scroll separately. Otherwise the first pane decides, and
 * `index` is null.
 */
function useFirstScroll(
  stream: LineStream | null,
  index: number | null,
  handle: RefObject<VirtualRowsHandle | null>,
): void {
  const shown = useRef('');
  const key = stream?.key ?? '';
  const total = stream?.total ?? null;
  useEffect(() => {
    if (total === null || total === 0 || shown.current === key) return;
    shown.current = key;
    if (index !== null) handle.current?.scrollToRow(Math.min(index, total - 1), 'center');
  }, [total, key, index, handle]);
}
