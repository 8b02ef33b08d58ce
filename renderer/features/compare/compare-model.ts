/** Pure functions that put words and figures of two runs side by side. */
import type { Comparison, Signature } from '../../../electron/contract/analysis.ts';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatCount, formatDuration, formatNumber, formatPercent, UNKNOWN } from '../../base/format.ts';
import { causeWords } from '../../base/looks.ts';

export type Figure = Comparison['figures'][number];

/** The engine gives shares as 0…1 without a unit, so they are known by name. */
const SHARES = new Set(['process time over elapsed']);

export function figureText({ name, unit }: Pick<Figure, 'name' | 'unit'>, value: number | null): string {
  if (value === null) return UNKNOWN;
  if (SHARES.has(name)) return formatPercent(value);
  if (unit === 's') return formatDuration(value);
  if (unit === 'h') return `${formatNumber(value, 2)} h`;
  return formatNumber(value, Number.isInteger(value) ? 0 : 1);
}

/** Returns `+12 %`, `× 3.4` or `the same`. A change from zero has no ratio. */
export function changeText(a: number | null, b: number | null): string {
  if (a === null || b === null) return '';
  if (a === b) return 'the same';
  if (a === 0) return 'from 0';
  const ratio = b / a;
  if (ratio >= 2) return `× ${formatNumber(ratio, 1)}`;
  const percent = (ratio - 1) * 100;
  const text = formatNumber(Math.abs(percent), Math.abs(percent) < 10 ? 1 : 0);
  if (Number(text) === 0) return 'the same';
  return `${percent > 0 ? '+' : '−'}${text} %`;
}

/** Returns an arrow up or down, or nothing if the value did not change. */
export function direction(a: number | null, b: number | null): '▲' | '▼' | '' {
  if (a === null || b === null || a === b) return '';
  return b > a ? '▲' : '▼';
}

/**
 * Decides whether a change is an improvement. Returns null if neither direction is better or the
 * change is negligible.
 */
export function judgement(a: number | null, b: number | null, better: Figure['better']): 'better' | 'worse' | null {
  if (a === null || b === null || better === null || changeText(a, b) === 'the same') return null;
  return b < a === (better === 'less') ? 'better' : 'worse';
}

/** Decides whether the open run is the later of the two. If the logs give no times, it is. */
export function isLater(thisStartUs: number | null, otherStartUs: number | null): boolean {
  return thisStartUs === null || otherStartUs === null || thisStartUs >= otherStartUs;
}

/** Says in a few words how a run ended and why. */
export function verdictOf(info: RunInfo): string {
  const { firstCause } = info;
  const why = firstCause === null ? null : causeWords[firstCause.kind];
  return (
    why ??
    ((info.miniBatches.failed ?? 0) > 0
      ? `${formatCount(info.miniBatches.failed, 'mini-batch', 'mini-batches')} failed`
      : '')
  );
}

export interface SignatureChange {
  kind: 'new' | 'gone' | 'more' | 'fewer' | 'same';
  a: Signature | null;
  b: Signature | null;
}

/**
 * Lists what appeared first, then what grew, then what shrank or went away. Each part puts the most
 * telling first.
 */
export function signatureChanges(signatures: Comparison['signatures']): SignatureChange[] {
  const pairs = (kind: 'more' | 'fewer' | 'same') => signatures[kind].map(({ a, b }) => ({ kind, a, b }));
  return [
    ...signatures.new.map((b) => ({ kind: 'new' as const, a: null, b })),
    ...pairs('more'),
    ...signatures.gone.map((a) => ({ kind: 'gone' as const, a, b: null })),
    ...pairs('fewer'),
    ...pairs('same'),
  ];
}

export const changeWords: Record<SignatureChange['kind'], string> = {
  new: 'New',
  gone: 'Gone',
  more: 'More',
  fewer: 'Fewer',
  same: 'The same',
};
