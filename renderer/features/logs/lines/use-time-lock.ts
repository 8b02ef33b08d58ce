/**
 * The time lock makes two panes scroll together by time. The hook is one pane's side of it: the
 * lock itself is made in `model/beside.ts`.
 */
import { type RefObject, useCallback, useEffect } from 'react';
import { useLatest } from '../../../state/use-latest.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import type { Side, TimeLock } from '../model/beside.ts';
import type { LineStream } from '../model/stream.ts';
import type { RangeStore } from './range-store.ts';

export interface LockedPane {
  lock: TimeLock | null;
  side: Side;
  stream: LineStream | null;
  range: RangeStore;
  handle: RefObject<VirtualRowsHandle | null>;
  /** Row on the screen of a line, and the other way round, where lines are folded. */
  rowOf: (line: number) => number;
  lineOf: (row: number) => number;
}

/**
 * Two panes that scroll together by time. The pane that somebody touched last tells the time of its
 * first line; the other one brings its last line at or before that time to its top. Returns what
 * notes that this pane is the one that is touched.
 */
export function useTimeLock(pane: LockedPane): () => void {
  const { lock, side, stream, range } = pane;
  const latest = useLatest(pane);
  const key = stream?.key ?? null;
  const total = stream?.total ?? null;

  const report = useCallback(() => {
    const now = latest.current;
    if (now.lock === null || now.stream === null || now.lock.getState().driver !== now.side) return;
    const { first, last } = now.range.getState();
    for (let row = first; row <= last; row++) {
      const us = now.stream.rowAt(now.lineOf(row))?.timeUs ?? null;
      if (us === null) continue;
      if (us !== now.lock.getState().topUs) now.lock.setState({ topUs: us });
      return;
    }
  }, [latest]);
  useEffect(() => range.subscribe(report), [range, report]);
  // Rows that were on their way are here.
  useEffect(report);

  useEffect(() => {
    if (lock === null || key === null || total === null || total === 0) return;
    let asked = 0;
    const follow = () => {
      const { driver, topUs } = lock.getState();
      const now = latest.current;
      if (driver === side || topUs === null || now.stream === null) return;
      const question = ++asked;
      now.stream.indexAtTime(topUs).then(
        (index) => {
          if (question !== asked || index === null) return;
          const row = latest.current.rowOf(Math.min(index, total - 1));
          latest.current.handle.current?.scrollToRow(row, 'start');
        },
        // A pane that cannot follow stays where it is.
        () => {},
      );
    };
    follow();
    return lock.subscribe(follow);
  }, [lock, side, key, total, latest]);

  return useCallback(() => {
    const now = latest.current;
    if (now.lock === null || now.lock.getState().driver === now.side) return;
    now.lock.setState({ driver: now.side });
  }, [latest]);
}
