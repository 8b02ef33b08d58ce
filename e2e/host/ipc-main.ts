/**
 * The host's `ipcMain` stands in for Electron's. It keeps a handler for each channel and answers
 * the calls of a page.
 */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';

type Handler = Parameters<Electron.IpcMain['handle']>[1];

class IpcMain extends EventEmitter {
  #handlers = new Map<string, Handler>();

  handle(channel: string, listener: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, listener);
  }

  /** The host calls this for `ipcRenderer.invoke`. */
  async invoke(channel: string, event: unknown, args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(event as Electron.IpcMainInvokeEvent, ...args));
  }
}

export const ipcMain = new IpcMain();
ipcMain satisfies Pick<Electron.IpcMain, 'handle'>;
