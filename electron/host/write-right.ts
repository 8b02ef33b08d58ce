/**
 * The write right of a pipe says which files its commands may write: `anywhere` (the command line:
 * the person typed the path), `named` (a window of the desktop app: files that the person named in
 * the system's dialog), or `nowhere` (a page in a browser, which gets downloads). So a compromised
 * page cannot overwrite a file.
 */
import { resolve } from 'node:path';
import { savingCommands } from '../contract/contract.ts';
import { isObject, isOneOf } from '../contract/known-keys.ts';
import type { Reply } from '../contract/pipe.ts';
import { badRequest } from './replies.ts';

export type WriteRight = 'anywhere' | 'named' | 'nowhere';

/**
 * The name of a file and the command that writes it arrive on different channels. This is how long
 * the command waits for the name.
 */
const patienceMs = 1_000;

export interface NamedPaths {
  add(path: string): void;
  /** Returns the reply that refuses a command, or null if the pipe may run it. */
  refuse(command: string, params: unknown, right: WriteRight): Promise<Reply | null>;
}

export function createNamedPaths(): NamedPaths {
  const paths = new Set<string>();
  const listeners = new Set<() => void>();
  return {
    add(path) {
      paths.add(resolve(path));
      for (const listener of [...listeners]) listener();
    },
    async refuse(command, params, right) {
      if (right === 'anywhere' || !isOneOf(savingCommands, command)) return null;
      const path = isObject(params) ? params.path : undefined;
      if (right === 'named' && typeof path === 'string') {
        if (!paths.has(resolve(path))) await nextName(listeners);
        if (paths.has(resolve(path))) return null;
      }
      const message =
        right === 'named'
          ? 'A window writes only files that were named in the dialog for saving. Save again and choose a file.'
          : 'A page in a browser writes no files. Download it instead.';
      return badRequest('not_named', message, typeof path === 'string' ? path : null);
    },
  };
}

function nextName(listeners: Set<() => void>): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      listeners.delete(end);
      done();
    };
    const timer = setTimeout(end, patienceMs);
    listeners.add(end);
  });
}
