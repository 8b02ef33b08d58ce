/**
 * Following a case keeps what the window knows of it up to date while it is open: how far indexing
 * is, what the run is, and how its folder is watched and has grown.
 */

import type { CaseSummary, IndexProgress, WatchState } from '../../electron/contract/case-records.ts';
import type { EngineClient } from '../../electron/contract/client.ts';
import type { ErrorInfo } from '../../electron/contract/errors.ts';
import type { RunInfo } from '../../electron/contract/run-info.ts';
import type { Busy } from './busy.ts';
import { liveQuery } from './live-query.ts';

/** What changes while a case is open. */
export interface CaseNews {
  progress: IndexProgress | null;
  info: RunInfo | null;
  error: ErrorInfo | null;
  /** How the folder is watched and how much it has grown; null until known. */
  watch: WatchState | null;
}

export interface CaseFollower {
  onNews: (news: Partial<CaseNews>) => void;
  /** Called when records have changed, so that hooks ask again. */
  onRecords: () => void;
}

/** Returns the function that stops following. */
export function followCase(
  client: EngineClient,
  busy: Busy,
  { caseId, progress: first }: CaseSummary,
  { onNews, onRecords }: CaseFollower,
): () => void {
  let isStopped = false;
  let endIndexing = () => {};
  const onProgress = (progress: IndexProgress) => {
    if (progress.caseId !== caseId) return;
    endIndexing();
    endIndexing = isIndexing(progress) ? busy.begin('indexing') : () => {};
    onNews({ progress });
  };
  const onWatch = (watch: WatchState) => {
    if (watch.caseId === caseId && !isStopped) onNews({ watch });
  };
  onProgress(first);
  watchFolder(client, caseId).then(onWatch, () => {});
  const infoQuery = liveQuery({
    name: 'run.info',
    busy,
    fetch: (signal) => client.call('run.info', { caseId }, { signal }),
    onData: (info) => onNews({ info }),
    onError: (error) => onNews({ error }),
  });
  const stops = [
    client.on('case.grown', onWatch),
    client.on('case.progressed', onProgress),
    client.on('case.changed', (changed) => {
      if (changed.caseId !== caseId) return;
      onRecords();
      infoQuery.refresh();
    }),
  ];
  return () => {
    isStopped = true;
    for (const stop of stops) stop();
    infoQuery.dispose();
    endIndexing();
  };
}

/**
 * Asks for news when the folder grows. Keeps the mode if another window already follows the folder.
 */
async function watchFolder(client: EngineClient, caseId: string): Promise<WatchState> {
  const watch = await client.call('case.watching', { caseId });
  if (watch.mode !== 'off' || !watch.canWatch) return watch;
  return client.call('case.watch', { caseId, mode: 'notify' });
}

export function isIndexing(progress: IndexProgress | null): boolean {
  return progress !== null && !progress.isRefresh && ['listing', 'indexing', 'deriving'].includes(progress.phase);
}
