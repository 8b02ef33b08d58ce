import { startEngineHost } from './engine-host.ts';
import { serveEngine } from './engine-server.ts';
import { memoryPipePair } from './memory-pipe.ts';
import { contractSuite } from './testing/contract-suite.ts';
import { createFakeEngine } from './testing/fake-engine.ts';

contractSuite('a pair in memory', () => {
  const [pipe, engineEnd] = memoryPipePair();
  const server = serveEngine(engineEnd, createFakeEngine);
  return { pipe, stop: () => server.close() };
});

contractSuite('the port of a worker thread', () => {
  const host = startEngineHost({ dataDir: '', worker: new URL('./testing/fake-worker.ts', import.meta.url) });
  return { pipe: host.connect('test'), stop: () => host.close() };
});
