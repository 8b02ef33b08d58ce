import type { Outcome } from '../../../electron/contract/records.ts';
import type { Filter } from '../../state/filter.ts';

const QUALIFIER = /(?:^|[\s(-])(?:node|pid|batch|kind|level|file|from|to):/i;

/**
 * The filter of the lines behind the strip. It shows all lines over time, whatever is searched, so the text only counts where
 * it has words such as `node:` in it; and the range shown is asked for by itself.
 */
export function backgroundFilter(filter: Filter): Filter {
  const isTyped = filter.mode === 'words' && QUALIFIER.test(filter.query);
  return { ...filter, query: isTyped ? filter.query : '', fromUs: null, toUs: null };
}

const bad: readonly Outcome[] = ['failed', 'timed_out'];

/** Mini-batches whose end is marked; null where the filter leaves none of them. */
export function failureFilter(filter: Filter): Filter | null {
  const { include, exclude } = filter.outcome;
  const wanted = bad.filter(
    (outcome) => (include.length === 0 || include.includes(outcome)) && !exclude.includes(outcome),
  );
  if (wanted.length === 0) return null;
  return { ...backgroundFilter(filter), outcome: { include: wanted, exclude: [] } };
}
