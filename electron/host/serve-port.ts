/** Serving a port is the engine's side of every pipe that reaches its thread. */
import { parentPort } from 'node:worker_threads';
import type { HostMessage } from './engine-host.ts';
import { type CreateHandlers, createEngineServer } from './engine-server.ts';
import { portPipe } from './port-pipe.ts';

/**
 * Serves every port that arrives. This is the counterpart of `startEngineHost`, called by the
 * script that runs in the thread.
 */
export function servePort(createHandlers: CreateHandlers): void {
  const parent = parentPort;
  if (parent === null) throw new Error('servePort runs in a worker thread');
  const server = createEngineServer(createHandlers);
  parent.on('message', async (message: HostMessage) => {
    if (message.type === 'connect') {
      server.connect(portPipe(message.port), message.who, message.right);
    } else {
      await server.close();
      // Once its last port is closed, the thread has nothing to wait for. Exiting also ends
      // anything the engine left running.
      process.exit(0);
    }
  });
}
