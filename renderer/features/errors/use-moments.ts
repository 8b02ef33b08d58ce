/**
 * The moments of an error group: its lines counted in buckets of the visible range, for bars a few
 * pixels wide. This module also reads the group's first lines.
 */
import { useMemo } from 'react';
import type { Moments, Signature, SignatureLines } from '../../../electron/contract/analysis.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { recordFilter } from '../../state/record-filter.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';

const none: SignatureLines['rows'] = [];

/** Returns the first lines of a group in order of time. */
export function useFirstLines(signature: Signature, most: number): SignatureLines['rows'] {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const { data } = useCommand(
    'analysis.signatureLines',
    caseId === null ? null : { caseId, filter: recordFilter(filter), id: signature.id, start: 0, count: most },
  );
  return data?.rows ?? none;
}

/** A row in a list of groups, with the groups whose moments are asked for together. */
export interface MomentsRow {
  ids: readonly string[];
  at: number;
}

const ROWS_TOGETHER = 50;
const ROW_BUCKETS = 80;

/** Batches the rows of a list of groups, so that one question serves many rows. */
export function momentsRows(signatures: readonly Signature[]): MomentsRow[] {
  const rows: MomentsRow[] = [];
  for (let start = 0; start < signatures.length; start += ROWS_TOGETHER) {
    const ids = signatures.slice(start, start + ROWS_TOGETHER).map((each) => each.id);
    for (const at of ids.keys()) rows.push({ ids, at });
  }
  return rows;
}

/** A moving range is asked for once it rests. */
const REST_MS = 100;

/** Returns the moments of a row's group over the visible range, or null while they are unknown. */
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
 * Returns all lines of a group over the visible range, counted for bars of `barPx` pixels, or null
 * while they are unknown.
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
    caseId === null || ids === null ? null : { caseId, filter: recordFilter(filter), ids: [...ids], ...range },
    { delayMs: REST_MS },
  ).data;
}
