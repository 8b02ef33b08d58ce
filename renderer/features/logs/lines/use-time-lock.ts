/**
 * The time lock makes two panes scroll together by time. The hook handles one pane's side of it;
 * `model/beside.ts` makes the lock.
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
  /** Convert between lines and rows on the screen, which differ where lines are folded. */
  rowOf: (line: number) => number;
  lineOf: (row: number) => number;
}

/**
 * Scrolls two panes together by time. The pane touched last reports the time of its first line; the
 * other pane scrolls its last line at or before that time to the top. Returns a function that marks
 * this pane as the one touched last.
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
  // Reports again when rows arrive.
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
