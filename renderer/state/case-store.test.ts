import { beforeEach, expect, test, vi } from 'vitest';
import type { EngineClient } from '../../electron/contract/client.ts';
import { PostrunError } from '../../electron/contract/errors.ts';
import { createBusy } from './busy.ts';
import { createCaseStore } from './case-store.ts';

/** An engine that answers from `answers`, keeps what it was asked, and sends events. */
function engine() {
  const asked: string[] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const answers: Record<string, (params: { path: string; caseId: string; mode: string }) => unknown> = {
    'case.open': ({ path }) => ({ caseId: path, root: '', progress: { caseId: path, phase: 'indexing' } }),
    'case.watching': ({ caseId }) => ({ caseId, mode: 'off', canWatch: true }),
    'case.watch': ({ caseId, mode }) => ({ caseId, mode, canWatch: true }),
    'run.info': ({ caseId }) => ({ name: `run of ${caseId}` }),
  };
  const client = {
    call: async (name: string, params: never) => {
      asked.push(name);
      return answers[name]?.(params) ?? {};
    },
    on: (name: string, listener: (payload: unknown) => void) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  } as unknown as EngineClient;
  const send = (name: string, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  };
  return { client, asked, answers, send };
}

let host: ReturnType<typeof engine>;
let busy: ReturnType<typeof createBusy>;
let store: ReturnType<typeof createCaseStore>;
beforeEach(() => {
  host = engine();
  busy = createBusy();
  store = createCaseStore(host.client, busy);
});

test('an open case is followed: indexing, records, the run and its folder', async () => {
  await store.getState().open('/a.zip');
  expect(store.getState()).toMatchObject({ phase: 'open', caseId: '/a.zip', progress: { phase: 'indexing' } });
  expect(busy.names()).toContain('indexing');
  await vi.waitFor(() => expect(store.getState().info?.name).toBe('run of /a.zip'));
  expect(store.getState().watch?.mode).toBe('notify');

  const { revision } = store.getState();
  host.send('case.changed', { caseId: '/a.zip' });
  host.send('case.progressed', { caseId: '/a.zip', phase: 'complete' });
  expect(store.getState()).toMatchObject({ revision: revision + 1, progress: { phase: 'complete' } });
  expect(busy.names()).not.toContain('indexing');
});

test('a folder that another window follows stays followed', async () => {
  host.answers['case.watching'] = ({ caseId }) => ({ caseId, mode: 'follow', canWatch: true });
  await store.getState().open('/folder');
  await vi.waitFor(() => expect(store.getState().watch?.mode).toBe('follow'));
  expect(host.asked).not.toContain('case.watch');
});

test('nothing of another case, or of one that was closed, is taken in', async () => {
  await store.getState().open('/a.zip');
  host.send('case.progressed', { caseId: '/b.zip', phase: 'complete' });
  expect(store.getState().progress?.phase).toBe('indexing');
  store.getState().close();
  host.send('case.progressed', { caseId: '/a.zip', phase: 'complete' });
  expect(store.getState()).toMatchObject({ phase: 'none', caseId: null, progress: null });
  expect(busy.names()).not.toContain('indexing');
  expect(host.asked).toContain('case.close');
});

test('the answer to a superseded opening is dropped', async () => {
  const first = store.getState().open('/a.zip');
  const second = store.getState().open('/b.zip');
  await Promise.all([first, second]);
  expect(store.getState()).toMatchObject({ phase: 'open', path: '/b.zip', caseId: '/b.zip' });
});

test('several runs are offered to choose from, any other error is shown', async () => {
  host.answers['case.open'] = ({ path }) => {
    const code = path === '/two.zip' ? 'several_roots' : 'not_found';
    throw new PostrunError('user', code, code);
  };
  host.answers['source.inspect'] = () => ({ roots: ['a', 'b'] });
  await store.getState().open('/two.zip');
  expect(store.getState()).toMatchObject({ phase: 'choosingRoot', inspection: { roots: ['a', 'b'] } });
  await store.getState().open('/none.zip');
  expect(store.getState()).toMatchObject({ phase: 'failed', path: '/none.zip', error: { code: 'not_found' } });
});

test('reading what a folder gained keeps the window busy until it is read', async () => {
  await store.getState().open('/folder');
  store.getState().readNew();
  expect(busy.names()).toContain('case.refresh');
  await vi.waitFor(() => expect(busy.names()).not.toContain('case.refresh'));
});
