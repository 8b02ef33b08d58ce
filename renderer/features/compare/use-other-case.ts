/**
 * The other case of a comparison is a second case that the window opens beside its own and closes
 * when no view shows it any more. The hook follows its progress. If the path holds several runs, it
 * returns their roots to choose from.
 */
import { useEffect, useState } from 'react';
import type { IndexProgress, RunRoot } from '../../../electron/contract/case-records.ts';
import { type ErrorInfo, toErrorInfo } from '../../../electron/contract/errors.ts';
import { useStores } from '../../state/StoresContext.tsx';
import type { OtherRun } from './compare-state.ts';

export interface OtherCase {
  caseId: string | null;
  progress: IndexProgress | null;
  /** The roots to choose from, if the path holds several runs. */
  roots: readonly RunRoot[] | null;
  error: ErrorInfo | null;
}

const nothing: OtherCase = { caseId: null, progress: null, roots: null, error: null };

export function useOtherCase(other: OtherRun | null): OtherCase {
  const { client, busy } = useStores();
  const [state, setState] = useState<OtherCase>(nothing);
  useEffect(() => {
    setState(nothing);
    if (other === null) return;
    let isOver = false;
    let mine: string | null = null;
    let last: IndexProgress | null = null;
    const end = busy.begin('the other run');
    const close = (caseId: string) => {
      // Nothing waits for this call, and the engine reports a case that fails to close.
      client.call('case.close', { caseId }).catch(() => {});
    };
    const onProgress = (progress: IndexProgress) => {
      last = progress;
      if (isOver || progress.caseId !== mine) return;
      setState({ ...nothing, caseId: mine, progress });
      if (['complete', 'cancelled', 'failed'].includes(progress.phase)) end();
    };
    const stop = client.on('case.progressed', onProgress);
    const open = async () => {
      try {
        const summary = await client.call('case.open', { path: other.path, root: other.root });
        if (isOver) return close(summary.caseId);
        mine = summary.caseId;
        // Progress reported before the answer came is newer than the answer.
        onProgress(last?.caseId === mine ? last : summary.progress);
      } catch (thrown) {
        const error = toErrorInfo(thrown);
        const found =
          error.code === 'several_roots'
            ? await client.call('source.inspect', { path: other.path }).catch(() => null)
            : null;
        if (!isOver) setState({ ...nothing, roots: found?.roots ?? null, error: found === null ? error : null });
        end();
      }
    };
    void open();
    return () => {
      isOver = true;
      stop();
      end();
      if (mine !== null) close(mine);
    };
  }, [other, client, busy]);
  return state;
}
