/** A fake engine answers commands from a table, for tests of the layers in front of it. */

import type { IndexProgress } from '../../contract/case-records.ts';
import type { CancelSignal, EmitEvent } from '../../contract/contract.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { Engine } from '../engine-server.ts';

/** Returns the progress of a case that does not exist. */
export function fakeProgress(caseId: string, phase: IndexProgress['phase'], bytesDone = 0): IndexProgress {
  return {
    caseId,
    phase,
    bytesDone,
    bytesTotal: 100,
    filesDone: 0,
    filesTotal: 1,
    bytesPerSecond: 0,
    secondsLeft: null,
    reused: false,
    isRefresh: false,
    message: null,
  };
}

/** Creates an engine with a few handlers, each of which shows one behaviour of the pipe. */
export function createFakeEngine(emit: EmitEvent): Engine {
  const seen: string[] = [];
  return {
    close() {},
    handlers: {
      'case.progress': ({ caseId }) => fakeProgress(caseId, 'indexing', 42),
      'case.close': ({ caseId }) => {
        throw new PostrunError('user', 'not_found', 'No such case. Open it again.', { where: caseId });
      },
      'case.cancel': () => {
        throw new TypeError('a bug');
      },
      // Waits until it is cancelled.
      'run.info': ({ caseId }, signal) => {
        seen.push(`started ${caseId}`);
        return new Promise<never>((_, reject) => {
          const stop = (): void => {
            seen.push(`cancelled ${caseId}`);
            reject(new Error('stopped'));
          };
          signal.addEventListener('abort', stop, { once: true });
          if (signal.aborted) stop();
        });
      },
      'case.recent': () => seen.map((source) => ({ source, root: '', openedUs: 0, bytes: 0, exists: true })),
      // Emits many events, the last of which says that it is complete.
      'case.resume': async ({ caseId }, signal: CancelSignal) => {
        for (let done = 0; done < 100; done++) emit('case.progressed', fakeProgress(caseId, 'indexing', done));
        signal.throwIfAborted();
        emit('case.progressed', fakeProgress(caseId, 'complete', 100));
        emit('case.changed', { caseId });
        return null;
      },
      'files.list': () => [(() => 'a function cannot be cloned') as never],
    },
  };
}
