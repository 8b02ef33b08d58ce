/**
 * The stores hold the place where a person is: the case, the filter, the selection and the view
 * each have a part of it. These functions read it from them and put another one into them.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { CaseState } from './case-store.ts';
import type { FilterState } from './filter-store.ts';
import type { Place, Selection } from './location.ts';
import { type SelectionState, selectionOf } from './selection-store.ts';
import type { ViewState } from './view-store.ts';

export interface PlaceStores {
  case: StoreApi<CaseState>;
  filter: StoreApi<FilterState>;
  selection: StoreApi<SelectionState>;
  view: StoreApi<ViewState>;
}

/** Returns the place in the stores. `initialPath` is the source the window started with. */
export function placeIn(stores: PlaceStores, initialPath: string | null): Place {
  const { path, root } = stores.case.getState();
  const { view, order, wrap, zone, clock, drawer, options } = stores.view.getState();
  return {
    view,
    source: path === initialPath ? null : path,
    root: root === '' ? null : root,
    filter: stores.filter.getState().filter,
    selection: selectionOf(stores.selection.getState()),
    order,
    wrap,
    zone,
    clock,
    drawer,
    options,
  };
}

/**
 * Puts a place into the stores, except for its source. Equal parts keep their identity, so that a
 * step that did not touch them triggers no question.
 */
export function putPlace(stores: PlaceStores, place: Place): void {
  const { view, order, wrap, zone, clock, drawer } = place;
  const options = keepEqual(stores.view.getState().options, place.options);
  stores.view.getState().set({ view, order, wrap, zone, clock, drawer, options });
  const before = stores.filter.getState().filter;
  const filter = keepEqual(before, place.filter);
  if (filter !== before) stores.filter.setState({ filter });
  stores.selection.getState().select(keepEqualParts(selectionOf(stores.selection.getState()), place.selection));
}

/** Opens the source of a place, unless it is open, or closes the case if there is none. */
export function openSource(store: StoreApi<CaseState>, place: Place, initialPath: string | null): void {
  const { path, root, open, close } = store.getState();
  const wanted = place.source ?? initialPath;
  if (wanted === null) {
    if (path !== null) close();
  } else if (wanted !== path || (place.root !== null && place.root !== root)) {
    // The store keeps the error for the start screen to show.
    open(wanted, place.root).catch(() => {});
  }
}

function keepEqual<T>(before: T, after: T): T {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function keepEqualParts(before: Selection, after: Selection): Selection {
  return {
    ...after,
    line: keepEqual(before.line, after.line),
    process: keepEqual(before.process, after.process),
  };
}
