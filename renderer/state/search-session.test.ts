import { describe, expect, it } from 'vitest';
import { PostrunError } from '../../electron/contract/errors.ts';
import { createBusy } from './busy.ts';
import { noFilter } from './filter.ts';
import { SearchSession } from './search-session.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { stateOf } from './testing/search-state.ts';

const question = { caseId: 'case', filter: { ...noFilter, query: 'error' }, order: 'time' as const, fileIds: null };
const settle = () => new Promise((resolve) => setTimeout(resolve));

function begin() {
  const engine = new FakeEngine();
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
    expect(engine.questions.map(({ name }) => name)).toEqual(['search.start', 'search.rows']);
    const { searchId } = session;
    expect(engine.questions.map(({ params }) => params.searchId)).toEqual([searchId, searchId]);
    expect(engine.questions[1]?.params.atLeast).toBe(1);
    engine.questions[0]?.answer(stateOf(searchId));
    await settle();
    expect([session.isReady, session.state?.matches]).toEqual([false, 0]);
    const state = stateOf(searchId, { matches: 1, complete: true, progress: 1 });
    engine.questions[1]?.answer({ rows: [{ line: 7 }], state });
    await settle();
    expect([session.isReady, session.rows.at(0)?.line, session.state?.complete]).toEqual([true, 7, true]);
  });

  it('takes reports before the answer, but never an older count, nor one of another search', () => {
    const { engine, session } = begin();
    engine.send('search.progressed', stateOf(session.searchId, { matches: 5 }));
    engine.send('search.progressed', stateOf(session.searchId, { matches: 3 }));
    engine.send('search.progressed', stateOf('another', { matches: 90 }));
    expect(session.state?.matches).toBe(5);
    engine.send('search.progressed', stateOf(session.searchId, { matches: 6, complete: true }));
    engine.send('search.progressed', stateOf(session.searchId, { matches: 9 }));
    expect([session.state?.matches, session.state?.complete]).toEqual([6, true]);
  });

  it('is ready without rows when there are certainly none', () => {
    const { engine, session, busy } = begin();
    engine.send('search.progressed', stateOf(session.searchId, { complete: true }));
    expect(session.isReady).toBe(true);
    expect(busy.names()).toEqual(['search.rows']);
  });

  it('is stopped in the engine, also where its start is not answered yet', async () => {
    const { engine, session, busy, changes } = begin();
    session.dispose();
    expect(engine.questions.at(-1)).toMatchObject({ name: 'search.stop', params: { searchId: session.searchId } });
    const before = changes();
    engine.questions[0]?.answer(stateOf(session.searchId, { matches: 4 }));
    engine.send('search.progressed', stateOf(session.searchId, { matches: 4 }));
    await settle();
    expect([session.state, changes() - before, busy.names()]).toEqual([null, 0, []]);
  });

  it('shows why it could not start', async () => {
    const { engine, session, busy } = begin();
    engine.questions[0]?.refuse(new PostrunError('user', 'bad_query', 'A quote is missing.'));
    engine.questions[1]?.refuse(new PostrunError('user', 'no_search', 'This search has ended.'));
    await settle();
    expect([session.isReady, session.error?.code, busy.names()]).toEqual([true, 'bad_query', []]);
  });
});
