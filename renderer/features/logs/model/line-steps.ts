/**
 * A line step leads from a line to the next or previous one of its kind: an error, a warning, or a
 * line of the same mini-batch or process.
 */
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { type Filter, noFilter } from '../../../state/filter.ts';

export interface LineStep {
  /** What the engine looks for. */
  filter: Filter;
  /** Which of the lines found count. */
  accept: (row: LineRow) => boolean;
  /** Says that there is no such line before or after this one. */
  none: (where: 'before' | 'after') => string;
}

export const errorStep: LineStep = {
  filter: { ...noFilter, minLevel: 'error' },
  // A traceback counts as one, by its first line.
  accept: ({ level, traceback }) =>
    (level === 'error' || level === 'critical') && (traceback === null || traceback === 'first'),
  none: (where) => `There is no error ${where} this line.`,
};

export const warningStep: LineStep = {
  filter: { ...noFilter, minLevel: 'warning' },
  accept: (row) => row.level === 'warning',
  none: (where) => `There is no warning ${where} this line.`,
};

/**
 * Returns the step to another line of the mini-batch that a line names, otherwise of its process,
 * or null if it names neither.
 */
export function sameStep({ miniBatchId, pid }: LineRow): LineStep | null {
  const accept = () => true;
  if (miniBatchId !== null)
    return {
      filter: { ...noFilter, miniBatch: { include: [miniBatchId], exclude: [] } },
      accept,
      none: (where) => `There is no other line of mini-batch ${miniBatchId} ${where} this one here.`,
    };
  if (pid === null) return null;
  return {
    filter: { ...noFilter, pid: { include: [pid], exclude: [] } },
    accept,
    none: (where) => `There is no other line of process ${pid} ${where} this one here.`,
  };
}
