/** The engine host runs the engine in its own thread; this is its outside. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { MessagePipe } from '../contract/pipe.ts';
import { workerUrl } from '../engine/base/worker-url.ts';
import { portPipe } from './port-pipe.ts';
import type { WriteRight } from './write-right.ts';

/** Start data of the engine's thread. */
export interface HostWorkerData {
  dataDir: string;
  workers?: number;
  /** Additional folders with custom formats. */
  formats?: readonly string[];
}

/** Messages to the engine's thread outside the contract. */
export type HostMessage = { type: 'connect'; port: MessagePort; who: string; right: WriteRight } | { type: 'close' };

export interface EngineHost {
  /**
   * Opens another pipe to the engine. `who` names it in the log of slow commands; `right` says
   * which files it may write (default: any).
   */
  connect(who: string, right?: WriteRight): MessagePipe;
  /**
   * Returns why the thread ended by itself, or null while it lives. Its pipes are closed by then.
   */
  failure(): Error | null;
  /** Lets the engine close its cases, then ends the thread. */
  close(): Promise<void>;
}

/**
 * How long a closing engine may take before its thread is ended anyway. The store survives that.
 */
const closePatienceMs = 5_000;

/**
 * Starts the engine in a worker thread, so that neither indexing nor a heavy query blocks the
 * shell.
 */
export function startEngineHost(options: HostWorkerData & { worker?: URL }): EngineHost {
  const { worker: url = workerUrl(import.meta.url, 'host-worker'), ...workerData } = options;
  const worker = new Worker(url, { workerData });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let failure: Error | null = null;
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });

  return {
    connect(who, right = 'anywhere') {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ type: 'connect', port: port2, who, right } satisfies HostMessage, [port2]);
      return portPipe(port1);
    },
    failure: () => failure,
    async close() {
      worker.postMessage({ type: 'close' } satisfies HostMessage);
      const timer = setTimeout(() => void worker.terminate(), closePatienceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
