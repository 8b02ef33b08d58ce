/**
 * The contract's boundary: every message gets a reply, and no reply blames Postrun unless the
 * message itself is invalid.
 */
import { join } from 'node:path';
import { commands } from '../../../electron/contract/contract.ts';
import { isPipeMessage, type PipeMessage, type Reply } from '../../../electron/contract/pipe.ts';
import { createEngine } from '../../../electron/engine/engine.ts';
import { createEngineServer } from '../../../electron/host/engine-server.ts';
import { memoryPipePair } from '../../../electron/host/testing/memory-pipe.ts';
import { mutateText } from '../mutate.ts';
import { anyValue, paramsFor } from './random-params.ts';
import { Broken, type FuzzTarget, sampleRun } from './target.ts';

/** Commands that would leave the folder of the test, or wait for something outside it. */
const NOT_CALLED = new Set(['runs.find', 'export.load', 'case.watch']);

export async function createContractTarget(): Promise<FuzzTarget> {
  const { dir, run, close } = await sampleRun({ nodes: 1, processes: 2, miniBatches: 6, failure: 'run_exception' });
  const server = createEngineServer((emit) => createEngine({ dataDir: join(dir, 'data'), emit, workers: 1 }));
  const [mine, theirs] = memoryPipePair();
  server.connect(theirs, 'fuzz', 'nowhere');
  const waiting = new Map<number, (reply: Reply) => void>();
  mine.onMessage((message) => {
    if (!isPipeMessage(message) || message.type !== 'reply') return;
    waiting.get(message.id)?.(message.reply);
    waiting.delete(message.id);
  });
  let next = 0;
  const ask = (command: string, params: unknown): Promise<Reply> => {
    const id = next++;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      mine.send({ type: 'request', id, command, params });
    });
  };
  const opened = await ask('case.open', { path: run });
  if (!opened.ok) throw new Error(opened.error.message);
  const { caseId } = opened.value as { caseId: string };
  const ids = [caseId, '', 'x', caseId.toUpperCase()];
  const names = Object.keys(commands).filter((name) => !NOT_CALLED.has(name));
  return {
    async attack(random) {
      if (random.chance(0.1)) mine.send(anyValue(random, ids, 3) as PipeMessage);
      const command = random.chance(0.97) ? random.pick(names) : mutateText(random, random.pick(names));
      const params = paramsFor(random, command, ids, dir);
      const reply = await ask(command, params);
      const input = JSON.stringify({ command, params });
      if (reply.ok || reply.error.kind !== 'bug') return;
      if (
        reply.error.code === 'bad_request' ||
        reply.error.code === 'unknown_command' ||
        reply.error.code === 'not_named'
      )
        return;
      throw new Broken(`${reply.error.code}: ${reply.error.message}\n${reply.error.detail ?? ''}`, input);
    },
    async close() {
      await server.close();
      close();
    },
  };
}
