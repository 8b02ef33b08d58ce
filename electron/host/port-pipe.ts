/**
 * A message pipe over a port of `node:worker_threads`. It closes when the other side closes its
 * port or its thread ends.
 */
import type { MessagePort } from 'node:worker_threads';
import type { MessagePipe } from '../contract/pipe.ts';
import { makePipe } from './make-pipe.ts';

export function portPipe(port: MessagePort): MessagePipe {
  const end = makePipe({
    post: (message) => port.postMessage(message),
    close: () => port.close(),
  });
  port.on('message', end.receive);
  port.on('messageerror', end.pipe.close);
  port.on('close', end.closed);
  return end.pipe;
}
