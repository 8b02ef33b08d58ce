/** The engine client is the engine as code in a shell sees it, whatever pipe lies between. */
import type { CancelSignal, CommandInput, CommandName, CommandResult, EventName, EventPayload } from './contract.ts';
import { cancelledInfo, type ErrorInfo, fromErrorInfo, type PostrunError } from './errors.ts';
import { isPipeMessage, type MessagePipe, type Reply } from './pipe.ts';

export interface EngineClient {
  /**
   * Calls a command. Rejects with {@link PostrunError}, of kind `cancelled` when `signal` is
   * aborted.
   */
  call<Name extends CommandName>(
    name: Name,
    params: CommandInput<Name>,
    options?: { signal?: CancelSignal },
  ): Promise<CommandResult<Name>>;
  /** Listens to an event and returns the function that stops listening. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void;
  /** Number of requests without a reply. 0 is one sign that the app is idle. */
  pending(): number;
  close(): void;
}

/**
 * Speaks the contract over a pipe. When the pipe closes, open requests reject with code
 * `connection_lost`.
 */
export function createClient(pipe: MessagePipe): EngineClient {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: PostrunError) => void }>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let nextId = 1;
  let lost: ErrorInfo | null = null;

  pipe.onMessage((message) => {
    if (!isPipeMessage(message)) return;
    if (message.type === 'reply') {
      const waiting = open.get(message.id);
      if (waiting === undefined) return;
      open.delete(message.id);
      const reply: Reply = message.reply;
      if (reply.ok) waiting.resolve(reply.value);
      else waiting.reject(fromErrorInfo(reply.error));
    } else if (message.type === 'event') {
      for (const listener of listeners.get(message.event) ?? []) listener(message.payload);
    }
  });
  pipe.onClose(() => {
    lost = {
      kind: 'environment',
      code: 'connection_lost',
      message: 'The connection to the engine was lost. Reload the window to connect again; the case is kept.',
      where: null,
      detail: null,
    };
    for (const waiting of open.values()) waiting.reject(fromErrorInfo(lost));
    open.clear();
  });

  return {
    call<Name extends CommandName>(name: Name, params: CommandInput<Name>, options?: { signal?: CancelSignal }) {
      return new Promise<CommandResult<Name>>((resolve, reject) => {
        if (lost !== null) return reject(fromErrorInfo(lost));
        const signal = options?.signal;
        if (signal?.aborted) return reject(fromErrorInfo(cancelledInfo()));
        const id = nextId++;
        const onAbort = () => {
          if (!open.delete(id)) return;
          pipe.send({ type: 'cancel', id });
          reject(fromErrorInfo(cancelledInfo()));
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        open.set(id, {
          resolve: (value) => {
            signal?.removeEventListener('abort', onAbort);
            resolve(value as CommandResult<Name>);
          },
          reject: (error) => {
            signal?.removeEventListener('abort', onAbort);
            reject(error);
          },
        });
        pipe.send({ type: 'request', id, command: name, params });
      });
    },
    on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      const wrapped = listener as (payload: unknown) => void;
      set.add(wrapped);
      return () => {
        set.delete(wrapped);
      };
    },
    pending: () => open.size,
    close: () => pipe.close(),
  };
}
