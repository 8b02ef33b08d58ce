/**
 * Clock shifts say how far the clock of each node is ahead of the master's, as analysis found.
 * Readers use them to align times.
 */
import type { ReadableDb } from './open.ts';
import { selectCells } from './select.ts';

/**
 * Returns the microseconds to subtract from the times of each node, by its name. Empty if the
 * clocks agree or their shifts are unreliable.
 */
export function nodeShifts(db: ReadableDb): ReadonlyMap<string, number> {
  const text = selectCells(db, "SELECT value FROM run_info WHERE key = 'clocks'", 'text').get();
  const clocks =
    text === undefined ? [] : (JSON.parse(text) as { node: string; offsetSeconds: number; isGood: boolean }[]);
  return new Map(
    clocks.filter(({ isGood }) => isGood).map(({ node, offsetSeconds }) => [node, Math.round(offsetSeconds * 1e6)]),
  );
}
