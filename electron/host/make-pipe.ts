/** The common part of all message pipes: messages that wait for a listener, and closing once. */
import type { MessagePipe, PipeMessage } from '../contract/pipe.ts';

/**
 * One end of a transport, for its implementation: `pipe` is handed out, `receive` and `closed`
 * report what arrives.
 */
export interface PipeEnd {
  pipe: MessagePipe;
  receive(message: unknown): void;
  closed(): void;
}

/**
 * Makes a transport behave as a {@link MessagePipe}: messages that arrive before the listener are
 * kept, closing happens once, sending into a closed pipe does nothing. `post` throws if the
 * transport cannot carry a message.
 */
export function makePipe(transport: { post(message: PipeMessage): void; close(): void }): PipeEnd {
  let listener: ((message: unknown) => void) | null = null;
  let early: unknown[] = [];
  let isClosed = false;
  const closeListeners: (() => void)[] = [];

  const closed = () => {
    if (isClosed) return;
    isClosed = true;
    for (const onClose of closeListeners) onClose();
  };
  const pipe: MessagePipe = {
    send(message) {
      if (!isClosed) transport.post(message);
    },
    onMessage(next) {
      listener = next;
      const kept = early;
      early = [];
      for (const message of kept) next(message);
    },
    onClose(onClose) {
      if (isClosed) onClose();
      else closeListeners.push(onClose);
    },
    close() {
      if (isClosed) return;
      transport.close();
      closed();
    },
  };
  return {
    pipe,
    receive(message) {
      if (isClosed) return;
      if (listener === null) early.push(message);
      else listener(message);
    },
    closed,
  };
}
