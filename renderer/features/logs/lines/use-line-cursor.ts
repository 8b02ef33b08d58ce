/**
 * The line cursor is the pane's current line, which is the selected line of the whole window.
 * Moving the cursor selects the line, and a selection elsewhere moves the cursor.
 */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { LineRow } from '../../../../electron/contract/records.ts';
import type { LineKey } from '../../../state/location.ts';
import { useStores } from '../../../state/StoresContext.tsx';
import { useLatest } from '../../../state/use-latest.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { type FoldMap, lineOfRow, rowOfLine } from '../model/fold-map.ts';
import type { LineStream } from '../model/stream.ts';

export interface LineCursor {
  /** The row on the screen, or null while it is unknown. */
  active: number | null;
  onActive: (row: number) => void;
  /** Moves the cursor to a line of the stream and scrolls it into view. */
  goTo: (index: number) => void;
  /** Reports that the list has been measured. */
  onMeasured: () => void;
}

export function useLineCursor(
  stream: LineStream | null,
  folds: FoldMap,
  current: LineKey | null,
  handle: RefObject<VirtualRowsHandle | null>,
  isInView: (row: number) => boolean,
): LineCursor {
  const { selection } = useStores();
  const [place, setPlace] = useState<{ key: string; index: number } | null>(null);
  const own = useRef<LineKey | null>(null);
  const isUnsettled = useRef(false);
  const waiting = useRef<number | null>(null);
  const isMeasured = useRef(false);
  const key = stream?.key ?? '';
  const isReady = stream !== null && stream.total !== null;
  const isRunning = stream?.isRunning === true;
  const latest = useLatest({ stream, folds });

  const show = useCallback(
    (index: number) => {
      const row = rowOfLine(latest.current.folds, index);
      waiting.current = null;
      // A line that is already in view needs no scrolling.
      if (!isInView(row)) handle.current?.scrollToRow(row, 'center');
    },
    [handle, isInView, latest],
  );
  const jump = useCallback(
    (index: number) => {
      setPlace({ key: latest.current.stream?.key ?? '', index });
      if (isMeasured.current && latest.current.stream?.total != null) show(index);
      else waiting.current = index;
    },
    [show, latest],
  );

  const choose = useCallback(
    (index: number, row: LineRow | undefined) => {
      const { stream: now } = latest.current;
      const [fileId] = now?.fileIds ?? [];
      const line = row ?? (now?.kind === 'file' && fileId !== undefined ? { fileId, line: index + 1 } : null);
      if (line === null) return;
      own.current = { fileId: line.fileId, line: line.line };
      isUnsettled.current = false;
      const timeUs = row?.timeUs ?? null;
      selection.getState().select({ line: own.current, detail: 'line', ...(timeUs === null ? {} : { timeUs }) });
    },
    [selection, latest],
  );

  const goToTime = useLatest((timeUs: number) => {
    latest.current.stream?.indexAtTime(timeUs).then(
      (index) => {
        const now = latest.current.stream;
        if (index === null || now === null || now.total === null || now.total === 0) return;
        const at = Math.min(index, now.total - 1);
        jump(at);
        const [only] = now.fileIds;
        const line =
          now.rowAt(at) ?? (now.kind === 'file' && only !== undefined ? { fileId: only, line: at + 1 } : null);
        if (line === null || isUnsettled.current) return;
        own.current = { fileId: line.fileId, line: line.line };
        selection.getState().select({ line: own.current });
      },
      () => {},
    );
  });

  // Follows a selection, or a change of stream, from elsewhere.
  const fileId = current?.fileId ?? null;
  const lineNumber = current?.line ?? null;
  const shownKey = useRef('');
  useEffect(() => {
    if (!isReady || latest.current.stream === null) return;
    const isOther = shownKey.current !== key;
    const { timeUs, line: chosen } = selection.getState();
    if (fileId === null || lineNumber === null || (chosen === null && timeUs !== null)) {
      // No line is selected, but perhaps a time.
      if (isOther && timeUs === null) jump(0);
      else if (isOther || isUnsettled.current) goToTime.current(timeUs ?? 0);
      isUnsettled.current = isRunning;
      shownKey.current = key;
      return;
    }
    const isOwn = own.current !== null && own.current.fileId === fileId && own.current.line === lineNumber;
    if (isOwn && !isOther && !isUnsettled.current) return;
    shownKey.current = key;
    own.current = { fileId, line: lineNumber };
    // While merged lines are being counted, a place among them is provisional, so look it up again
    // at the end.
    isUnsettled.current = isRunning;
    let isSuperseded = false;
    latest.current.stream.indexOf({ fileId, line: lineNumber }, timeUs).then(
      (index) => {
        if (!isSuperseded) jump(Math.max(0, Math.min(index ?? 0, (latest.current.stream?.total ?? 1) - 1)));
      },
      () => {},
    );
    return () => {
      isSuperseded = true;
    };
  }, [isReady, isRunning, key, fileId, lineNumber, jump, selection, latest, goToTime]);

  // Follows the time cursor when it is set elsewhere.
  useEffect(
    () =>
      selection.subscribe((state, before) => {
        if (state.timeUs === null || state.timeUs === before.timeUs || state.line !== before.line) return;
        goToTime.current(state.timeUs);
      }),
    [selection, goToTime],
  );

  const index = place !== null && place.key === key ? place.index : null;
  const active = index === null ? null : rowOfLine(folds, index);

  // The keys may go ahead of the rows. Select the line once its row arrives.
  const awaited = useRef<number | null>(null);
  useEffect(() => {
    if (awaited.current === null || stream === null) return;
    const row = stream.rowAt(awaited.current);
    if (row === undefined) return;
    if (awaited.current === index) choose(awaited.current, row);
    awaited.current = null;
  });

  const onActive = useCallback(
    (row: number) => {
      const { stream: now, folds: map } = latest.current;
      const at = lineOfRow(map, row);
      setPlace({ key: now?.key ?? '', index: at });
      const known = now?.rowAt(at);
      awaited.current = known === undefined ? at : null;
      choose(at, known);
    },
    [choose, latest],
  );
  const goTo = useCallback(
    (at: number) => {
      jump(at);
      const known = latest.current.stream?.rowAt(at);
      awaited.current = known === undefined ? at : null;
      choose(at, known);
    },
    [jump, choose, latest],
  );
  const onMeasured = useCallback(() => {
    isMeasured.current = true;
    if (waiting.current !== null && latest.current.stream?.total != null) show(waiting.current);
  }, [show, latest]);
  // Shows what was asked for before the lines arrived.
  useEffect(() => {
    if (isReady && isMeasured.current && waiting.current !== null) show(waiting.current);
  }, [isReady, show]);

  return { active, onActive, goTo, onMeasured };
}
