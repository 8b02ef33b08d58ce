/**
 * The chip list turns a filter into the chips below the filter bar. Each entry carries the filter
 * without itself. The search text has no chip, because the search box shows it.
 */
import { facetRow } from '../../../electron/contract/facets.ts';
import { isKeyOf } from '../../../electron/contract/known-keys.ts';
import { formatDuration } from '../../base/format.ts';
import { formatClock, formatDate, formatDateTime, type Zone } from '../../base/format-time.ts';
import { kindWords, levelLooks, outcomeLooks } from '../../base/looks.ts';
import { type Facet, type Filter, facets, toggleFacetValue, withoutPart } from '../../state/filter.ts';

export interface ChipEntry {
  id: string;
  /** The name of the part that it filters by. */
  name: string;
  text: string;
  isNot: boolean;
  /** The filter without this part. */
  without: Filter;
}

/** If one side of a facet has more values than this, they share one chip. */
const MOST_APART = 5;

export function chipList(filter: Filter, zone: Zone): ChipEntry[] {
  const chips: ChipEntry[] = [];
  if (filter.fromUs !== null || filter.toUs !== null) {
    chips.push({
      id: 'time',
      name: 'Time',
      text: rangeText(filter.fromUs, filter.toUs, zone),
      isNot: false,
      without: withoutPart(filter, 'time'),
    });
  }
  for (const facet of facets) chips.push(...facetChips(filter, facet));
  if (filter.minLevel !== null) {
    chips.push({
      id: 'level',
      name: 'Level',
      text: `≥ ${levelLooks[filter.minLevel].word}`,
      isNot: false,
      without: { ...filter, minLevel: null },
    });
  }
  if (filter.firstLines) {
    chips.push({
      id: 'first-lines',
      name: 'Lines',
      text: 'first of each record',
      isNot: false,
      without: { ...filter, firstLines: false },
    });
  }
  return chips;
}

function facetChips(filter: Filter, facet: Facet): ChipEntry[] {
  return (['include', 'exclude'] as const).flatMap((side): ChipEntry[] => {
    const values: readonly (string | number)[] = filter[facet][side];
    const base = { name: facetRow(facet).label, isNot: side === 'exclude' };
    if (values.length > MOST_APART) {
      return [
        {
          ...base,
          id: `${facet} ${side}`,
          text: `${values.length} values`,
          without: { ...filter, [facet]: { ...filter[facet], [side]: [] } },
        },
      ];
    }
    return values.map((value) => ({
      ...base,
      id: `${facet} ${side} ${value}`,
      text: valueWord(facet, value),
      without: toggleFacetValue(filter, facet, value as never, side),
    }));
  });
}

function valueWord(facet: Facet, value: string | number): string {
  if (facet === 'kind' && isKeyOf(kindWords, value)) return kindWords[value];
  if (facet === 'outcome' && isKeyOf(outcomeLooks, value)) return outcomeLooks[value].word;
  return String(value);
}

/** Returns `14:40:12 – 14:47:01 (6 m 49 s)`, with dates if the range crosses midnight. */
export function rangeText(fromUs: number | null, toUs: number | null, zone: Zone): string {
  if (fromUs === null) return `until ${formatDateTime(toUs, zone, 'second')}`;
  if (toUs === null) return `from ${formatDateTime(fromUs, zone, 'second')}`;
  const precision = toUs - fromUs < 20e6 ? 'ms' : 'second';
  const isOneDay = formatDate(fromUs, zone) === formatDate(toUs, zone);
  const write = (us: number) => (isOneDay ? formatClock(us, zone, precision) : formatDateTime(us, zone, precision));
  return `${write(fromUs)} – ${write(toUs)} (${formatDuration((toUs - fromUs) / 1e6)})`;
}
