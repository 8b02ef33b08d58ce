/** A line acceptor tells whether a filter lets a line through, once its file and its block are wanted. Search and line scans use the same one. */
import type { LineFilter } from '../plan/block-ref.ts';
import type { FileMeta } from './block-reader.ts';
import { effectiveUs } from './file-rules.ts';
import type { WalkedLine } from './line-walker.ts';
import type { LinePlace, LineResolver } from './resolvers.ts';

/** What an acceptor looks at: the time is the line's own or carried from the lines before it, NaN where there is none. */
export type AcceptedLine = LinePlace & Pick<WalkedLine, 'level'>;

export type LineAcceptor = (file: FileMeta, line: AcceptedLine, bytes: Buffer) => boolean;

interface Facet<T> {
  include: T[];
  exclude: T[];
}

/** Null where the filter lets every line through. `shift`: microseconds to subtract from times, to have them on the filter's clock. */
export function lineAcceptor(filter: LineFilter | null, resolver: LineResolver, shift: number): LineAcceptor | null {
  if (filter === null) return null;
  const needsIdentity = isSet(filter.miniBatches) || isSet(filter.outcomes) || isSet(filter.pids);
  return (file, line, bytes) => {
    if (line.level < filter.minLevel || (filter.firstOnly && line.isContinuation)) return false;
    const us = effectiveUs(file, line.us) - shift;
    if (filter.fromUs !== null && !(us >= filter.fromUs)) return false;
    if (filter.toUs !== null && !(us < filter.toUs)) return false;
    if (!needsIdentity) return true;
    const { pid, miniBatchId, outcome } = resolver.identify(file, line, bytes);
    if (!passes(filter.pids, pid === -1 ? null : pid)) return false;
    return passes<string>(filter.miniBatches, miniBatchId) && passes<string>(filter.outcomes, outcome);
  };
}

function passes<T>(facet: Facet<T>, value: T | null): boolean {
  if (facet.include.length > 0 && (value === null || !facet.include.includes(value))) return false;
  return value === null || !facet.exclude.includes(value);
}

function isSet(facet: Facet<unknown>): boolean {
  return facet.include.length > 0 || facet.exclude.length > 0;
}
