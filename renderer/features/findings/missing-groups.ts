/**
 * Pure functions that group missing evidence: many pieces of one kind become one group, and the
 * clocks of a group become one sentence.
 */
import type { Completeness, MissingEvidence } from '../../../electron/contract/analysis.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';

/** Up to this many of a kind are listed one by one. */
const FEW = 3;

/**
 * Groups missing evidence. Many of one kind, such as a clock offset on each of 32 nodes, become one
 * group at the place of the first.
 */
export function groupMissing(missing: readonly MissingEvidence[]): MissingEvidence[][] {
  const byKind = Map.groupBy(missing, (each) => each.kind);
  return [...byKind.values()].flatMap((all) => (all.length > FEW ? [all] : all.map((each) => [each])));
}

/**
 * Says in one sentence how far the clocks of a group's nodes are off. Returns an empty string if
 * their offsets are unknown.
 */
export function clockSummary(clocks: Completeness['clocks'], group: readonly MissingEvidence[]): string {
  const nodes = new Set(group.flatMap((each) => each.nodes));
  const offsets = clocks.filter((clock) => nodes.has(clock.node)).map((clock) => Math.abs(clock.offsetSeconds));
  if (offsets.length === 0) return '';
  const [least, most] = [Math.min(...offsets), Math.max(...offsets)].map((seconds) => formatDuration(seconds));
  const range = least === most ? `by ${least}` : `by ${least} to ${most}`;
  return `The clocks of ${formatNumber(nodes.size)} nodes are off from the master’s ${range}.`;
}
