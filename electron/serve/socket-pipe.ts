/** A message pipe over a WebSocket. */
import type { WebSocket } from 'ws';
import type { MessagePipe } from '../contract/pipe.ts';
import { makePipe } from '../host/make-pipe.ts';

/** Messages a second that one page may send; what comes faster waits in the network. */
const maxMessagesPerSecond = 2_000;
/** Bytes that may wait for a page that does not read; then its connection ends. */
const maxWaitingBytes = 256 * 1024 * 1024;
/** A page that does not answer a ping within this time is gone. */
const pingMs = 30_000;

/**
 * The server's side of a WebSocket as a pipe: one JSON message a text frame. What is not JSON
 * closes it.
 */
export function socketPipe(socket: WebSocket): MessagePipe {
  const end = makePipe({
    post(message) {
      socket.send(JSON.stringify(message));
      if (socket.bufferedAmount > maxWaitingBytes) socket.terminate();
    },
    close: () => socket.close(),
  });
  let inThisSecond = 0;
  const second = setInterval(() => {
    inThisSecond = 0;
    if (socket.isPaused) socket.resume();
  }, 1_000);
  let isAlive = true;
  const ping = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, pingMs);
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('message', (data, isBinary) => {
    isAlive = true;
    if (++inThisSecond >= maxMessagesPerSecond) socket.pause();
    try {
      if (isBinary) throw new TypeError('a binary frame');
      end.receive(JSON.parse(String(data)));
    } catch {
      socket.close(1007, 'JSON text expected');
    }
  });
  socket.on('close', () => {
    clearInterval(second);
    clearInterval(ping);
    end.closed();
  });
  // A broken connection ends in 'close' as well.
  socket.on('error', () => socket.terminate());
  return end.pipe;
}
