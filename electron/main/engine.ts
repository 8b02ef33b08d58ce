/**
 * The engine in a utility process: one port per window, a new process when it dies, an orderly end.
 */
import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { IndexProgress } from '../contract/case-records.ts';
import { createClient, type EngineClient } from '../contract/client.ts';
import { electronPortPipe } from '../host/electron-port-pipe.ts';

export interface EngineProcess {
  /** Opens another port to the engine. `who` names it in the log of slow commands. */
  connect(who: string): MessagePortMain;
  /** Reports a file that the person named in a dialog, which windows may now write. */
  nameFile(path: string): void;
  /** Returns the shell's own connection, for the list of recent cases. */
  client(): EngineClient;
  pid(): number | undefined;
  /** Starts the engine again after `onGone`. All earlier ports are closed. */
  restart(): void;
  /** Lets the engine close its cases, and ends it after a few seconds in any case. */
  close(): Promise<void>;
}

export interface EngineOptions {
  dataDir: string;
  /** It ended by itself. Nothing works until {@link EngineProcess.restart}. */
  onGone: (exitCode: number) => void;
  /** It printed something: its own log, or what it died of. */
  onOutput: (text: string) => void;
  /** Its work on a case made progress. */
  onProgress: (event: IndexProgress) => void;
}

/** How long a closing engine may take. The store survives a killed engine. */
const closePatienceMs = 5_000;

/** Starts the engine. Call it only after the app is ready. */
export function startEngine(options: EngineOptions): EngineProcess {
  let isClosing = false;
  let shellClient: EngineClient | null = null;

  const start = (): UtilityProcess => {
    // It lies beside this module in the bundle.
    const entry = join(import.meta.dirname, 'host-process.js');
    const started = utilityProcess.fork(entry, [options.dataDir], {
      serviceName: 'Postrun engine',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk: Buffer) => options.onOutput(chunk.toString()));
    }
    started.on('exit', (code) => {
      shellClient?.close();
      shellClient = null;
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
  const client = (): EngineClient => {
    if (shellClient === null) {
      shellClient = createClient(electronPortPipe(connect('shell')));
      shellClient.on('case.progressed', options.onProgress);
    }
    return shellClient;
  };
  client();
  return {
    connect,
    client,
    nameFile(path) {
      child.postMessage({ type: 'name', path });
    },
    pid: () => child.pid,
    restart() {
      child = start();
      client();
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
