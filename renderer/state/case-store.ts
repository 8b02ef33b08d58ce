/**
 * The case store holds the window's one open case: how far its opening and indexing are, what the
 * run is, and how much its folder has grown. Opening another case closes it first. The store drops
 * answers to a superseded opening.
 */
import { createStore } from 'zustand/vanilla';
import type { CaseSummary, SourceInspection, WatchMode } from '../../electron/contract/case-records.ts';
import type { EngineClient } from '../../electron/contract/client.ts';
import { type ErrorInfo, toErrorInfo } from '../../electron/contract/errors.ts';
import type { Busy } from './busy.ts';
import { type CaseNews, followCase } from './follow-case.ts';

type CasePhase = 'none' | 'opening' | 'choosingRoot' | 'open' | 'failed';

export interface CaseState extends CaseNews {
  phase: CasePhase;
  /** The path asked for, even if it failed to open. */
  path: string | null;
  root: string | null;
  summary: CaseSummary | null;
  caseId: string | null;
  /** Set if several runs were found and one has to be chosen. */
  inspection: SourceInspection | null;
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
  let stopFollowing = () => {};
  const leavers = new Set<() => void>();

  const store = createStore<CaseState>()((set, get) => {
    const leave = () => {
      const { caseId } = get();
      for (const onLeave of leavers) onLeave();
      stopFollowing();
      stopFollowing = () => {};
      // Nothing waits for this call, and the engine reports a case that fails to close.
      if (caseId !== null) client.call('case.close', { caseId }).catch(() => {});
    };
    const onError = (thrown: unknown) => set({ error: toErrorInfo(thrown) });
    const onRecords = () => set({ revision: get().revision + 1 });
    /** Offers the runs to choose from if there are several, otherwise says what is wrong. */
    const onFailed = async (path: string, error: ErrorInfo, isSuperseded: () => boolean) => {
      const isChoice = error.code === 'several_roots';
      const inspection = isChoice ? await client.call('source.inspect', { path }).catch(() => null) : null;
      if (isSuperseded()) return;
      set(inspection === null ? { phase: 'failed', error } : { phase: 'choosingRoot', inspection });
    };
    /** Calls a command that controls the open case. */
    const control = async (name: 'case.cancel' | 'case.resume' | 'case.refresh') => {
      const { caseId } = get();
      if (caseId !== null) await client.call(name, { caseId }).catch(onError);
    };
    return {
      phase: 'none',
      ...closed,
      revision: 0,
      async open(path, root = null, rebuild = false) {
        const mine = ++opening;
        const isSuperseded = () => mine !== opening;
        leave();
        set({ ...closed, phase: 'opening', path, root });
        const end = busy.begin('opening');
        try {
          const summary = await client.call('case.open', { path, root, rebuild });
          if (isSuperseded()) return;
          const { caseId } = summary;
          set({ phase: 'open', summary, caseId, root: summary.root, revision: get().revision + 1 });
          stopFollowing = followCase(client, busy, summary, { onNews: set, onRecords });
        } catch (thrown) {
          if (!isSuperseded()) await onFailed(path, toErrorInfo(thrown), isSuperseded);
        } finally {
          end();
        }
      },
      close() {
        opening++;
        leave();
        set({ ...closed, phase: 'none' });
      },
      cancelIndexing: () => void control('case.cancel'),
      resumeIndexing: () => void control('case.resume'),
      readNew: () => void control('case.refresh').finally(busy.begin('case.refresh')),
      setWatch(mode) {
        const { caseId } = get();
        if (caseId === null) return;
        client.call('case.watch', { caseId, mode }).then((watch) => {
          if (watch.caseId === get().caseId) set({ watch });
        }, onError);
      },
    };
  });
  /** Registers a function that runs before the case closes, to write what is unwritten. */
  const onLeave = (run: () => void) => leavers.add(run);
  return { ...store, onLeave };
}
