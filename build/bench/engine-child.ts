/**
 * Runs the engine of the bundle in a separate process, driven over Node's IPC. So its cost is its
 * own, and calls are timed where a shell would wait for them: over the pipe to the engine's thread,
 * without the IPC.
 */
import { pathToFileURL } from 'node:url';
import { createClient } from '../../electron/contract/client.ts';
import type { CommandInput } from '../../electron/contract/contract.ts';
import { startEngineHost } from '../../electron/host/engine-host.ts';
import type { Answer, Ask, SearchTimes } from './engine-process.ts';

const [bundle = '', dataDir = '', workers = '0'] = process.argv.slice(2);
const host = startEngineHost({
  dataDir,
  workers: Number(workers) || undefined,
  worker: pathToFileURL(`${bundle}/host-worker.js`),
});
const client = createClient(host.connect('bench'));

/** Opens a source and waits until everything is indexed. */
async function openAndWait(path: string): Promise<string> {
  const { caseId } = await client.call('case.open', { path });
  for (;;) {
    const { phase, message } = await client.call('case.progress', { caseId });
    if (phase === 'complete') return caseId;
    if (phase === 'failed' || phase === 'cancelled') throw new Error(message ?? phase);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * Searches as the window does: starts, takes the first page, then waits until everything is
 * counted.
 */
async function search(filter: CommandInput<'search.start'>): Promise<SearchTimes> {
  const started = performance.now();
  const { searchId } = await client.call('search.start', filter);
  await client.call('search.rows', { searchId, start: 0, count: 100 });
  const firstPage = performance.now() - started;
  let state = await client.call('search.state', { searchId });
  for (let wait = 0; !state.complete && state.error === null; wait = Math.min(20, wait + 1)) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    state = await client.call('search.state', { searchId });
  }
  const complete = performance.now() - started;
  const explained = await client.call('search.explain', { searchId });
  await client.call('search.stop', { searchId });
  if (state.error !== null) throw new Error(state.error);
  return { firstPage, complete, matches: state.matches, blocks: explained.blocksVerified };
}

/** Times what the window shows first, from `case.open`, while the indexing goes on. */
async function firstWindow(path: string): Promise<Record<string, number>> {
  const started = performance.now();
  const since = () => performance.now() - started;
  const { caseId } = await client.call('case.open', { path });
  const opened = since();
  const files = await client.call('files.list', { caseId });
  const listed = since();
  let info = await client.call('run.info', { caseId });
  const answered = since();
  while (info.status === 'unknown' || info.status === 'running') {
    const { phase } = await client.call('case.progress', { caseId });
    await new Promise((resolve) => setTimeout(resolve, 10));
    info = await client.call('run.info', { caseId });
    if (phase === 'complete') break;
  }
  const told = since();
  const { bytesDone, bytesTotal } = await client.call('case.progress', { caseId });
  const share = bytesTotal === 0 ? 1 : bytesDone / bytesTotal;
  await openAndWait(path);
  return { opened, listed, answered, told, share, complete: since(), files: files.length };
}

async function answer(ask: Ask): Promise<unknown> {
  if (ask.type === 'open') return openAndWait(ask.path);
  if (ask.type === 'search') return search(ask.filter);
  if (ask.type === 'first-window') return firstWindow(ask.path);
  if (ask.type === 'call') {
    const started = performance.now();
    const value = await (client.call as (name: string, params: unknown) => Promise<unknown>)(ask.name, ask.params);
    return { milliseconds: performance.now() - started, value: ask.keep ? value : null };
  }
  client.close();
  await host.close();
  return null;
}

process.on('message', (ask: Ask) => {
  answer(ask).then(
    (value) => {
      process.send?.({ id: ask.id, value } satisfies Answer);
      if (ask.type === 'stop') process.disconnect();
    },
    (error: unknown) => {
      process.send?.({ id: ask.id, error: error instanceof Error ? error.message : String(error) } satisfies Answer);
    },
  );
});
