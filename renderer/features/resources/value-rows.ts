/** The rows of the value table: the figures of each curve over the visible range, sorted. */
import { type Curve, type Summary, summaryOf } from '../../charts/series-data.ts';
import type { Sort } from '../../widgets/VirtualTable.tsx';
import type { SeriesGroup } from './series-groups.ts';

export interface ValueRow extends Summary {
  group: SeriesGroup;
  curve: Curve;
}

const figures = ['last', 'min', 'mean', 'max'] as const satisfies (keyof Summary)[];

/** Returns the rows in the order of the groups. */
export function valueRows(
  groups: readonly SeriesGroup[],
  curveOf: (group: SeriesGroup) => Curve,
  fromUs: number,
  toUs: number,
): ValueRow[] {
  return groups.map((group) => {
    const curve = curveOf(group);
    return { group, curve, ...summaryOf(curve, fromUs, toUs) };
  });
}

/** Sorts rows in the order of their groups by a figure. Rows without it come last. */
export function sortRows(rows: readonly ValueRow[], { column, descending }: Sort): readonly ValueRow[] {
  const figure = figures.find((each) => each === column);
  if (figure === undefined) return descending ? rows.toReversed() : rows;
  const sign = descending ? -1 : 1;
  const rank = (row: ValueRow) => row[figure] ?? sign * Number.POSITIVE_INFINITY;
  return rows.toSorted((a, b) => sign * (rank(a) - rank(b)) || 0);
}
