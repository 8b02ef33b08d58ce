/** The one global filter as the window holds it, and pure functions that change it. */
import { type Facet, type FacetFilter, type FacetValue, facets, isNarrowed } from '../../electron/contract/facets.ts';
import type { Filter } from '../../electron/contract/filter.ts';
import { recordOf } from '../../electron/contract/known-keys.ts';

export type { Facet, FacetValue, Filter };
export { facets };

const noFacets: Pick<Filter, Facet> = recordOf(facets, () => ({ include: [], exclude: [] }));

/**
 * Written out rather than parsed by the schema, which keeps the validator out of the window's
 * bundle. A test compares the two.
 */
export const noFilter: Filter = {
  query: '',
  mode: 'words',
  matchCase: 'smart',
  ...noFacets,
  minLevel: null,
  firstLines: false,
  fromUs: null,
  toUs: null,
  // Requests take the clock of the views instead; see `clocked-client.ts`.
  clock: 'written',
};

/** The part of the filter that a chip or a “lift this filter” button removes. */
export type FilterPart = 'query' | 'level' | 'time' | Facet;

export function activeParts(filter: Filter): FilterPart[] {
  const parts: FilterPart[] = [];
  if (filter.query.trim() !== '') parts.push('query');
  for (const facet of facets) if (isNarrowed(filter[facet])) parts.push(facet);
  if (filter.minLevel !== null || filter.firstLines) parts.push('level');
  if (filter.fromUs !== null || filter.toUs !== null) parts.push('time');
  return parts;
}

export function withoutPart(filter: Filter, part: FilterPart): Filter {
  if (part === 'query') return { ...filter, query: '' };
  if (part === 'level') return { ...filter, minLevel: null, firstLines: false };
  if (part === 'time') return { ...filter, fromUs: null, toUs: null };
  return { ...filter, [part]: noFilter[part] };
}

/**
 * Adds a value to one side of a facet and removes it from the other. If that side already has the
 * value, removes it.
 */
export function toggleFacetValue<F extends Facet>(
  filter: Filter,
  facet: F,
  value: FacetValue<F>,
  side: 'include' | 'exclude',
): Filter {
  const current = filter[facet] as FacetFilter<FacetValue<F>>;
  const other = side === 'include' ? 'exclude' : 'include';
  const isOn = current[side].includes(value);
  return {
    ...filter,
    [facet]: {
      [side]: isOn ? current[side].filter((each) => each !== value) : [...current[side], value],
      [other]: current[other].filter((each) => each !== value),
    },
  };
}

/** Implements “Only this”: the facet includes this value and nothing else. */
export function onlyFacetValue<F extends Facet>(filter: Filter, facet: F, value: FacetValue<F>): Filter {
  return { ...filter, [facet]: { include: [value], exclude: [] } };
}
