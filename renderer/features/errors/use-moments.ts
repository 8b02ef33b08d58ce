/**
 * The moments of an error group: its lines counted in buckets of the range that is shown, for bars
 * of some pixels. Its first lines are read here, too.
 */
import { useMemo } from 'react';
import type { Moments, Signature, SignatureLines } from '../../../electron/contract/analysis.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { errorFilter } from '../../state/use-signatures.ts';

const none: SignatureLines['rows'] = [];

/** The first lines of a group, in order of time. */
export function useFirstLines(signature: Signature, most: number): SignatureLines['rows'] {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const { data } = useCommand(
    'analysis.signatureLines',
    caseId === null ? null : { caseId, filter: errorFilter(filter), id: signature.id, start: 0, count: most },
  );
  return data?.rows ?? none;
}

/** A row of a list of groups, among those that ask together when their errors happened. */
export interface MomentsRow {
  ids: readonly string[];
  at: number;
}

const ROWS_TOGETHER = 50;
const ROW_BUCKETS = 80;

/** The rows of a list of groups: one question for so many of them. */
export function momentsRows(signatures: readonly Signature[]): MomentsRow[] {
  const rows: MomentsRow[] = [];
  for (let start = 0; start < signatures.length; start += ROWS_TOGETHER) {
    const ids = signatures.slice(start, start + ROWS_TOGETHER).map((each) => each.id);
    for (const at of ids.keys()) rows.push({ ids, at });
  }
  return rows;
}

/** A range that moves with the hand is asked for when it rests. */
const REST_MS = 100;

/** The errors of a row's group over the range that is shown; null while they are not known yet. */
export function useRowMoments({ ids, at }: MomentsRow): Moments | null {
  const { fromUs, toUs } = useTimeAxis();
  const data = useMomentsOf(ids, { fromUs, toUs, buckets: ROW_BUCKETS });
  return useMemo(() => {
    const [counts, untimed] = [data?.counts[at], data?.untimed[at]];
    if (data === undefined || counts === undefined || untimed === undefined) return null;
    return { ...data, counts: [counts], untimed: [untimed] };
  }, [data, at]);
}

/**
 * All lines of a group over the range that is shown, counted in bars of some pixels; null while
 * there are none yet.
 */
export function useMoments(signature: Signature, width: number, barPx: number): Moments | null {
  const { fromUs, toUs } = useTimeAxis();
  const buckets = Math.max(1, Math.floor(width / barPx));
  const ids = useMemo(() => [signature.id], [signature.id]);
  return useMomentsOf(width === 0 ? null : ids, { fromUs, toUs, buckets }) ?? null;
}

function useMomentsOf(
  ids: readonly string[] | null,
  range: { fromUs: number; toUs: number; buckets: number },
): Moments | undefined {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  return useCommand(
    'analysis.signatureMoments',
    caseId === null || ids === null ? null : { caseId, filter: errorFilter(filter), ids: [...ids], ...range },
    { delayMs: REST_MS },
  ).data;
}
