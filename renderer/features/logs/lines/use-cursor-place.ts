/**
 * The cursor place is the line of a stream that the cursor stands at. The list scrolls to it as
 * soon as it has been measured and its lines have arrived.
 */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useLatest } from '../../../state/use-latest.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { type FoldMap, rowOfLine } from '../model/fold-map.ts';
import type { LineStream } from '../model/stream.ts';

export interface CursorPlace {
  /** The index of the line, or null while it is unknown. */
  index: number | null;
  /** Puts the cursor at a line that is in view. */
  put: (index: number) => void;
  /** Puts the cursor at any line and scrolls it into view. */
  jump: (index: number) => void;
  /** Reports that the list has been measured. */
  onMeasured: () => void;
}

export function useCursorPlace(
  stream: LineStream | null,
  folds: FoldMap,
  handle: RefObject<VirtualRowsHandle | null>,
  isInView: (row: number) => boolean,
): CursorPlace {
  const [place, setPlace] = useState<{ key: string; index: number } | null>(null);
  /** The line to show once that is possible. */
  const waiting = useRef<number | null>(null);
  const isMeasured = useRef(false);
  const key = stream?.key ?? '';
  const isReady = stream !== null && stream.total !== null;
  const latest = useLatest({ key, isReady, folds });

  const show = useCallback(() => {
    if (waiting.current === null || !isMeasured.current || !latest.current.isReady) return;
    const row = rowOfLine(latest.current.folds, waiting.current);
    waiting.current = null;
    // A line that is already in view needs no scrolling.
    if (!isInView(row)) handle.current?.scrollToRow(row, 'center');
  }, [handle, isInView, latest]);
  const put = useCallback((index: number) => setPlace({ key: latest.current.key, index }), [latest]);
  const jump = useCallback(
    (index: number) => {
      put(index);
      waiting.current = index;
      show();
    },
    [put, show],
  );
  const onMeasured = useCallback(() => {
    isMeasured.current = true;
    show();
  }, [show]);
  useEffect(() => {
    if (isReady) show();
  }, [isReady, show]);

  return { index: place !== null && place.key === key ? place.index : null, put, jump, onMeasured };
}
