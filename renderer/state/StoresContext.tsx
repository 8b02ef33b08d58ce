/**
 * The stores context hands the window's stores to its components. It has a hook for each store, and
 * one that claims an action of the table of keys.
 */
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { EngineClient } from '../../electron/contract/client.ts';
import type { Shell } from '../client/shell.ts';
import type { ActionRun } from './actions.ts';
import type { CaseState } from './case-store.ts';
import type { FilterState } from './filter-store.ts';
import type { ActionId } from './keys.ts';
import type { Navigation } from './navigation.ts';
import type { NotebookState } from './notebook-store.ts';
import type { SearchesState } from './searches-store.ts';
import type { SelectionState } from './selection-store.ts';
import type { Stores } from './stores.ts';
import type { ToastState } from './toast-store.ts';
import type { ViewState } from './view-store.ts';

const StoresContext = createContext<Stores | null>(null);

export function StoresProvider({ stores, children }: { stores: Stores; children: ReactNode }) {
  return <StoresContext value={stores}>{children}</StoresContext>;
}

export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (stores === null) throw new Error('useStores is called outside StoresProvider.');
  return stores;
}

export const useClient = (): EngineClient => useStores().client;
export const useShell = (): Shell => useStores().shell;
export const useNavigation = (): Navigation => useStores().navigation;

/**
 * Use narrow selectors: `useCase((state) => state.caseId)`. A selector that makes an object needs
 * `useShallow`.
 */
export const useCase = <T,>(selector: (state: CaseState) => T): T => useStore(useStores().case, selector);
export const useFilter = <T,>(selector: (state: FilterState) => T): T => useStore(useStores().filter, selector);
export const useSelection = <T,>(selector: (state: SelectionState) => T): T =>
  useStore(useStores().selection, selector);
export const useView = <T,>(selector: (state: ViewState) => T): T => useStore(useStores().view, selector);
export const useSearches = <T,>(selector: (state: SearchesState) => T): T => useStore(useStores().searches, selector);
export const useNotebook = <T,>(selector: (state: NotebookState) => T): T => useStore(useStores().notebook, selector);
export const useToasts = <T,>(selector: (state: ToastState) => T): T => useStore(useStores().toasts, selector);

/** Returns the time under the pointer, otherwise the time of the cursor. */
export const useCursorUs = (): number | null => useSelection((state) => state.hoverUs ?? state.timeUs);

/**
 * Gives an action of the key table its meaning while this component is on the screen. `run` may be
 * a new function each time.
 */
export function useAction(id: ActionId, run: ActionRun | null) {
  const { actions } = useStores();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const isOn = run !== null;
  useEffect(() => (isOn ? actions.claim(id, () => latest.current?.()) : undefined), [actions, id, isOn]);
}
