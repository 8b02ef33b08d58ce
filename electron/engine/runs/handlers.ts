/** Handlers of the commands for many runs. */
import { Worker } from 'node:worker_threads';
import type { CommandParams } from '../../contract/contract.ts';
import { fromErrorInfo } from '../../contract/errors.ts';
import type { FoundRun, RunList, RunSummary } from '../../contract/runs-records.ts';
import { workerUrl } from '../base/worker-url.ts';
import { findRuns } from './find-runs.ts';
import type { RunsReply, RunsRequest } from './runs-worker.ts';

export interface RunsContext {
  /** Throws `no_case`, or `not_complete` if the case is not fully indexed. */
  databaseOf: (caseId: string) => string;
  dataDir: string;
}

export interface RunsHandlers {
  'runs.find': (params: CommandParams<'runs.find'>) => FoundRun[];
  'runs.summary': (params: CommandParams<'runs.summary'>) => Promise<RunSummary>;
  'runs.list': () => Promise<RunList>;
}

export function runsHandlers({ databaseOf, dataDir }: RunsContext): RunsHandlers {
  return {
    'runs.find': ({ paths }) => findRuns(paths),
    'runs.summary': async ({ caseId }) => {
      const reply = await ask({ type: 'summary', database: databaseOf(caseId) });
      if (reply.type !== 'summary') throw new Error('not a summary');
      return reply.run;
    },
    'runs.list': async () => {
      const reply = await ask({ type: 'list', dataDir });
      if (reply.type !== 'list') throw new Error('not a list');
      return reply.list;
    },
  };
}

/** Sends a request to a new thread, which then ends. */
function ask(request: RunsRequest): Promise<RunsReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl(import.meta.url, 'runs-worker'));
    worker.once('message', (reply: RunsReply) => {
      void worker.terminate();
      if (reply.type === 'error') reject(fromErrorInfo(reply.error));
      else resolve(reply);
    });
    worker.once('error', reject);
    worker.postMessage(request);
  });
}
