/** A relay joins two pipes, such as a window's and the engine's. */
import { isPipeMessage, type MessagePipe } from '../contract/pipe.ts';
import { uncloneableReply } from './replies.ts';

/** Joins two pipes: forwards messages both ways, and closing one closes the other. */
export function relay(client: MessagePipe, engine: MessagePipe): void {
  client.onMessage((message) => {
    if (isPipeMessage(message)) engine.send(message);
  });
  engine.onMessage((message) => {
    if (!isPipeMessage(message)) return;
    try {
      client.send(message);
    } catch (error) {
      // The engine's port can carry more than this transport (JSON), so the caller gets an error
      // instead of silence.
      if (message.type === 'reply') client.send({ type: 'reply', id: message.id, reply: uncloneableReply('', error) });
    }
  });
  client.onClose(() => engine.close());
  engine.onClose(() => client.close());
}
