/**
 * Signatures are the error groups of the run, asked for with one question that all parts of the
 * window share.
 */
import type { Signature } from '../../electron/contract/analysis.ts';
import { type Filter, noFilter } from './filter.ts';
import { recordFilter } from './record-filter.ts';
import { useCase } from './StoresContext.tsx';
import { type CommandView, useCommand } from './use-command.ts';

/** The number of processes and mini-batches listed per group, which is what the window shows. */
const LISTED = 10;

/** Returns the groups of the errors that a filter leaves, in the engine's order. */
export function useSignatures(filter: Filter = noFilter): CommandView<Signature[]> {
  const caseId = useCase((state) => state.caseId);
  return useCommand(
    'analysis.signatures',
    caseId === null ? null : { caseId, filter: recordFilter(filter), most: LISTED },
  );
}
