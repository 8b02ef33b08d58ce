/**
 * Groups of missing evidence: many pieces of one kind become one group, and the clocks of a group
 * one sentence. Pure.
 */
import type { Completeness, MissingEvidence } from '../../../electron/contract/analysis.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';

/** So many of a kind are listed one by one. */
const FEW = 3;

/**
 * What is missing, with many of one kind (a clock that is off on each of 32 nodes) as one group at
 * the place of its first.
 */
export function groupMissing(missing: readonly MissingEvidence[]): MissingEvidence[][] {
  const byKind = Map.groupBy(missing, (each) => each.kind);
  return [...byKind.values()].flatMap((all) => (all.length > FEW ? [all] : all.map((each) => [each])));
}

/**
 * How far the clocks of the nodes in a group are off, in one sentence; empty where their offsets
 * are not known.
 */
export function clockSummary(clocks: Completeness['clocks'], group: readonly MissingEvidence[]): string {
  const nodes = new Set(group.flatMap((each) => each.nodes));
  const offsets = clocks.filter((clock) => nodes.has(clock.node)).map((clock) => Math.abs(clock.offsetSeconds));
  if (offsets.length === 0) return '';
  const [least, most] = [Math.min(...offsets), Math.max(...offsets)].map((seconds) => formatDuration(seconds));
  const range = least === most ? `by ${least}` : `by ${least} to ${most}`;
  return `The clocks of ${formatNumber(nodes.size)} nodes are off from the master’s ${range}.`;
}
