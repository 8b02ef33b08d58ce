/** For `node --import` in the child: `process.parentPort` as in a utility process. */
import { EventEmitter } from 'node:events';
import type { ChildMessage } from './utility-process.ts';

class ChildPort extends EventEmitter {
  #early: unknown[] | null = [];
  readonly id: number;

  constructor(id: number) {
    super();
    this.id = id;
  }

  receive(data: unknown): void {
    if (this.#early !== null) this.#early.push(data);
    else this.emit('message', { data, ports: [] });
  }

  start(): void {
    const kept = this.#early ?? [];
    this.#early = null;
    for (const data of kept) this.receive(data);
  }

  postMessage(data: unknown): void {
    send({ type: 'port', port: this.id, data });
  }

  close(): void {
    ports.delete(this.id);
    send({ type: 'port-closed', port: this.id });
  }
}

const ports = new Map<number, ChildPort>();
const parentPort = new EventEmitter();
Object.assign(process, { parentPort });

process.on('message', (message: ChildMessage) => {
  if (message.type === 'message') {
    const received = message.ports.map((id) => new ChildPort(id));
    for (const port of received) ports.set(port.id, port);
    parentPort.emit('message', { data: message.data, ports: received });
    return;
  }
  const port = ports.get(message.port);
  if (message.type === 'port') port?.receive(message.data);
  else {
    ports.delete(message.port);
    port?.emit('close');
  }
});
// A utility process never outlives the app.
process.on('disconnect', () => process.exit(0));

function send(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}
