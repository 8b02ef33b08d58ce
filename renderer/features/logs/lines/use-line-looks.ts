/** The looks of a list of lines follow the coloured words and what a person chose to show. */
import { useMemo } from 'react';
import { useNotebook } from '../../../state/StoresContext.tsx';
import { useLogs } from '../model/LogsContext.tsx';
import { type LineLooks, lineLooks } from './line-looks.ts';

/** Returns the same looks until one changes. Lists with columns need no prefixes in their lines. */
export function useLineLooks(find: RegExp | null, hasColumns: boolean): LineLooks {
  const words = useNotebook((state) => state.words);
  const showsCodes = useLogs((state) => state.showsCodes);
  const showsPrefix = useLogs((state) => state.showsPrefix);
  const hidesPrefix = hasColumns && !showsPrefix;
  return useMemo(() => lineLooks(words, find, showsCodes, hidesPrefix), [words, find, showsCodes, hidesPrefix]);
}
