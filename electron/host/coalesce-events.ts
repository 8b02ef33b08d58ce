/** Coalescing drops events that a newer one of the same case, search or query has superseded. */
import type { EmitEvent } from '../contract/contract.ts';

/** An event about one case, search or query. Only the last of each counts. */
interface Payload {
  caseId?: string;
  searchId?: string;
  queryId?: string;
  complete?: boolean;
  phase?: string;
}

/**
 * Lets at most one event per name and subject (case, search or query) through per interval.
 * Delivers the first immediately and always delivers the last. An event that ends its subject
 * (complete, cancelled, failed) does not wait.
 */
export function coalesceEvents(deliver: (event: string, payload: unknown) => void, intervalMs = 100) {
  const waiting = new Map<string, { timer: NodeJS.Timeout; send: (() => void) | null }>();

  const pause = (key: string) => {
    const timer = setTimeout(() => {
      const entry = waiting.get(key);
      waiting.delete(key);
      if (entry?.send == null) return;
      entry.send();
      pause(key);
    }, intervalMs);
    timer.unref();
    waiting.set(key, { timer, send: null });
  };
  const emit: EmitEvent = (name, payload) => {
    const subject: Payload = payload;
    const key = `${name} ${subject.queryId ?? subject.searchId ?? subject.caseId ?? ''}`;
    const entry = waiting.get(key);
    const isLast = subject.complete === true || ['complete', 'cancelled', 'failed'].includes(subject.phase ?? '');
    if (entry === undefined || isLast) {
      clearTimeout(entry?.timer);
      deliver(name, payload);
      pause(key);
    } else {
      entry.send = () => deliver(name, payload);
    }
  };
  return {
    emit,
    /** Delivers waiting events now. */
    flush() {
      for (const entry of waiting.values()) {
        clearTimeout(entry.timer);
        entry.send?.();
      }
      waiting.clear();
    },
  };
}
