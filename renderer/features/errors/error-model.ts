/** Pure functions that give the engine's error groups their order, words and filters. */
import type { Completeness, RuleHit, Signature } from '../../../electron/contract/analysis.ts';
import { formatCount, formatNumber } from '../../base/format.ts';

const ranks: Record<Signature['role'], number> = { primary: 0, other: 1, follow_on: 2, noise: 3 };

/**
 * Sorts the root cause first, then other possible causes, then errors that follow from a cause, and
 * noise last. Keeps the engine's order within each.
 */
export function inOrder(signatures: readonly Signature[]): Signature[] {
  return [...signatures].sort((a, b) => ranks[a.role] - ranks[b.role]);
}

export const roleWords: Record<Signature['role'], string | null> = {
  primary: 'Root cause',
  other: null,
  follow_on: 'Follows from another',
  noise: 'Noise',
};

/** Names a group by the last exception raised, otherwise by its level. */
export function nameOf(signature: Signature): string {
  return signature.chain.at(-1) ?? (signature.level === 'critical' ? 'Critical line' : 'Error line');
}

/** Returns `2 nodes · 3 processes · 5 mini-batches`, without the parts that are unknown. */
export function scopeOf(signature: Signature): string {
  const nodes = signature.nodes.filter((each) => each.node !== null).length;
  const parts: string[] = [];
  if (nodes > 0) parts.push(formatCount(nodes, 'node'));
  if (signature.pidCount > 0) parts.push(formatCount(signature.pidCount, 'process', 'processes'));
  if (signature.miniBatchCount > 0) parts.push(formatCount(signature.miniBatchCount, 'mini-batch', 'mini-batches'));
  return parts.join(' · ');
}

/** Says in a sentence why these lines are one group. */
export function whyGrouped(signature: Signature): string {
  if (signature.groupedBy === 'template') {
    return 'Lines whose message is the same but for its masked parts; no traceback leads through code of yours.';
  }
  const chain = signature.chain.length > 1 ? 'The same chain of exceptions' : 'The same exception';
  return `${chain} through the same ${signature.frames.length === 1 ? 'function' : 'functions'} of yours; line numbers do not count, so an edit elsewhere keeps the group.`;
}

/** Says how often an error happened and, if the logs repeat it, in how many lines. */
export function countWords({ count, occurrences }: Signature): string {
  if (occurrences === count) return formatCount(count, 'time', 'times');
  return `${formatCount(occurrences, 'time', 'times')}, in ${formatCount(count, 'place')} of the logs`;
}

/**
 * Returns the rules that hit the group: those with evidence that is one of its lines or covers one.
 */
export function hitsOf(
  hits: readonly RuleHit[],
  lines: readonly { ref: { file: string; line: number }; lines: number }[],
): RuleHit[] {
  return hits.filter((hit) =>
    hit.evidence.some((line) =>
      lines.some(
        ({ ref, lines: many }) => ref.file === line.file && line.line >= ref.line && line.line < ref.line + many,
      ),
    ),
  );
}

/** Says how much of the expected evidence was read. Without that, “no errors” says little. */
export function lookedAt(completeness: Completeness, files: number): string {
  const gaps = completeness.missing.filter((each) => each.have !== null && each.expected !== null);
  const all = gaps.find((each) => each.kind === 'files');
  if (all !== undefined)
    return `No error in ${formatNumber(all.have)} of ${formatNumber(all.expected)} expected files.`;
  return `No error in any of the ${formatCount(files, 'file')} of this download.`;
}
