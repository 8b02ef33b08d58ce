/** A message pipe over a port of Electron, in its main process or in a utility process. */
import type { MessagePipe } from '../contract/pipe.ts';
import { makePipe } from './make-pipe.ts';

/**
 * The part of Electron's `MessagePortMain` that a pipe needs, declared here because the host does
 * not depend on Electron.
 */
export interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

export function electronPortPipe(port: ElectronPort): MessagePipe {
  const end = makePipe({
    post: (message) => port.postMessage(message),
    close: () => port.close(),
  });
  port.on('message', (event) => end.receive(event.data));
  port.on('close', end.closed);
  port.start();
  return end.pipe;
}
