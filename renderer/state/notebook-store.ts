/**
 * The notebook of the open case as the window holds it. Each change is written to the engine a
 * moment later.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineClient } from '../../electron/contract/client.ts';
import type { HighlightedWord, Mark, Notebook, SavedSearch } from '../../electron/contract/notebook.ts';
import type { Busy } from './busy.ts';
import type { CaseState } from './case-store.ts';

export type { HighlightedWord, Mark, SavedSearch };

export interface NotebookState {
  marks: readonly Mark[];
  words: readonly HighlightedWord[];
  searches: readonly SavedSearch[];
  set(change: Partial<Omit<NotebookState, 'set' | 'toggleSearch'>>): void;
  /** Saves a search, or removes one that is saved. */
  toggleSearch(search: SavedSearch): void;
}

/** A note is not written after every letter. */
const WRITE_DELAY_MS = 300;
const nothing = { marks: [], words: [], searches: [] };

export function isSameSearch(a: SavedSearch, b: SavedSearch): boolean {
  return a.query.trim() === b.query.trim() && a.mode === b.mode && a.matchCase === b.matchCase;
}

export function createNotebookStore(
  client: EngineClient,
  busy: Busy,
  cases: StoreApi<CaseState> & { onLeave: (run: () => void) => void },
  onError: (message: string) => void,
) {
  /**
   * The case whose notebook is shown. Null until it has been read, and nothing is written before.
   */
  let readOf: string | null = null;
  let unwritten: { caseId: string; notebook: Notebook; timer: ReturnType<typeof setTimeout>; end: () => void } | null =
    null;
  let writing = 0;

  const store = createStore<NotebookState>()((set, get) => ({
    ...nothing,
    set: (change) => {
      set(change);
      writeSoon();
    },
    toggleSearch: (search) => {
      const { searches } = get();
      const others = searches.filter((each) => !isSameSearch(each, search));
      const isNew = others.length === searches.length && search.query.trim() !== '';
      get().set({ searches: isNew ? [...others, { ...search, query: search.query.trim() }] : others });
    },
  }));

  function writeSoon(): void {
    if (readOf === null) return;
    const { marks, words, searches } = store.getState();
    const notebook = { marks: [...marks], words: [...words], searches: [...searches] };
    if (unwritten !== null) clearTimeout(unwritten.timer);
    const end = unwritten?.end ?? busy.begin('notebook');
    unwritten = { caseId: readOf, notebook, end, timer: setTimeout(flush, WRITE_DELAY_MS) };
  }

  /** Writes what is waiting, because the window closes or shows another case. */
  function flush(): void {
    if (unwritten === null) return;
    const { caseId, notebook, timer, end } = unwritten;
    clearTimeout(timer);
    unwritten = null;
    writing++;
    client
      .call('notebook.set', { caseId, notebook })
      .catch((thrown: unknown) => onError(thrown instanceof Error ? thrown.message : String(thrown)))
      .finally(() => {
        writing--;
        end();
      });
  }

  function read(caseId: string): void {
    const end = busy.begin('notebook');
    client
      .call('notebook.get', { caseId })
      .then(
        (notebook) => {
          // Changes made here in the meantime are newer.
          if (cases.getState().caseId !== caseId || unwritten !== null || writing > 0) return;
          readOf = caseId;
          store.setState(notebook);
        },
        () => {},
      )
      .finally(end);
  }

  cases.onLeave(flush);
  cases.subscribe((state, before) => {
    if (state.caseId === before.caseId) return;
    readOf = null;
    store.setState(nothing);
    if (state.caseId !== null) read(state.caseId);
  });
  client.on('notebook.changed', ({ caseId }) => {
    if (caseId === readOf && unwritten === null && writing === 0) read(caseId);
  });
  return { ...store, flush };
}
