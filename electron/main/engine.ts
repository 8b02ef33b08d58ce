/** The engine in a utility process: a port for each window, a new process when it dies, an orderly end. */
import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { createClient, type EngineClient } from '../contract/client.ts';
import { electronPortPipe } from '../host/electron-port-pipe.ts';

export interface EngineProcess {
  /** One more port to the engine; `who` names it in the log of slow commands. */
  connect(who: string): MessagePortMain;
  /** The person named a file in a dialog: windows may write it. */
  nameFile(path: string): void;
  /** The shell's own connection, for the list of recent cases. */
  client(): EngineClient;
  pid(): number | undefined;
  /** Start it anew after `onGone`; every port of before is closed. */
  restart(): void;
  /** Let the engine close its cases; ends it after a few seconds in any case. */
  close(): Promise<void>;
}

export interface EngineOptions {
  dataDir: string;
  /** It ended by itself; nothing works until {@link EngineProcess.restart}. */
  onGone: (exitCode: number) => void;
}

/** How long a closing engine may take; the store survives being ended. */
const closePatienceMs = 5_000;

/** Start the engine. Only after the app is ready. */
export function startEngine(options: EngineOptions): EngineProcess {
  let isClosing = false;
  let client: EngineClient | null = null;

  const start = (): UtilityProcess => {
    // Beside this module in the bundle.
    const entry = join(import.meta.dirname, 'host-process.js');
    const started = utilityProcess.fork(entry, [options.dataDir], { serviceName: 'Postrun engine' });
    started.on('exit', (code) => {
      client?.close();
      client = null;
      if (!isClosing && started === child) options.onGone(code);
    });
    return started;
  };
  let child = start();

  const connect = (who: string): MessagePortMain => {
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ type: 'connect', who }, [port2]);
    return port1;
  };
  return {
    connect,
    client() {
      client ??= createClient(electronPortPipe(connect('shell')));
      return client;
    },
    nameFile(path) {
      child.postMessage({ type: 'name', path });
    },
    pid: () => child.pid,
    restart() {
      child = start();
    },
    close() {
      isClosing = true;
      const closing = child;
      if (closing.pid === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => closing.kill(), closePatienceMs);
        closing.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        closing.postMessage({ type: 'close' });
      });
    },
  };
}
