/**
 * A live query is one question that is asked again whenever its answer may have changed. It asks
 * one at a time and not too often. The code that shows the answer decides when to refresh it.
 */
import { type ErrorInfo, toErrorInfo } from '../../electron/contract/errors.ts';
import type { Busy } from './busy.ts';

export interface LiveQuery {
  /**
   * Asks again once the current answer has arrived, so that a steady stream of changes never
   * starves the answer.
   */
  refresh(): void;
  dispose(): void;
}

export interface LiveQueryOptions<T> {
  name: string;
  busy: Busy;
  fetch: (signal: AbortSignal) => Promise<T>;
  onData: (data: T) => void;
  onError: (error: ErrorInfo) => void;
  /** The shortest time between two questions. */
  minIntervalMs?: number;
  /** The delay before the first question, for text being typed. */
  delayMs?: number;
  /** The answer is known, so nothing is asked before {@link LiveQuery.refresh}. */
  isAnswered?: boolean;
}

export function liveQuery<T>(options: LiveQueryOptions<T>): LiveQuery {
  const { busy, name, minIntervalMs = 300 } = options;
  const abort = new AbortController();
  let isRunning = false;
  let isWantedAgain = false;
  let lastStart = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let endWait = () => {};

  const run = async () => {
    timer = null;
    isRunning = true;
    isWantedAgain = false;
    lastStart = performance.now();
    const end = busy.begin(name);
    endWait();
    try {
      const data = await options.fetch(abort.signal);
      if (!abort.signal.aborted) options.onData(data);
    } catch (thrown) {
      const error = toErrorInfo(thrown);
      if (!abort.signal.aborted && error.kind !== 'cancelled') options.onError(error);
    } finally {
      end();
      isRunning = false;
      if (isWantedAgain && !abort.signal.aborted) schedule(0);
    }
  };
  const schedule = (delayMs: number) => {
    if (timer !== null || abort.signal.aborted) return;
    const wait = Math.max(delayMs, lastStart + minIntervalMs - performance.now(), 0);
    endWait = busy.begin(`${name} (waiting)`);
    timer = setTimeout(run, wait);
  };

  if (options.isAnswered !== true) schedule(options.delayMs ?? 0);

  return {
    refresh() {
      if (isRunning) isWantedAgain = true;
      else schedule(0);
    },
    dispose() {
      abort.abort();
      if (timer !== null) clearTimeout(timer);
      endWait();
    },
  };
}
