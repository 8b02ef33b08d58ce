/**
 * Signatures are the error groups of the run, asked for with one question that all parts of the
 * window share.
 */
import type { Signature } from '../../electron/contract/analysis.ts';
import { type Filter, noFilter } from './filter.ts';
import { useCase } from './StoresContext.tsx';
import { type CommandView, useCommand } from './use-command.ts';

/** The number of processes and mini-batches listed per group, which is what the window shows. */
const LISTED = 10;

/**
 * Returns the part of the global filter that signatures follow. Its text, kinds, files and levels
 * apply to lines.
 */
export function errorFilter(
  filter: Filter,
): Pick<Filter, 'node' | 'pid' | 'miniBatch' | 'outcome' | 'fromUs' | 'toUs'> {
  const { node, pid, miniBatch, outcome, fromUs, toUs } = filter;
  return { node, pid, miniBatch, outcome, fromUs, toUs };
}

/** Returns the groups of the errors that a filter leaves, in the engine's order. */
export function useSignatures(filter: Filter = noFilter): CommandView<Signature[]> {
  const caseId = useCase((state) => state.caseId);
  return useCommand(
    'analysis.signatures',
    caseId === null ? null : { caseId, filter: errorFilter(filter), most: LISTED },
  );
}
