/**
 * The hit cursor follows the window's line and time among the hits, and steps from hit to hit. A
 * step selects the line of its hit.
 */
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { LineKey } from '../../../state/location.ts';
import { useStores } from '../../../state/StoresContext.tsx';
import { useLatest } from '../../../state/use-latest.ts';
import type { SearchView } from '../../../state/use-search.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import type { RangeStore } from '../lines/range-store.ts';
import { answeredId, ordinalOf } from '../model/searches.ts';
import { endText, stepFrom } from './hit-place.ts';
import { useHitPlace } from './use-hit-place.ts';

export interface HitCursor {
  /** The hit at the cursor, or null while the current line is none. */
  active: number | null;
  choose: (index: number, row: LineRow | undefined) => void;
  /** Goes to the next or previous hit. Returns false if there are no hits. */
  step: (direction: 1 | -1) => boolean;
}

/** Follows `current`, the line of the cursor in the lines pane. */
export function useHitCursor(
  search: SearchView,
  current: LineKey | null,
  range: RangeStore,
  handle: RefObject<VirtualRowsHandle | null>,
): HitCursor {
  const { client, toasts } = useStores();
  const latest = useLatest(search);
  const place = useHitPlace(search);
  const { choose } = place;
  const { total, isRunning } = search;

  const show = useCallback(
    (index: number) => {
      if (!range.has(index)) handle.current?.scrollToRow(index, 'center');
    },
    [range, handle],
  );
  /** Goes to a hit that may not have loaded yet. */
  const goTo = useCallback(
    async (index: number) => {
      const { state, total: most } = latest.current;
      if (state === null || most === 0) return;
      const at = Math.min(Math.max(index, 0), most - 1);
      const row =
        latest.current.rowAt(at) ??
        (await client.call('search.rows', { searchId: state.searchId, start: at, count: 1 })).rows[0];
      choose(at, row);
      show(at);
    },
    [choose, client, show, latest],
  );
  useFollowedLine(search, current, place, show);
  useFollowedTime(search, goTo);
  useTopOfAnswer(search.generation, handle);
  // The keys may go ahead of the rows. Select the line once its row arrives.
  useEffect(place.chooseAwaited);

  const step = (direction: 1 | -1) => {
    if (total === 0) return false;
    const next = stepFrom(place.here, total, direction);
    if (next === null) toasts.getState().show(endText(direction, isRunning));
    else goTo(next).catch(() => {});
    return true;
  };
  return { active: place.active, choose, step };
}

/**
 * A line selected elsewhere: moves to its place among the hits, or to where it would be. Asks again
 * when the count is complete.
 */
function useFollowedLine(
  search: SearchView,
  current: LineKey | null,
  { isAnswered, isOwn, moveTo }: ReturnType<typeof useHitPlace>,
  show: (index: number) => void,
) {
  const { client, selection } = useStores();
  const latest = useLatest(search);
  const { isRunning } = search;
  const searchId = answeredId(search);
  const fileId = current?.fileId ?? null;
  const line = current?.line ?? null;
  const isKnown = search.total > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of the count is a reason to ask again
  useEffect(() => {
    if (searchId === null || fileId === null || line === null || !isKnown) return;
    if (isOwn({ fileId, line }) && isAnswered) return;
    const abort = new AbortController();
    const { timeUs } = selection.getState();
    ordinalOf(client, { searchId, matches: latest.current.total }, { fileId, line }, timeUs, abort.signal).then(
      (ordinal) => {
        if (abort.signal.aborted) return;
        moveTo({ fileId, line }, ordinal);
        show(Math.min(ordinal.index, latest.current.total - 1));
      },
      () => {},
    );
    return () => abort.abort();
  }, [searchId, fileId, line, isKnown, isRunning, isAnswered, isOwn, moveTo, show, client, selection]);
}

/** Only a time is selected: moves to the first hit at or after it. */
function useFollowedTime(search: SearchView, goTo: (index: number) => Promise<void>) {
  const { client, selection } = useStores();
  const searchId = answeredId(search);
  const isKnown = search.total > 0;
  useEffect(() => {
    const { line, timeUs } = selection.getState();
    if (searchId === null || !isKnown || line !== null || timeUs === null) return;
    client.call('search.locate', { searchId, timeUs }).then(
      ({ index }) => goTo(index).catch(() => {}),
      () => {},
    );
  }, [searchId, isKnown, client, selection, goTo]);
}

/** A new answer starts at its top, unless it contains the current line. */
function useTopOfAnswer(generation: number, handle: RefObject<VirtualRowsHandle | null>) {
  const seen = useRef(generation);
  useEffect(() => {
    if (seen.current === generation) return;
    seen.current = generation;
    handle.current?.scrollToRow(0, 'start');
  }, [generation, handle]);
}
