/**
 * How far the clocks of nodes are ahead of the master's, as analysis found out: what aligns times
 * when they are read.
 */
import type { ReadableDb } from './open.ts';
import { selectCells } from './select.ts';

/**
 * Microseconds to subtract from times of a node, by its name; empty where clocks agree or nothing
 * good is known of them.
 */
export function nodeShifts(db: ReadableDb): ReadonlyMap<string, number> {
  const text = selectCells(db, "SELECT value FROM run_info WHERE key = 'clocks'", 'text').get();
  const clocks =
    text === undefined ? [] : (JSON.parse(text) as { node: string; offsetSeconds: number; isGood: boolean }[]);
  return new Map(
    clocks.filter(({ isGood }) => isGood).map(({ node, offsetSeconds }) => [node, Math.round(offsetSeconds * 1e6)]),
  );
}
