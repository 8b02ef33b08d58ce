/**
 * Signs of long work outside the window: progress on the taskbar or Dock, no sleep meanwhile, a
 * notification at its end. This file only decides, as pure functions, so that tests need no
 * desktop.
 */
import type { IndexProgress } from '../contract/case-records.ts';

/** The present state of the work on one case. */
interface Work {
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Share 0…1. */
  share: number;
}

/** The work in progress, by case. */
export type Works = ReadonlyMap<string, Work>;

/** Longer work keeps the machine awake, and its end gets a notification. */
export const longWorkMs = 30_000;

/** The desktop's signs after one step of the work. */
export interface WorkSigns {
  works: Works;
  /** For the taskbar: share 0…1; -1 removes it. */
  progress: number;
  mustStayAwake: boolean;
  /** Case whose indexing has just ended after long work, or null. */
  ended: { caseId: string; isWhole: boolean } | null;
}

/** Takes a progress event of the engine at the time `now` (milliseconds). */
export function takeProgress(works: Works, event: IndexProgress, now: number): WorkSigns {
  const next = new Map(works);
  const before = works.get(event.caseId);
  const isAtWork = event.phase === 'listing' || event.phase === 'indexing' || event.phase === 'deriving';
  // Reading a folder's growth is short and repetitive, so it shows no sign.
  if (isAtWork && !event.isRefresh) {
    next.set(event.caseId, { startedAt: before?.startedAt ?? now, share: shareOf(event) });
    return signsOf(next, now);
  }
  next.delete(event.caseId);
  const wasLong = before !== undefined && now - before.startedAt >= longWorkMs;
  const ended =
    wasLong && event.phase !== 'cancelled' ? { caseId: event.caseId, isWhole: event.phase === 'complete' } : null;
  return { ...signsOf(next, now), ended };
}

/** Returns the signs of the work at the time `now`. */
export function signsOf(works: Works, now: number): WorkSigns {
  const all = [...works.values()];
  const progress = all.length === 0 ? -1 : all.reduce((sum, work) => sum + work.share, 0) / all.length;
  return { works, progress, mustStayAwake: all.some((work) => now - work.startedAt >= longWorkMs), ended: null };
}

function shareOf({ bytesDone, bytesTotal }: IndexProgress): number {
  return bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : 0;
}
