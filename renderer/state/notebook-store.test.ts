import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { EngineClient } from '../../electron/contract/client.ts';
import type { Notebook } from '../../electron/contract/notebook.ts';
import { createBusy } from './busy.ts';
import type { CaseState } from './case-store.ts';
import { createNotebookStore } from './notebook-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const mark = { path: 'a', line: 1, note: '', text: '' };

function setUp() {
  const kept = new Map<string, Notebook>();
  let changed = (_: { caseId: string }) => {};
  const client = {
    call: async (name: string, { caseId, notebook }: { caseId: string; notebook: Notebook }) => {
      if (name === 'notebook.get') return kept.get(caseId) ?? { marks: [], words: [], searches: [] };
      kept.set(caseId, notebook);
      return null;
    },
    on: (_: string, listener: typeof changed) => {
      changed = listener;
      return () => {};
    },
  } as unknown as EngineClient;
  const cases = createStore<CaseState>()(() => ({ caseId: null }) as CaseState);
  let leave = () => {};
  const withLeave = {
    ...cases,
    onLeave: (run: () => void) => {
      leave = run;
    },
  };
  const store = createNotebookStore(client, createBusy(), withLeave, () => {});
  const open = async (caseId: string | null) => {
    leave();
    cases.setState({ caseId });
    await vi.advanceTimersByTimeAsync(1);
  };
  return { kept, store, open, change: (caseId: string) => changed({ caseId }) };
}

test('each case has its own notebook, written a moment after a change or when another is opened', async () => {
  const { kept, store, open } = setUp();
  await open('one');
  store.getState().set({ marks: [mark] });
  store.getState().set({ marks: [{ ...mark, note: 'why' }] });
  expect(kept.size).toBe(0);
  await open('two');
  expect(kept.get('one')?.marks).toEqual([{ ...mark, note: 'why' }]);
  expect(store.getState().marks).toEqual([]);
  await open('one');
  expect(store.getState().marks[0]?.note).toBe('why');
});

test('what another window writes is shown, but not over what is being written here', async () => {
  const { kept, store, open, change } = setUp();
  await open('one');
  kept.set('one', { marks: [mark], words: [], searches: [] });
  change('one');
  await vi.advanceTimersByTimeAsync(1);
  expect(store.getState().marks).toEqual([mark]);
  store.getState().set({ marks: [] });
  change('one');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(kept.get('one')?.marks).toEqual([]);
  expect(store.getState().marks).toEqual([]);
});

test('nothing is written before the notebook was read', async () => {
  const { kept, store, open } = setUp();
  const opened = open('one');
  store.getState().toggleSearch({ query: 'x', mode: 'words', matchCase: 'smart' });
  await opened;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(kept.size).toBe(0);
});

test('a search is saved once and given up', async () => {
  const { store, open } = setUp();
  await open('one');
  const search = { query: ' a ', mode: 'words', matchCase: 'smart' } as const;
  store.getState().toggleSearch(search);
  expect(store.getState().searches).toEqual([{ ...search, query: 'a' }]);
  store.getState().toggleSearch({ ...search, query: 'a' });
  expect(store.getState().searches).toEqual([]);
});
