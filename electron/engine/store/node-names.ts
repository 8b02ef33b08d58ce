/**
 * Names of nodes. A node is one machine; logs call it by an address in some places and by a number
 * in others. Analysis finds which names belong together and shows the node under one of them; a
 * filter finds it by any of them.
 */
import type { Filter } from '../../contract/filter.ts';
import type { ReadableDb } from './open.ts';
import { getRunFact } from './run-facts.ts';
import { isAny } from './select.ts';

/**
 * Maps other names of nodes to the name each node is shown under. Empty if nothing is derived, or
 * every node has one name.
 */
export function nodeAliases(db: ReadableDb): ReadonlyMap<string, string> {
  return new Map(getRunFact<[string, string][]>(db, 'aliases'));
}

/** Replaces the names of nodes in a filter with the names in the tables. */
export function resolveNodes<F extends Filter>(db: ReadableDb, filter: F): F {
  const { include, exclude } = filter.node;
  if (include.length === 0 && exclude.length === 0) return filter;
  const aliases = nodeAliases(db);
  if (aliases.size === 0) return filter;
  const resolve = (names: readonly string[]) => [...new Set(names.map((name) => aliases.get(name) ?? name))];
  return { ...filter, node: { include: resolve(include), exclude: resolve(exclude) } };
}

/**
 * Decides whether analysis renamed nodes in the tables, so that paths and lines have other names.
 */
export function areNodesRenamed(db: ReadableDb): boolean {
  return isAny(db, "SELECT 1 FROM run_info WHERE key = 'renamed'");
}
