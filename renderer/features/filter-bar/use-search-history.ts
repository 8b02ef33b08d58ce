/**
 * The history of the search box: earlier searches, which Up and Down step through. The text that
 * was being typed comes back below the newest.
 */
import { useRef, useState } from 'react';
import { useFilter, useStores } from '../../state/StoresContext.tsx';
import type { SearchText } from '../../state/searches-store.ts';

export interface SearchHistory {
  /** Steps to an earlier search, or back towards the text being typed. */
  recall: (step: 1 | -1) => void;
  /** Tells that the text is typed, and no longer an earlier search. */
  leave: () => void;
}

export function useSearchHistory(current: SearchText): SearchHistory {
  const { searches } = useStores();
  const patch = useFilter((state) => state.patch);
  /** The position in the history. −1 is the text being typed, which `draft` keeps. */
  const [at, setAt] = useState(-1);
  const draft = useRef(current);
  const recall = (step: number) => {
    const { recent } = searches.getState();
    const next = Math.min(Math.max(at + step, -1), recent.length - 1);
    if (next === at) return;
    if (at === -1) draft.current = current;
    setAt(next);
    patch(next === -1 ? draft.current : (recent[next] ?? draft.current));
  };
  return { recall, leave: () => setAt(-1) };
}
