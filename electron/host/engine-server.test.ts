/** Tests of the dispatcher: shared engines, held cases, slow commands, events, bad requests. */
import { expect, test, vi } from 'vitest';
import { createClient } from '../contract/client.ts';
import type { EmitEvent } from '../contract/contract.ts';
import { coalesceEvents } from './coalesce-events.ts';
import { startEngineHost } from './engine-host.ts';
import { createEngineServer } from './engine-server.ts';
import { createSlowLog } from './slow-log.ts';
import { createFakeEngine, fakeProgress } from './testing/fake-engine.ts';
import { memoryPipePair } from './testing/memory-pipe.ts';

test('two pipes share one engine, and an event reaches both', async () => {
  let made = 0;
  const server = createEngineServer((emit) => {
    made++;
    return createFakeEngine(emit);
  });
  const clients = ['a', 'b'].map((who) => {
    const [pipe, engineEnd] = memoryPipePair();
    server.connect(engineEnd, who);
    return createClient(pipe);
  });
  const heard: string[] = [];
  clients.forEach((client, index) => {
    client.on('case.changed', ({ caseId }) => heard.push(`${index} ${caseId}`));
  });
  await Promise.all(clients.map((client) => client.call('case.progress', { caseId: 'x' })));
  await clients[0]?.call('case.resume', { caseId: 'x' });
  await vi.waitFor(() => expect(heard.sort()).toEqual(['0 x', '1 x']));
  expect(made).toBe(1);
  await server.close();
});

test('a pipe that closes lets go of the cases that it opened, and of no others', async () => {
  const closed: string[] = [];
  const summary = (caseId: string) => ({
    caseId,
    source: '',
    root: '',
    caseDir: '',
    progress: fakeProgress(caseId, 'complete'),
  });
  let finishLate = () => {};
  const server = createEngineServer(() => ({
    close() {},
    handlers: {
      'case.open': async ({ path }) => {
        if (path === 'late') await new Promise<void>((resolve) => (finishLate = resolve));
        return summary(path);
      },
      'case.close': ({ caseId }) => {
        closed.push(caseId);
        return null;
      },
    },
  }));
  const [pipe, engineEnd] = memoryPipePair();
  const [otherPipe, otherEnd] = memoryPipePair();
  server.connect(engineEnd);
  server.connect(otherEnd);
  const [client, other] = [createClient(pipe), createClient(otherPipe)];
  for (const path of ['a', 'b', 'a', 'c']) await client.call('case.open', { path });
  await other.call('case.open', { path: 'd' });
  await client.call('case.close', { caseId: 'c' });
  client.call('case.open', { path: 'late' }).catch(() => {});
  await other.call('case.open', { path: 'e' });
  client.close();
  await vi.waitFor(() => expect(closed.sort()).toEqual(['a', 'a', 'b', 'c']));
  finishLate();
  await vi.waitFor(() => expect(closed).toContain('late'));
  await server.close();
  expect(closed).toHaveLength(5);
});

test('an engine that cannot be made answers every request with why', async () => {
  const server = createEngineServer(() => {
    throw new Error('the store cannot be loaded');
  });
  const [pipe, engineEnd] = memoryPipePair();
  server.connect(engineEnd);
  const client = createClient(pipe);
  await expect(client.call('case.recent', {})).rejects.toMatchObject({ message: 'the store cannot be loaded' });
  await server.close();
});

test('a command that takes long is noted with who asked', async () => {
  const server = createEngineServer(() => ({
    close() {},
    handlers: {
      'case.recent': async () => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        return [];
      },
      'files.list': () => [],
    },
  }));
  const [pipe, engineEnd] = memoryPipePair();
  server.connect(engineEnd, 'window 1');
  const client = createClient(pipe);
  await client.call('case.recent', {});
  await client.call('files.list', { caseId: 'a' });
  expect(server.slowCommands()).toEqual([
    expect.objectContaining({ command: 'case.recent', who: 'window 1', ok: true }),
  ]);
  await server.close();
});

test('the log of slow commands keeps the last ones in order', () => {
  const log = createSlowLog(0, 3);
  for (let at = 1; at <= 5; at++) log.note({ command: 'x', who: '', milliseconds: 1, at, ok: true });
  expect(log.list().map((entry) => entry.at)).toEqual([3, 4, 5]);
});

test('a thread that dies closes its pipes and tells why', async () => {
  const host = startEngineHost({ dataDir: '', worker: new URL('./testing/no-such-worker.ts', import.meta.url) });
  const client = createClient(host.connect('test'));
  await expect(client.call('case.recent', {})).rejects.toMatchObject({ code: 'connection_lost' });
  await vi.waitFor(() => expect(host.failure()?.message).toMatch(/no-such-worker/));
  await host.close();
});

test('events: at most one per interval and subject, the last always, an end at once', () => {
  vi.useFakeTimers();
  const sent: string[] = [];
  const { emit, flush } = coalesceEvents((_, payload) => {
    const progress = payload as ReturnType<typeof fakeProgress>;
    sent.push(`${progress.caseId}${progress.bytesDone}`);
  });
  const step: EmitEvent = emit;
  for (let done = 1; done <= 30; done++) {
    step('case.progressed', fakeProgress('a', 'indexing', done));
    vi.advanceTimersByTime(10);
  }
  expect(sent).toEqual(['a1', 'a10', 'a20', 'a30']);
  step('case.progressed', fakeProgress('b', 'indexing', 1));
  step('case.progressed', fakeProgress('b', 'indexing', 2));
  step('case.progressed', fakeProgress('b', 'complete', 3));
  expect(sent.slice(4)).toEqual(['b1', 'b3']);
  step('case.progressed', fakeProgress('b', 'indexing', 4));
  flush();
  expect(sent.slice(6)).toEqual(['b4']);
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveLength(7);
  vi.useRealTimers();
});
