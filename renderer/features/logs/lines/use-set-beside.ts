/** Setting the second file changes which line of which file is in the second pane, or its lock. */
import { useView } from '../../../state/StoresContext.tsx';
import { useSteady } from '../../../state/use-steady.ts';
import { type Beside, besideOptions } from '../model/beside.ts';

export function useSetBeside(beside: Beside) {
  const setOptions = useView((state) => state.setOptions);
  return useSteady({
    setBeside: (change: Partial<Beside>) => setOptions(besideOptions({ ...beside, ...change })),
  });
}
