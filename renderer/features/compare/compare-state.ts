/**
 * The state of the comparison view: the other run, and whether before and after are swapped. It
 * lives in the options of the place, so that Back and a link show the same comparison.
 */
import { useMemo } from 'react';
import { useView } from '../../state/StoresContext.tsx';

export interface OtherRun {
  path: string;
  root: string | null;
}

interface Compared {
  /** The run that the open run is compared with. */
  other: OtherRun | null;
  /** The later run counts as before. */
  isSwapped: boolean;
}

export function useCompareState() {
  const path = useView((state) => state.options.with);
  const root = useView((state) => state.options['with-root']);
  const swapped = useView((state) => state.options.swapped);
  const setOptions = useView((state) => state.setOptions);
  // Its identity does not depend on the order: swapping must not open the other run again.
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
