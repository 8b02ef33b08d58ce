/** Signatures: the error groups of the run, as one question that all parts of the window share. */
import type { Signature } from '../../electron/contract/analysis.ts';
import { type Filter, noFilter } from './filter.ts';
import { useCase } from './StoresContext.tsx';
import { type CommandView, useCommand } from './use-command.ts';

/** Processes and mini-batches that are listed of a group: as many as the window shows. */
const LISTED = 10;

/**
 * The part of the global filter that signatures follow; its text, kinds, files and levels are about
 * lines.
 */
export function errorFilter(
  filter: Filter,
): Pick<Filter, 'node' | 'pid' | 'miniBatch' | 'outcome' | 'fromUs' | 'toUs'> {
  const { node, pid, miniBatch, outcome, fromUs, toUs } = filter;
  return { node, pid, miniBatch, outcome, fromUs, toUs };
}

/** The groups of the errors that a filter leaves, in the engine's order. */
export function useSignatures(filter: Filter = noFilter): CommandView<Signature[]> {
  const caseId = useCase((state) => state.caseId);
  return useCommand(
    'analysis.signatures',
    caseId === null ? null : { caseId, filter: errorFilter(filter), most: LISTED },
  );
}
