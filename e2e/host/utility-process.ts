/**
 * A utility process is a child of Node. Ports sent to it become numbered streams over its channel.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { app } from './app.ts';
import type { MessagePortMain } from './ports.ts';

/** Messages over the channel, both ways. */
export type ChildMessage =
  | { type: 'message'; data: unknown; ports: number[] }
  | { type: 'port'; port: number; data: unknown }
  | { type: 'port-closed'; port: number };

const shim = new URL('./utility-child.ts', import.meta.url).href;
let nextPort = 1;

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, MessagePortMain>();
  pid: number | undefined;
  readonly name: string;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;

  constructor(
    entry: string,
    args: string[],
    { serviceName: name = 'Node Utility Process', stdio }: Electron.ForkOptions,
  ) {
    super();
    this.name = name;
    app.children.add(this);
    this.#child = fork(entry, args, {
      execArgv: ['--import', shim],
      serialization: 'advanced',
      // The channel takes the place of standard input, which a utility process does not have.
      stdio: Array.isArray(stdio) ? ['ignore', stdio[1], stdio[2], 'ipc'] : ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.pid = this.#child.pid;
    this.#child.on('message', (message: ChildMessage) => {
      if (message.type === 'port') this.#ports.get(message.port)?.postMessage(message.data);
      else if (message.type === 'port-closed') this.#ports.get(message.port)?.close();
      else this.emit('message', message.data);
    });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('exit', (code, signal) => {
      this.pid = undefined;
      app.children.delete(this);
      for (const port of this.#ports.values()) port.close();
      this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 1));
    });
  }

  postMessage(data: unknown, transfer: MessagePortMain[] = []): void {
    const ids = transfer.map((port) => {
      const id = nextPort++;
      this.#ports.set(id, port);
      return id;
    });
    this.#send({ type: 'message', data, ports: ids });
    for (const [index, port] of transfer.entries()) {
      const id = ids[index] ?? 0;
      port.transferTo({
        deliver: (message) => this.#send({ type: 'port', port: id, data: message }),
        closed: () => this.#send({ type: 'port-closed', port: id }),
      });
    }
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #send(message: ChildMessage): void {
    if (this.#child.connected) this.#child.send(message);
  }
}

export const utilityProcess = {
  fork: (entry: string, args: string[] = [], options: Electron.ForkOptions = {}) =>
    new UtilityProcess(entry, args, options),
};
UtilityProcess.prototype satisfies Pick<Electron.UtilityProcess, 'kill' | 'pid'>;
