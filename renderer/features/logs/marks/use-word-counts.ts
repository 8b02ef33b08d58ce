/**
 * A word count says how many lines of the run contain a coloured word. The hook counts one word
 * after another while the panel is open.
 */
import { useEffect, useState } from 'react';
import { formatCompact } from '../../../base/format.ts';
import { noFilter } from '../../../state/filter.ts';
import { useCase, useStores } from '../../../state/StoresContext.tsx';
import type { HighlightedWord } from '../model/kept.ts';
import { startSearch, stopSearch } from '../model/searches.ts';

export function useWordCounts(words: readonly HighlightedWord[]): ReadonlyMap<string, string> {
  const { client, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  const isComplete = useCase((state) => state.progress?.phase === 'complete');
  const [counts, setCounts] = useState<ReadonlyMap<string, string>>(new Map());
  const key = words.map((word) => word.text).join('\n');
  useEffect(() => {
    if (caseId === null || key === '') return;
    const abort = new AbortController();
    const end = busy.begin('count words');
    const count = async () => {
      for (const query of key.split('\n')) {
        const filter = { ...noFilter, query, mode: 'fixed' as const };
        const search = await startSearch(client, { caseId, filter, order: 'file', fileIds: null }, abort.signal);
        stopSearch(client, search.searchId);
        if (abort.signal.aborted) return;
        // While more is being indexed, the count is a lower bound.
        const text = `${formatCompact(search.matches)}${isComplete ? '' : ' +'}`;
        setCounts((before) => new Map(before).set(query, text));
      }
    };
    count()
      .catch(() => {})
      .finally(end);
    return () => {
      end();
      abort.abort();
    };
  }, [client, busy, caseId, isComplete, key]);
  return counts;
}
