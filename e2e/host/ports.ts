/**
 * Message ports of the host stand in for Electron's `MessageChannelMain`. A port that is sent to a
 * page or a child process forwards what arrives to the other end there.
 */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';

/** The other end of a transferred port, in a page or a child process. */
export interface RemoteEnd {
  deliver(data: unknown): void;
  closed(): void;
}

/**
 * A port of the main process. Once sent to a page or a child, it stands in for the port that they
 * hold.
 */
export class MessagePortMain extends EventEmitter {
  peer: MessagePortMain | null = null;
  #remote: RemoteEnd | null = null;
  #early: unknown[] = [];
  #isStarted = false;
  #isClosed = false;

  postMessage(message: unknown): void {
    const copy = structuredClone(message);
    setImmediate(() => {
      if (this.peer !== null) this.peer.#receive(copy);
    });
  }

  start(): void {
    this.#isStarted = true;
    this.#flush();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.emit('close');
    setImmediate(() => {
      if (this.peer !== null) this.peer.#peerClosed();
    });
  }

  /** Hands the port over: from now on, everything that arrives goes there. */
  transferTo(remote: RemoteEnd): void {
    this.#remote = remote;
    this.#flush();
    if (this.#isClosed) remote.closed();
  }

  #receive(data: unknown): void {
    if (this.#isClosed) return;
    this.#early.push(data);
    this.#flush();
  }

  #flush(): void {
    if (this.#remote === null && !this.#isStarted) return;
    for (const data of this.#early.splice(0)) {
      if (this.#remote !== null) this.#remote.deliver(data);
      else this.emit('message', { data, ports: [] });
    }
  }

  #peerClosed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#remote?.closed();
    this.emit('close');
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

/** Checks the host's port against Electron's types. */
MessagePortMain.prototype satisfies Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'>;
