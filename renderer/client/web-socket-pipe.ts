/**
 * A web socket pipe carries one JSON message per frame. It queues messages until the socket is
 * open.
 */
import type { MessagePipe, PipeMessage } from '../../electron/contract/pipe.ts';
import { receiver } from './receiver.ts';

export function webSocketPipe(url: string): MessagePipe {
  const socket = new WebSocket(url);
  const inbox = receiver();
  let waiting: string[] | null = [];

  socket.addEventListener('open', () => {
    for (const text of waiting ?? []) socket.send(text);
    waiting = null;
  });
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') inbox.message(JSON.parse(event.data));
  });
  socket.addEventListener('close', () => inbox.close());

  return {
    send(message: PipeMessage) {
      const text = JSON.stringify(message);
      if (waiting !== null) waiting.push(text);
      else if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => socket.close(),
  };
}
