/**
 * The Logs context gives the parts of the Logs view their store. Each window has one store, which
 * switches to another source or root as soon as the case does.
 */
import { createContext, type ReactNode, useContext, useLayoutEffect } from 'react';
import { useStore } from 'zustand';
import { useCase, useStores } from '../../../state/StoresContext.tsx';
import type { Stores } from '../../../state/stores.ts';
import { createLogsStore, type LogsState, type LogsStore } from './logs-store.ts';

const LogsContext = createContext<LogsStore | null>(null);
/** One store per window. It outlives the view, so the tree is unchanged when a person returns. */
const ofWindow = new WeakMap<Stores, LogsStore>();

function logsStoreOf(stores: Stores): LogsStore {
  let store = ofWindow.get(stores);
  if (store === undefined) {
    store = createLogsStore();
    ofWindow.set(stores, store);
  }
  return store;
}

export function LogsProvider({ children }: { children: ReactNode }) {
  const stores = useStores();
  const store = logsStoreOf(stores);
  const source = useCase((state) => state.summary?.source ?? '');
  const root = useCase((state) => state.summary?.root ?? '');
  useLayoutEffect(() => store.turnTo(source, root), [store, source, root]);
  return <LogsContext value={store}>{children}</LogsContext>;
}

export function useLogsStore(): LogsStore {
  const store = useContext(LogsContext);
  if (store === null) throw new Error('useLogsStore is called outside LogsProvider.');
  return store;
}

export const useLogs = <T,>(selector: (state: LogsState) => T): T => useStore(useLogsStore(), selector);
