/** What the errors view makes of the engine's signatures: order, words, filters. Pure. */
import type { Completeness, RuleHit, Signature } from '../../../electron/contract/analysis.ts';
import { formatCount, formatNumber } from '../../base/format.ts';

const ranks: Record<Signature['role'], number> = { primary: 0, other: 1, follow_on: 2, noise: 3 };

/**
 * The root cause first, then what may be another, then what follows from one, noise last; the
 * engine's order within.
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

/** What it is called: the exception that was raised last, else its level. */
export function nameOf(signature: Signature): string {
  return signature.chain.at(-1) ?? (signature.level === 'critical' ? 'Critical line' : 'Error line');
}

/** `2 nodes · 3 processes · 5 mini-batches`; what nothing is known of is left out. */
export function scopeOf(signature: Signature): string {
  const nodes = signature.nodes.filter((each) => each.node !== null).length;
  const parts: string[] = [];
  if (nodes > 0) parts.push(formatCount(nodes, 'node'));
  if (signature.pidCount > 0) parts.push(formatCount(signature.pidCount, 'process', 'processes'));
  if (signature.miniBatchCount > 0) parts.push(formatCount(signature.miniBatchCount, 'mini-batch', 'mini-batches'));
  return parts.join(' · ');
}

/** Why these lines are one group, in a sentence. */
export function whyGrouped(signature: Signature): string {
  if (signature.groupedBy === 'template') {
    return 'Lines whose message is the same but for its masked parts; no traceback leads through code of yours.';
  }
  const chain = signature.chain.length > 1 ? 'The same chain of exceptions' : 'The same exception';
  return `${chain} through the same ${signature.frames.length === 1 ? 'function' : 'functions'} of yours; line numbers do not count, so an edit elsewhere keeps the group.`;
}

/** Lines and, where logs repeat each other, how often it happened. */
export function countWords({ count, occurrences }: Signature): string {
  if (occurrences === count) return formatCount(count, 'time', 'times');
  return `${formatCount(occurrences, 'time', 'times')}, in ${formatCount(count, 'place')} of the logs`;
}

/** Rules that hit the group: one of its lines is among a rule's evidence, or covers it. */
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

/** How much of what is expected could be looked at: without it, “no errors” says little. */
export function lookedAt(completeness: Completeness, files: number): string {
  const gaps = completeness.missing.filter((each) => each.have !== null && each.expected !== null);
  const all = gaps.find((each) => each.kind === 'files');
  if (all !== undefined)
    return `No error in ${formatNumber(all.have)} of ${formatNumber(all.expected)} expected files.`;
  return `No error in any of the ${formatCount(files, 'file')} of this download.`;
}
