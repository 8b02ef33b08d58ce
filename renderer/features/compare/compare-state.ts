import { useMemo } from 'react';
import { useView } from '../../state/StoresContext.tsx';

export interface OtherRun {
  path: string;
  root: string | null;
}

interface Compared {
  /** The run that this one is held against. */
  other: OtherRun | null;
  /** The run that began later is the one before. */
  isSwapped: boolean;
}

/** What is compared; part of the place, so that coming back and a link show it again. */
export function useCompareState() {
  const path = useView((state) => state.options.with);
  const root = useView((state) => state.options['with-root']);
  const swapped = useView((state) => state.options.swapped);
  const setOptions = useView((state) => state.setOptions);
  // Its identity does not hang on the order: swapping must not open the other run anew.
  const other = useMemo(
    (): OtherRun | null => (path === undefined ? null : { path, root: root ?? null }),
    [path, root],
  );
  return useMemo(() => {
    const set = (change: Partial<Compared>) =>
      setOptions({
        ...(change.other === undefined
          ? {}
          : { with: change.other?.path ?? '', 'with-root': change.other?.root ?? '' }),
        ...(change.isSwapped === undefined ? {} : { swapped: change.isSwapped ? '1' : '' }),
      });
    return { other, isSwapped: swapped === '1', set };
  }, [other, swapped, setOptions]);
}
