/**
 * Clock shifts say how far the clock of each node is ahead of the master's, as analysis found.
 * Readers use them to align times.
 */
import type { ReadableDb } from './open.ts';
import { getRunFact } from './run-facts.ts';

/**
 * Returns the microseconds to subtract from the times of each node, by its name. Empty if the
 * clocks agree or their shifts are unreliable.
 */
export function nodeShifts(db: ReadableDb): ReadonlyMap<string, number> {
  const clocks = getRunFact<{ node: string; offsetSeconds: number; isGood: boolean }[]>(db, 'clocks') ?? [];
  return new Map(
    clocks.filter(({ isGood }) => isGood).map(({ node, offsetSeconds }) => [node, Math.round(offsetSeconds * 1e6)]),
  );
}
