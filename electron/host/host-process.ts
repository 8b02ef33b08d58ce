/**
 * The engine in a utility process of Electron. The main process starts it with the data folder as
 * its argument and sends `{ type: 'connect', who }` with a port for each window, `{ type: 'name',
 * path }` for a file that the person named in a dialog, and `{ type: 'close' }` before it quits. A
 * window may write only named files.
 */
import { createEngine } from '../engine/engine.ts';
import { type ElectronPort, electronPortPipe } from './electron-port-pipe.ts';
import { createEngineServer } from './engine-server.ts';

// On an unhandled rejection, Node exits but a utility process of Electron only warns. Exit here
// too, because the remaining state cannot be trusted.
process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(1);
});

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): void;
}

const { parentPort } = process as typeof process & { parentPort?: ParentPort };
const [dataDir = ''] = process.argv.slice(2);
const server = createEngineServer((emit) => createEngine({ dataDir, emit }));

parentPort?.on('message', async ({ data, ports: [port] }) => {
  const message = data as { type: 'connect'; who: string } | { type: 'name'; path: string } | { type: 'close' };
  if (message.type === 'connect') {
    if (port !== undefined) server.connect(electronPortPipe(port), message.who, 'named');
    return;
  }
  if (message.type === 'name') {
    server.nameFile(message.path);
    return;
  }
  await server.close();
  process.exit(0);
});
