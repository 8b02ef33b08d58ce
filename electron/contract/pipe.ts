/** A message pipe carries plain data in order, both ways. It is all that a shell implements. */
import type { ErrorInfo } from './errors.ts';
import { isObject, isOneOf } from './known-keys.ts';

/**
 * Messages in order, both ways. A message is plain data that can be structured-cloned and written
 * as JSON.
 */
export interface MessagePipe {
  send(message: PipeMessage): void;
  /** At most one listener. Messages that arrive before it is set are kept. */
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

export type Reply = { ok: true; value: unknown } | { ok: false; error: ErrorInfo };

export type PipeMessage =
  | { type: 'request'; id: number; command: string; params: unknown }
  | { type: 'cancel'; id: number }
  | { type: 'reply'; id: number; reply: Reply }
  | { type: 'event'; event: string; payload: unknown };

/**
 * Decides whether something that arrived is a message, by its type. Whoever serves strangers checks
 * the rest as well.
 */
export function isPipeMessage(value: unknown): value is PipeMessage {
  return isObject(value) && isOneOf(['request', 'cancel', 'reply', 'event'], value.type);
}
