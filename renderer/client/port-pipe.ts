/**
 * A port pipe is a MessagePort as a pipe. In Electron the preload hands one over; tests use both
 * ends of a MessageChannel.
 */
import type { MessagePipe, PipeMessage } from '../../electron/contract/pipe.ts';
import { receiver } from './receiver.ts';

export function portPipe(port: MessagePort): MessagePipe {
  const inbox = receiver();
  port.addEventListener('message', (event: MessageEvent<unknown>) => inbox.message(event.data));
  port.addEventListener('close', () => inbox.close());
  port.start();
  return {
    send: (message: PipeMessage) => port.postMessage(message),
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => port.close(),
  };
}
