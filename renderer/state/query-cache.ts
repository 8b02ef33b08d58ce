/**
 * The query cache keeps the engine's latest answers by question, so that going back to a view shows
 * it immediately. It also keeps the questions under way, so that two parts of a view that ask the
 * same share one answer.
 */
export interface QueryCache {
  /** Returns the last answer, perhaps of an older revision of the case. */
  get(key: string): { revision: number; data: unknown } | undefined;
  set(key: string, revision: number, data: unknown): void;
  /**
   * Joins the same question about the same revision if it is under way, otherwise asks it with
   * `fetch`. Cancels the question once everybody who asked it has aborted.
   */
  ask<T>(key: string, revision: number, signal: AbortSignal, fetch: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

interface Question {
  answer: Promise<unknown>;
  abort: AbortController;
  askers: number;
}

export function createQueryCache(most = 200): QueryCache {
  const entries = new Map<string, { revision: number; data: unknown }>();
  const underWay = new Map<string, Question>();

  const begin = (name: string, fetch: (signal: AbortSignal) => Promise<unknown>): Question => {
    const abort = new AbortController();
    const question: Question = { answer: fetch(abort.signal), abort, askers: 0 };
    underWay.set(name, question);
    const end = () => {
      if (underWay.get(name) === question) underWay.delete(name);
    };
    question.answer.then(end, end);
    return question;
  };

  return {
    get: (key) => entries.get(key),
    set(key, revision, data) {
      entries.delete(key);
      entries.set(key, { revision, data });
      // A Map keeps the order of insertion, so the first key was set longest ago.
      for (const oldest of entries.keys()) {
        if (entries.size <= most) break;
        entries.delete(oldest);
      }
    },
    ask<T>(key: string, revision: number, signal: AbortSignal, fetch: (signal: AbortSignal) => Promise<T>) {
      const name = `${revision} ${key}`;
      const question = underWay.get(name) ?? begin(name, fetch);
      question.askers++;
      const leave = () => {
        question.askers--;
        if (question.askers > 0) return;
        if (underWay.get(name) === question) underWay.delete(name);
        question.abort.abort();
      };
      signal.addEventListener('abort', leave, { once: true });
      return question.answer as Promise<T>;
    },
  };
}
