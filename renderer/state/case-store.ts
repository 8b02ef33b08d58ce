/**
 * The case store holds the window's one open case: how far its opening and indexing are, what the
 * run is, and how much its folder has grown. Opening another case closes it first. The store drops
 * answers to a superseded opening.
 */
import { createStore } from 'zustand/vanilla';
import type { EngineClient } from '../../electron/contract/client.ts';
import { type ErrorInfo, toErrorInfo } from '../../electron/contract/errors.ts';
import type {
  CaseSummary,
  IndexProgress,
  RunInfo,
  SourceInspection,
  WatchMode,
  WatchState,
} from '../../electron/contract/records.ts';
import type { Busy } from './busy.ts';
import { type LiveQuery, liveQuery } from './live-query.ts';

type CasePhase = 'none' | 'opening' | 'choosingRoot' | 'open' | 'failed';

export interface CaseState {
  phase: CasePhase;
  /** The path asked for, even if it failed to open. */
  path: string | null;
  root: string | null;
  summary: CaseSummary | null;
  caseId: string | null;
  progress: IndexProgress | null;
  info: RunInfo | null;
  /** Set if several runs were found and one has to be chosen. */
  inspection: SourceInspection | null;
  error: ErrorInfo | null;
  /** How the folder is watched and how much it has grown; null until known. */
  watch: WatchState | null;
  /** Grows when records change, so that hooks ask again. */
  revision: number;
  open(path: string, root?: string | null, rebuild?: boolean): Promise<void>;
  close(): void;
  cancelIndexing(): void;
  resumeIndexing(): void;
  /** Reads what the folder has gained. */
  readNew(): void;
  setWatch(mode: WatchMode): void;
}

const closed = {
  path: null,
  root: null,
  summary: null,
  caseId: null,
  progress: null,
  info: null,
  inspection: null,
  error: null,
  watch: null,
};

export function createCaseStore(client: EngineClient, busy: Busy) {
  let opening = 0;
  let infoQuery: LiveQuery | null = null;
  let endIndexing = () => {};
  const leavers = new Set<() => void>();

  const store = createStore<CaseState>()((set, get) => {
    const leave = () => {
      const { caseId } = get();
      for (const onLeave of leavers) onLeave();
      infoQuery?.dispose();
      infoQuery = null;
      endIndexing();
      // Nothing waits for this call, and the engine reports a case that fails to close.
      if (caseId !== null) client.call('case.close', { caseId }).catch(() => {});
    };
    const control = (name: 'case.cancel' | 'case.resume') => {
      const { caseId } = get();
      if (caseId === null) return;
      client.call(name, { caseId }).catch((thrown) => set({ error: toErrorInfo(thrown) }));
    };
    return {
      phase: 'none',
      ...closed,
      revision: 0,
      async open(path, root = null, rebuild = false) {
        const mine = ++opening;
        leave();
        set({ ...closed, phase: 'opening', path, root });
        const end = busy.begin('opening');
        try {
          const summary = await client.call('case.open', { path, root, rebuild });
          if (mine !== opening) return;
          const { caseId } = summary;
          set({ phase: 'open', summary, caseId, root: summary.root, revision: get().revision + 1 });
          onProgress(summary.progress);
          watchFolder(caseId).catch(() => {});
          infoQuery = liveQuery({
            name: 'run.info',
            busy,
            fetch: (signal) => client.call('run.info', { caseId }, { signal }),
            onData: (info) => set({ info }),
            onError: (error) => set({ error }),
          });
        } catch (thrown) {
          if (mine !== opening) return;
          const error = toErrorInfo(thrown);
          if (error.code === 'several_roots') {
            const inspection = await client.call('source.inspect', { path }).catch(() => null);
            if (mine !== opening) return;
            if (inspection !== null) return set({ phase: 'choosingRoot', inspection });
          }
          set({ phase: 'failed', error });
        } finally {
          end();
        }
      },
      close() {
        opening++;
        leave();
        set({ ...closed, phase: 'none' });
      },
      cancelIndexing: () => control('case.cancel'),
      resumeIndexing: () => control('case.resume'),
      readNew() {
        const { caseId } = get();
        if (caseId === null) return;
        const end = busy.begin('case.refresh');
        client
          .call('case.refresh', { caseId })
          .catch((thrown) => set({ error: toErrorInfo(thrown) }))
          .finally(end);
      },
      setWatch(mode) {
        const { caseId } = get();
        if (caseId === null) return;
        client.call('case.watch', { caseId, mode }).then(onWatch, (thrown) => set({ error: toErrorInfo(thrown) }));
      },
    };
  });

  const onWatch = (watch: WatchState) => {
    if (watch.caseId === store.getState().caseId) store.setState({ watch });
  };
  /**
   * Asks for news when the folder grows. Keeps the mode if another window already follows the
   * folder.
   */
  const watchFolder = async (caseId: string) => {
    const watch = await client.call('case.watching', { caseId });
    onWatch(
      watch.mode === 'off' && watch.canWatch ? await client.call('case.watch', { caseId, mode: 'notify' }) : watch,
    );
  };
  const onProgress = (progress: IndexProgress) => {
    if (progress.caseId !== store.getState().caseId) return;
    endIndexing();
    endIndexing = isIndexing(progress) ? busy.begin('indexing') : () => {};
    store.setState({ progress });
  };
  client.on('case.grown', onWatch);
  client.on('case.progressed', onProgress);
  client.on('case.changed', ({ caseId }) => {
    const state = store.getState();
    if (caseId !== state.caseId) return;
    store.setState({ revision: state.revision + 1 });
    infoQuery?.refresh();
  });
  /** Registers a function that runs before the case closes, to write what is unwritten. */
  const onLeave = (run: () => void) => leavers.add(run);
  return { ...store, onLeave };
}

export function isIndexing(progress: IndexProgress | null): boolean {
  return progress !== null && !progress.isRefresh && ['listing', 'indexing', 'deriving'].includes(progress.phase);
}
