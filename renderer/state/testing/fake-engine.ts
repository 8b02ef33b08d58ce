/** A fake engine keeps the questions of the window; the test gives each answer when it chooses. */
import type { EngineClient } from '../../../electron/contract/client.ts';
import type { CancelSignal } from '../../../electron/contract/contract.ts';

export interface Question {
  name: string;
  params: Record<string, unknown>;
  isCancelled: boolean;
  answer: (result: unknown) => void;
  refuse: (error: unknown) => void;
}

export class FakeEngine {
  readonly client: EngineClient = {
    call: (name, params, options) => this.#ask(name, params, options?.signal),
    on: (name, listener) => {
      const listeners = this.#listeners.get(name) ?? new Set();
      this.#listeners.set(name, listeners.add(listener));
      return () => listeners.delete(listener);
    },
    pending: () => 0,
    close: () => {},
  };
  /** All questions so far, also those that were answered or cancelled. */
  readonly questions: Question[] = [];
  readonly #listeners = new Map<string, Set<(payload: never) => void>>();

  #ask(name: string, params: object, signal?: CancelSignal): Promise<never> {
    const { promise, resolve, reject } = Promise.withResolvers<never>();
    const question: Question = {
      name,
      params: { ...params },
      isCancelled: false,
      answer: (result) => resolve(result as never),
      refuse: reject,
    };
    const cancel = () => {
      question.isCancelled = true;
      reject(new DOMException('', 'AbortError'));
    };
    signal?.addEventListener('abort', cancel);
    const end = () => signal?.removeEventListener('abort', cancel);
    promise.then(end, end);
    this.questions.push(question);
    return promise;
  }

  /** Returns the questions of a name. */
  asked(name: string): Question[] {
    return this.questions.filter((question) => question.name === name);
  }

  /** Sends an event to everybody who listens. */
  send(name: string, payload: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }
}
