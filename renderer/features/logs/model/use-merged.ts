/**
 * Returns the window's merged files, read from the options of its place. The object stays the same
 * as long as the files do.
 */
import { useMemo } from 'react';
import { useView } from '../../../state/StoresContext.tsx';
import { type Merged, mergedOf } from './merged.ts';

export function useMerged(): Merged | null {
  const merge = useView((state) => state.options.merge);
  const order = useView((state) => state.options['merge-order']);
  const title = useView((state) => state.options['merge-title']);
  return useMemo(() => mergedOf({ merge, 'merge-order': order, 'merge-title': title }), [merge, order, title]);
}
