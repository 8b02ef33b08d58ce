/**
 * Hit keys are the commands that the hits pane answers while it is on the screen: steps from hit to
 * hit, and the end of the search.
 */
import { useAction } from '../../../state/StoresContext.tsx';
import type { SearchView } from '../../../state/use-search.ts';
import { useLogsStore } from '../model/LogsContext.tsx';

export function useHitKeys({ isRunning, halt }: SearchView, step: (direction: 1 | -1) => boolean) {
  const logs = useLogsStore();
  // While “find” is open, these keys belong to it.
  const stepUnlessFinding = (direction: 1 | -1) => () => {
    const { isOpen, text } = logs.getState().find;
    return isOpen && text !== '' ? false : step(direction);
  };
  useAction('next-hit', stepUnlessFinding(1));
  useAction('previous-hit', stepUnlessFinding(-1));
  useAction('next-list-hit', () => step(1));
  useAction('previous-list-hit', () => step(-1));
  useAction('escape', () => {
    if (!isRunning) return false;
    halt();
    return true;
  });
}
