/**
 * Named commands are what a text in the palette names among more things than a list can hold, such
 * as one of a million mini-batches.
 */
import { useMemo } from 'react';
import { safeText } from '../base/safe-text.ts';
import { onlyFacetValue } from '../state/filter.ts';
import { useCase, useStores } from '../state/StoresContext.tsx';
import { useCommand } from '../state/use-command.ts';
import type { PaletteCommand } from '../widgets/CommandPalette.tsx';

const TYPING_MS = 100;

/** Returns the mini-batch that a text names (`17`, `#17`, `batch 17`, `mini-batch 17`), or null. */
function miniBatchNamed(text: string): string | null {
  return /^(?:(?:mini[-_ ]?)?batch[ :#]*|#)?([\w-]{1,100})$/i.exec(text.trim())?.[1] ?? null;
}

export function useNamedCommands(text: string): PaletteCommand[] {
  const { navigation, filter } = useStores();
  const caseId = useCase((state) => state.caseId);
  const miniBatchId = miniBatchNamed(text);
  const question = caseId === null || miniBatchId === null ? null : { caseId, miniBatchId };
  const { data } = useCommand('batches.get', question, { delayMs: TYPING_MS });
  const found = data != null && data.batch.miniBatchId === miniBatchId ? data.batch : null;
  return useMemo(() => {
    const commands: PaletteCommand[] = [];
    if (found !== null) {
      const id = found.miniBatchId;
      commands.push({
        id: 'mini-batch',
        title: `Mini-batch ${safeText(id)}`,
        group: 'Mini-batch',
        run: () => navigation.navigate({ drawer: true, selection: { miniBatchId: id, detail: 'miniBatch' } }),
      });
      commands.push({
        id: 'mini-batch-lines',
        title: `Lines of mini-batch ${safeText(id)}`,
        group: 'Mini-batch',
        run: () =>
          navigation.navigate({ view: 'logs', filter: onlyFacetValue(filter.getState().filter, 'miniBatch', id) }),
      });
    }
    return commands;
  }, [found, navigation, filter]);
}
