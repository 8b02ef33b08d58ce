/**
 * The dispatcher between message pipes and the engine: requests in, replies and events out, all as
 * data. It knows no transport and no particular command. It refuses an unknown command, wrong
 * parameters, or a result that cannot be sent with a reply, so that no caller waits forever.
 */
import { commands, type EmitEvent, type Handlers } from '../contract/contract.ts';
import { cancelledInfo, toErrorInfo } from '../contract/errors.ts';
import { isKeyOf, isObject } from '../contract/known-keys.ts';
import type { MessagePipe, Reply } from '../contract/pipe.ts';
import { coalesceEvents } from './coalesce-events.ts';
import { badRequest, failure, uncloneableReply } from './replies.ts';
import { createSlowLog, type SlowCommand } from './slow-log.ts';
import { createNamedPaths, type WriteRight } from './write-right.ts';

/** An engine to serve: handlers of the commands, and how to close them. */
export interface Engine {
  handlers: Partial<Handlers>;
  close(): Promise<void> | void;
}

/**
 * Makes the engine when the first pipe connects. `emit` reaches every pipe. If it fails, every
 * request gets the failure as its reply.
 */
export type CreateHandlers = (emit: EmitEvent) => Engine;

export interface EngineServer {
  /**
   * Serves another pipe. `who` names it in the log of slow commands; `right` says which files it
   * may write (default: any).
   */
  connect(pipe: MessagePipe, who?: string, right?: WriteRight): void;
  /**
   * Records that the person named a file in a dialog of the shell. Pipes with the right `named` may
   * write it.
   */
  nameFile(path: string): void;
  /** Returns commands that took more than 40 ms, oldest first. */
  slowCommands(): SlowCommand[];
  /** Cancels what runs, and closes every pipe and the engine. */
  close(): Promise<void>;
}

/** Serves one engine on any number of pipes. */
export function createEngineServer(createHandlers: CreateHandlers): EngineServer {
  const pipes = new Map<MessagePipe, () => void>();
  const slow = createSlowLog();
  const events = coalesceEvents((event, payload) => {
    for (const pipe of pipes.keys()) pipe.send({ type: 'event', event, payload });
  });
  const named = createNamedPaths();
  let engine: Engine | null = null;
  let isClosing = false;
  const getEngine = () => {
    engine ??= createHandlers(events.emit);
    return engine;
  };

  return {
    connect(pipe, who = 'unnamed', right = 'anywhere') {
      const held = holdCases((caseId) => {
        // Closing the engine closes all cases anyway.
        if (!isClosing) void run(getEngine, 'case.close', { caseId }, new AbortController().signal);
      });
      const abortAll = servePipe(pipe, async (command, params, signal) => {
        const started = performance.now();
        const at = Date.now();
        const refusal = await named.refuse(command, params, right);
        const reply = refusal ?? (await run(getEngine, command, params, signal));
        held.note(command, params, reply);
        slow.note({ command, who, milliseconds: performance.now() - started, at, ok: reply.ok });
        return reply;
      });
      pipes.set(pipe, abortAll);
      pipe.onClose(() => {
        pipes.delete(pipe);
        abortAll();
        held.release();
      });
    },
    nameFile: named.add,
    slowCommands: slow.list,
    async close() {
      isClosing = true;
      events.flush();
      for (const pipe of [...pipes.keys()]) pipe.close();
      await engine?.close();
      engine = null;
    },
  };
}

/** Serves one engine on one pipe. */
export function serveEngine(pipe: MessagePipe, createHandlers: CreateHandlers): EngineServer {
  const server = createEngineServer(createHandlers);
  server.connect(pipe);
  return server;
}

/**
 * Tracks the cases that one pipe has opened and not closed, each as often as it is held: a window
 * that is shut or reloaded does not close them. When the pipe is released, calls `close` for each,
 * including those that finish opening only afterwards.
 */
function holdCases(close: (caseId: string) => void) {
  const held: string[] = [];
  let isReleased = false;
  return {
    note(command: string, params: unknown, reply: Reply): void {
      if (!reply.ok) return;
      if (command === 'case.open') {
        const caseId = caseIdOf(reply.value);
        if (caseId === null) return;
        if (isReleased) close(caseId);
        else held.push(caseId);
      } else if (command === 'case.close') {
        const at = held.indexOf(caseIdOf(params) ?? '');
        if (at >= 0) held.splice(at, 1);
      }
    },
    release(): void {
      isReleased = true;
      for (const caseId of held.splice(0)) close(caseId);
    },
  };
}

/** Returns the case that a result or parameters name, or null. */
function caseIdOf(value: unknown): string | null {
  return isObject(value) && typeof value.caseId === 'string' ? value.caseId : null;
}

/** Requests of one pipe that may be open at a time. */
const maxOpenRequests = 1_000;

type RunRequest = (command: string, params: unknown, signal: AbortSignal) => Promise<Reply>;

/** Reads requests and cancels from a pipe. Returns the function that aborts all open requests. */
function servePipe(pipe: MessagePipe, runRequest: RunRequest): () => void {
  const open = new Map<number, AbortController>();

  const answer = (id: number, command: string, reply: Reply) => {
    try {
      pipe.send({ type: 'reply', id, reply });
    } catch (error) {
      pipe.send({ type: 'reply', id, reply: uncloneableReply(command, error) });
    }
  };
  pipe.onMessage((raw) => {
    const message = isObject(raw) ? raw : null;
    if (message?.type === 'cancel' && typeof message.id === 'number') open.get(message.id)?.abort();
    if (message?.type !== 'request' || typeof message.id !== 'number') return;
    const { id, command, params } = message;
    if (open.size >= maxOpenRequests) {
      answer(id, '', badRequest('too_many_requests', 'Too many requests are open. Wait for their replies.', null));
      return;
    }
    if (typeof command !== 'string' || open.has(id)) {
      answer(id, '', badRequest('bad_request', 'A request needs a new id and the name of a command.', null));
      return;
    }
    const controller = new AbortController();
    open.set(id, controller);
    // Starts a turn later, so that a cancel already queued behind the request (the next key was
    // typed) stops it before it starts.
    setImmediate(async () => {
      const { signal } = controller;
      const reply = signal.aborted ? failure(cancelledInfo()) : await runRequest(command, params, signal);
      open.delete(id);
      answer(id, command, reply);
    });
  });
  return () => {
    for (const controller of open.values()) controller.abort();
  };
}

async function run(getEngine: () => Engine, name: string, params: unknown, signal: AbortSignal): Promise<Reply> {
  if (!isKeyOf(commands, name)) {
    return badRequest('unknown_command', `There is no command ${JSON.stringify(name.slice(0, 100))}.`, null);
  }
  const checked = commands[name].params.safeParse(params);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    const field = issue?.path.map(String).join('.') ?? '';
    const message = `${name}: ${field === '' ? 'parameters' : field}: ${issue?.message ?? 'not as expected'}`;
    return badRequest('bad_request', message, field === '' ? null : field);
  }
  try {
    const { handlers } = getEngine();
    const handler = handlers[name] as ((params: unknown, signal: AbortSignal) => unknown) | undefined;
    if (handler === undefined) return badRequest('unknown_command', `This engine does not have ${name}.`, null);
    return { ok: true, value: await handler(checked.data, signal) };
  } catch (error) {
    // Whatever a cancelled handler throws on its way out, the caller sees a cancel.
    return failure(signal.aborted ? cancelledInfo() : toErrorInfo(error));
  }
}
