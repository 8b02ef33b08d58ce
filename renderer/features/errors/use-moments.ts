import { useMemo } from 'react';
import type { Signature, SignatureLines } from '../../../electron/contract/analysis.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { errorFilter } from './error-model.ts';

const none: SignatureLines['rows'] = [];

/** The first lines of a group, in order of time, and their times; `isAll` says whether these are all. */
export function useMoments(signature: Signature | null, most: number) {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const isAsked = caseId !== null && signature !== null;
  const { data, error } = useCommand(
    'analysis.signatureLines',
    isAsked ? { caseId, filter: errorFilter(filter), id: signature.id, start: 0, count: most } : null,
  );
  const rows = data?.rows ?? none;
  const times = useMemo(() => rows.flatMap((row) => row.timeUs ?? []), [rows]);
  return { rows, times, error, isAll: data === undefined || data.total <= most };
}
