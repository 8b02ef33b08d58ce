/** The parent's side of `engine-child.ts`. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CommandInput, CommandName, CommandResult } from '../../electron/contract/contract.ts';

export interface SearchTimes {
  /** Milliseconds. */
  firstPage: number;
  complete: number;
  matches: number;
  /** Number of blocks read. */
  blocks: number;
}

export type Ask = { id: number } & (
  | { type: 'open' | 'first-window'; path: string }
  | { type: 'search'; filter: CommandInput<'search.start'> }
  | { type: 'call'; name: string; params: unknown; keep: boolean }
  | { type: 'stop' }
);
export interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** The bundled engine in a child process. */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #exited: Promise<void>;
  #next = 1;

  constructor(bundle: string, dataDir: string, workers = 0) {
    this.#child = fork(fileURLToPath(new URL('engine-child.ts', import.meta.url)), [bundle, dataDir, String(workers)]);
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.error === undefined) waiting?.resolve(answer.value);
      else waiting?.reject(new Error(answer.error));
    });
    this.#child.once('exit', (code) => {
      for (const waiting of this.#waiting.values()) waiting.reject(new Error(`the engine ended with status ${code}`));
    });
  }

  #ask<Result>(ask: WithoutId<Ask>): Promise<Result> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as Result), reject });
      this.#child.send({ ...ask, id });
    });
  }

  /** Opens a source and waits until it is indexed. */
  open(path: string): Promise<string> {
    return this.#ask({ type: 'open', path });
  }

  firstWindow(path: string): Promise<Record<string, number>> {
    return this.#ask({ type: 'first-window', path });
  }

  search(filter: CommandInput<'search.start'>): Promise<SearchTimes> {
    return this.#ask({ type: 'search', filter });
  }

  /**
   * Calls a command of the contract. Returns its result only if `keep` is set, otherwise null,
   * since only its time counts.
   */
  call<Name extends CommandName>(
    name: Name,
    params: CommandInput<Name>,
    keep = false,
  ): Promise<{ milliseconds: number; value: CommandResult<Name> | null }> {
    return this.#ask({ type: 'call', name, params, keep });
  }

  /** Calls a command of the contract for its result. */
  async result<Name extends CommandName>(name: Name, params: CommandInput<Name>): Promise<CommandResult<Name>> {
    const { value } = await this.call(name, params, true);
    if (value === null) throw new Error(`${name} has no result`);
    return value;
  }

  async stop(): Promise<void> {
    await this.#ask({ type: 'stop' });
    await this.#exited;
  }
}
