/** Runs the contract suite over each transport of the host. */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type ElectronPort, electronPortPipe } from './electron-port-pipe.ts';
import { startEngineHost } from './engine-host.ts';
import { serveEngine } from './engine-server.ts';
import { contractSuite } from './testing/contract-suite.ts';
import { createFakeEngine } from './testing/fake-engine.ts';
import { memoryPipePair } from './testing/memory-pipe.ts';

contractSuite('a pair in memory', () => {
  const [pipe, engineEnd] = memoryPipePair();
  const server = serveEngine(engineEnd, createFakeEngine);
  return { pipe, stop: () => server.close() };
});

contractSuite('the port of a worker thread', () => {
  const host = startEngineHost({ dataDir: '', worker: new URL('./testing/fake-worker.ts', import.meta.url) });
  return { pipe: host.connect('test'), stop: () => host.close() };
});

/**
 * Creates a port that behaves like Electron's: events carry `data`, and nothing is delivered before
 * `start`.
 */
function electronPort(port: MessagePort): ElectronPort {
  const events = new EventEmitter();
  port.on('close', () => events.emit('close'));
  return Object.assign(events, {
    postMessage: (message: unknown) => port.postMessage(message),
    start: () => port.on('message', (data) => events.emit('message', { data })),
    close: () => port.close(),
  });
}

contractSuite('the port of an Electron process', () => {
  const { port1, port2 } = new MessageChannel();
  const server = serveEngine(electronPortPipe(electronPort(port2)), createFakeEngine);
  return { pipe: electronPortPipe(electronPort(port1)), stop: () => server.close() };
});
