/**
 * The stores are everything that one window holds. They are created once at the root (and once per
 * test) and handed down by context.
 */
import type { EngineClient } from '../../electron/contract/client.ts';
import { clockedClient } from '../client/clocked-client.ts';
import type { Shell } from '../client/shell.ts';
import { createActions } from './actions.ts';
import { createBusy } from './busy.ts';
import { createCaseStore } from './case-store.ts';
import { createFilterStore } from './filter-store.ts';
import { createNavigation, type NavigationHost } from './navigation.ts';
import { createNotebookStore } from './notebook-store.ts';
import { createQueryCache } from './query-cache.ts';
import { createSearchesStore } from './searches-store.ts';
import { createSelectionStore } from './selection-store.ts';
import { createToastStore } from './toast-store.ts';
import { createViewStore } from './view-store.ts';

export type Stores = ReturnType<typeof createStores>;

export function createStores(engine: EngineClient, shell: Shell, host: NavigationHost, storage: Storage | null) {
  const busy = createBusy();
  const view = createViewStore(storage);
  const client = clockedClient(engine, () => view.getState().clock);
  const stores = {
    case: createCaseStore(client, busy),
    filter: createFilterStore(),
    selection: createSelectionStore(),
    view,
  };
  const toasts = createToastStore();
  const notebook = createNotebookStore(client, busy, stores.case, (message) =>
    toasts.getState().show(message, { tone: 'error' }),
  );
  return {
    client,
    shell,
    busy,
    ...stores,
    searches: createSearchesStore(storage),
    notebook,
    toasts,
    actions: createActions(),
    cache: createQueryCache(),
    navigation: createNavigation(stores, host, shell.initialPath),
  };
}
