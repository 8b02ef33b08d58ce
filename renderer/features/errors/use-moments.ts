/**
 * The moments of an error group: its lines counted in buckets of the range that is shown, for bars
 * of some pixels. Its first lines are read here, too.
 */
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

/** A range that moves with the hand is asked for when it rests. */
const REST_MS = 100;

/**
 * All lines of a group over the range that is shown, counted in bars of some pixels; null while
 * there are none yet.
 */
export function useMoments(signature: Signature, width: number, barPx: number): Moments | null {
  const axis = useTimeAxis();
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const buckets = Math.max(1, Math.floor(width / barPx));
  const range = { fromUs: axis.fromUs, toUs: axis.toUs, buckets };
  const { data } = useCommand(
    'analysis.signatureMoments',
    caseId === null || width === 0 ? null : { caseId, filter: errorFilter(filter), ids: [signature.id], ...range },
    { delayMs: REST_MS },
  );
  return data ?? null;
}
