/**
 * Decides whether a filter lets a line through, after its file and its block. Search and line scans
 * share it.
 */
import { passesFacet } from '../../../contract/facets.ts';
import type { LineFilter } from '../plan/block-ref.ts';
import type { FileMeta } from './block-reader.ts';
import { effectiveUs } from './file-rules.ts';
import type { WalkedLine } from './line-walker.ts';
import type { LinePlace, LineResolver } from './resolvers.ts';

/** A line as the acceptor needs it. Its time is its own or carried; NaN if there is none. */
export type AcceptedLine = LinePlace & Pick<WalkedLine, 'level'>;

export type LineAcceptor = (file: FileMeta, line: AcceptedLine, bytes: Buffer) => boolean;

/**
 * Returns null if the filter lets every line through. `shift` is the microseconds to subtract from
 * times for the filter's clock.
 */
export function lineAcceptor(filter: LineFilter | null, resolver: LineResolver, shift: number): LineAcceptor | null {
  if (filter === null) return null;
  const { pid: pids, miniBatchId: miniBatches, outcome: outcomes } = filter.facets;
  const needsIdentity = pids !== undefined || miniBatches !== undefined || outcomes !== undefined;
  return (file, line, bytes) => {
    if (line.level < filter.minLevel || (filter.firstOnly && line.isContinuation)) return false;
    const us = effectiveUs(file, line.us) - shift;
    if (filter.fromUs !== null && !(us >= filter.fromUs)) return false;
    if (filter.toUs !== null && !(us < filter.toUs)) return false;
    if (!needsIdentity) return true;
    const { pid, miniBatchId, outcome } = resolver.identify(file, line, bytes);
    if (pids !== undefined && !passesFacet(pids, pid === -1 ? null : pid)) return false;
    if (miniBatches !== undefined && !passesFacet(miniBatches, miniBatchId)) return false;
    return outcomes === undefined || passesFacet(outcomes, outcome);
  };
}
