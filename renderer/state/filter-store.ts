/**
 * The filter store holds the one global filter and its changes. They replace the current history
 * entry; deliberate steps go through `navigate`.
 */
import { createStore } from 'zustand/vanilla';
import {
  type Facet,
  type FacetValue,
  type Filter,
  type FilterPart,
  noFilter,
  onlyFacetValue,
  toggleFacetValue,
  withoutPart,
} from './filter.ts';

export interface FilterState {
  filter: Filter;
  patch(change: Partial<Filter>): void;
  only<F extends Facet>(facet: F, value: FacetValue<F>): void;
  toggle<F extends Facet>(facet: F, value: FacetValue<F>, side: 'include' | 'exclude'): void;
  /** Lifts one part of the filter, or all of it. */
  lift(part?: FilterPart): void;
}

export function createFilterStore() {
  return createStore<FilterState>()((set) => {
    const change = (next: (filter: Filter) => Filter) => set((state) => ({ filter: next(state.filter) }));
    return {
      filter: noFilter,
      patch: (part) => change((filter) => ({ ...filter, ...part })),
      only: (facet, value) => change((filter) => onlyFacetValue(filter, facet, value)),
      toggle: (facet, value, side) => change((filter) => toggleFacetValue(filter, facet, value, side)),
      lift: (part) => change((filter) => (part === undefined ? noFilter : withoutPart(filter, part))),
    };
  });
}
