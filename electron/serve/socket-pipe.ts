import type { WebSocket } from 'ws';
import type { MessagePipe } from '../contract/pipe.ts';
import { makePipe } from '../host/make-pipe.ts';

/** The server's side of a WebSocket as a pipe: one JSON message a text frame. What is not JSON closes it. */
export function socketPipe(socket: WebSocket): MessagePipe {
  const end = makePipe({
    post: (message) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
  });
  socket.on('message', (data, isBinary) => {
    try {
      if (isBinary) throw new TypeError('a binary frame');
      end.receive(JSON.parse(String(data)));
    } catch {
      socket.close(1007, 'JSON text expected');
    }
  });
  socket.on('close', end.closed);
  // A broken connection ends in 'close' as well.
  socket.on('error', () => socket.terminate());
  return end.pipe;
}
