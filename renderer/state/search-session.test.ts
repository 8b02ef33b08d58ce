import { describe, expect, it } from 'vitest';
import type { EngineClient } from '../../electron/contract/client.ts';
import type { SearchState } from '../../electron/contract/commands.ts';
import { PostrunError } from '../../electron/contract/errors.ts';
import { createBusy } from './busy.ts';
import { noFilter } from './filter.ts';
import { SearchSession } from './search-session.ts';

/** An engine whose answers the test gives, one by one. */
function makeEngine() {
  const calls: { name: string; params: Record<string, unknown>; answer: PromiseWithResolvers<unknown> }[] = [];
  const listeners = new Set<(state: SearchState) => void>();
  const client = {
    call(name: string, params: Record<string, unknown>, options?: { signal?: AbortSignal }) {
      const answer = Promise.withResolvers<unknown>();
      options?.signal?.addEventListener('abort', () => answer.reject(new DOMException('', 'AbortError')));
      calls.push({ name, params, answer });
      return answer.promise;
    },
    on(_name: string, listener: (state: SearchState) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    client: client as unknown as EngineClient,
    names: () => calls.map(({ name }) => name),
    calls,
    tell: (state: SearchState) => {
      for (const listener of listeners) listener(state);
    },
  };
}

const question = { caseId: 'case', filter: { ...noFilter, query: 'error' }, order: 'time' as const, fileIds: null };
const stateOf = (searchId: string, change: Partial<SearchState> = {}): SearchState => ({
  searchId,
  matches: 0,
  files: 0,
  complete: false,
  progress: 0,
  indexed: 1,
  milliseconds: 1,
  error: null,
  suggestion: null,
  ...change,
});
const settle = () => new Promise((resolve) => setTimeout(resolve));

function begin() {
  const engine = makeEngine();
  const busy = createBusy();
  let changes = 0;
  const session = new SearchSession(engine.client, busy, question, () => {
    changes++;
  });
  return { engine, busy, session, changes: () => changes };
}

describe('a search session', () => {
  it('asks for its first rows together with the search, and is ready when one is here', async () => {
    const { engine, session } = begin();
    expect(engine.names()).toEqual(['search.start', 'search.rows']);
    const { searchId } = session;
    expect(engine.calls.map(({ params }) => params.searchId)).toEqual([searchId, searchId]);
    expect(engine.calls[1]?.params.atLeast).toBe(1);
    engine.calls[0]?.answer.resolve(stateOf(searchId));
    await settle();
    expect([session.isReady, session.state?.matches]).toEqual([false, 0]);
    const state = stateOf(searchId, { matches: 1, complete: true, progress: 1 });
    engine.calls[1]?.answer.resolve({ rows: [{ line: 7 }], state });
    await settle();
    expect([session.isReady, session.rows.at(0)?.line, session.state?.complete]).toEqual([true, 7, true]);
  });

  it('takes reports before the answer, but never an older count, nor one of another search', () => {
    const { engine, session } = begin();
    engine.tell(stateOf(session.searchId, { matches: 5 }));
    engine.tell(stateOf(session.searchId, { matches: 3 }));
    engine.tell(stateOf('another', { matches: 90 }));
    expect(session.state?.matches).toBe(5);
    engine.tell(stateOf(session.searchId, { matches: 6, complete: true }));
    engine.tell(stateOf(session.searchId, { matches: 9 }));
    expect([session.state?.matches, session.state?.complete]).toEqual([6, true]);
  });

  it('is ready without rows when there are certainly none', () => {
    const { engine, session, busy } = begin();
    engine.tell(stateOf(session.searchId, { complete: true }));
    expect(session.isReady).toBe(true);
    expect(busy.names()).toEqual(['search.rows']);
  });

  it('is stopped in the engine, also where its start is not answered yet', async () => {
    const { engine, session, busy, changes } = begin();
    session.dispose();
    expect(engine.calls.at(-1)).toMatchObject({ name: 'search.stop', params: { searchId: session.searchId } });
    const before = changes();
    engine.calls[0]?.answer.resolve(stateOf(session.searchId, { matches: 4 }));
    engine.tell(stateOf(session.searchId, { matches: 4 }));
    await settle();
    expect([session.state, changes() - before, busy.names()]).toEqual([null, 0, []]);
  });

  it('shows why it could not start', async () => {
    const { engine, session, busy } = begin();
    engine.calls[0]?.answer.reject(new PostrunError('user', 'bad_query', 'A quote is missing.'));
    engine.calls[1]?.answer.reject(new PostrunError('user', 'no_search', 'This search has ended.'));
    await settle();
    expect([session.isReady, session.error?.code, busy.names()]).toEqual([true, 'bad_query', []]);
  });
});
