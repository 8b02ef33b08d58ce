import { type CommandName, commands, type EmitEvent } from '../../../electron/contract/contract.ts';
import { toErrorInfo } from '../../../electron/contract/errors.ts';
import type { MessagePipe, PipeMessage } from '../../../electron/contract/pipe.ts';
import { createFakeEngine } from './fake-engine.ts';

/** The fake engine behind a pipe, with the delay of a real one. */
export function fakePipe(delayMs = 4): MessagePipe {
  let listener: (message: PipeMessage) => void = () => {};
  const emit: EmitEvent = (event, payload) => setTimeout(() => listener({ type: 'event', event, payload }), delayMs);
  const { handlers } = createFakeEngine(emit);
  const never = new AbortController().signal;
  const answer = async (command: CommandName, params: unknown) => {
    const handler = handlers[command] as (params: unknown, signal: AbortSignal) => unknown;
    return handler(commands[command].params.parse(params), never);
  };
  return {
    send(message) {
      if (message.type !== 'request') return;
      const { id } = message;
      answer(message.command as CommandName, message.params).then(
        (value) => setTimeout(() => listener({ type: 'reply', id, reply: { ok: true, value } }), delayMs),
        (error: unknown) =>
          setTimeout(() => listener({ type: 'reply', id, reply: { ok: false, error: toErrorInfo(error) } }), delayMs),
      );
    },
    onMessage(next) {
      listener = next;
    },
    onClose: () => {},
    close: () => {},
  };
}
