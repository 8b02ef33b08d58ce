/**
 * Navigation leads from place to place. A step changes the stores and adds an entry to the history;
 * other changes of the stores replace the address, and the browser's Back brings an earlier place
 * back into the stores.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { CaseState } from './case-store.ts';
import { type Filter, noFilter } from './filter.ts';
import type { FilterState } from './filter-store.ts';
import {
  decodePlace,
  encodePlace,
  noOptions,
  noSelection,
  type Options,
  type Place,
  type Selection,
} from './location.ts';
import { type SelectionState, selectionOf } from './selection-store.ts';
import { type ViewState, withOptions } from './view-store.ts';

/** A step: what is left out stays as it is. */
export interface Step {
  view?: string;
  filter?: Partial<Filter>;
  selection?: Partial<Selection>;
  drawer?: boolean;
  order?: 'time' | 'file';
  /** Those that change; an empty text takes one away. */
  options?: Options;
  source?: string | null;
  root?: string | null;
}

export interface Navigation {
  /** Go somewhere on purpose: a new entry in the history, so that back leads here again. */
  navigate(step: Step): void;
  /** The address of a step, for real links that can be copied and opened in a new window. */
  href(step: Step): string;
  back(): void;
  forward(): void;
  /** Read the place from the address and follow it from now on. Returns the function that stops. */
  start(): () => void;
}

export interface NavigationHost {
  location: { hash: string };
  history: Pick<History, 'pushState' | 'replaceState' | 'back' | 'forward'>;
  addEventListener(type: 'popstate' | 'pagehide', listener: () => void): void;
  removeEventListener(type: 'popstate' | 'pagehide', listener: () => void): void;
}

interface Stores {
  case: StoreApi<CaseState>;
  filter: StoreApi<FilterState>;
  selection: StoreApi<SelectionState>;
  view: StoreApi<ViewState>;
}

/**
 * What moves with the hand is written when it rests: browsers drop calls when there are more than
 * some hundred in half a minute, and each costs milliseconds.
 */
const REPLACE_DELAY_MS = 200;

export function createNavigation(stores: Stores, host: NavigationHost, initialPath: string | null): Navigation {
  let isApplying = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const current = (): Place => {
    const { path, root } = stores.case.getState();
    const view = stores.view.getState();
    return {
      view: view.view,
      source: path === initialPath ? null : path,
      root: root === '' ? null : root,
      filter: stores.filter.getState().filter,
      selection: selectionOf(stores.selection.getState()),
      order: view.order,
      wrap: view.wrap,
      zone: view.zone,
      clock: view.clock,
      drawer: view.drawer,
      options: view.options,
    };
  };
  const flush = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    const address = encodePlace(current());
    // Most changes of the stores, such as the progress of indexing, are of no place.
    if (address !== host.location.hash) host.history.replaceState(null, '', address);
  };
  const onChange = () => {
    if (isApplying) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(flush, REPLACE_DELAY_MS);
  };
  const stepped = (step: Step): Place => {
    const place = current();
    const { filter, selection, options = noOptions, ...rest } = step;
    // What the window was started on needs no mention, so that its links are short.
    if (rest.source === initialPath) rest.source = null;
    const isOtherCase = rest.source !== undefined && rest.source !== place.source;
    // Another run has other nodes, other times and other lines.
    const base = isOtherCase
      ? { ...place, root: null, filter: noFilter, selection: noSelection, drawer: false, options: noOptions }
      : place;
    const nextFilter = { ...base.filter, ...filter };
    const isOtherRange = nextFilter.fromUs !== base.filter.fromUs || nextFilter.toUs !== base.filter.toUs;
    return {
      ...base,
      ...rest,
      filter: nextFilter,
      selection: { ...base.selection, ...selection },
      options: withOptions(base.options, {
        // A step to another range shows that range, unless it says what to show.
        ...(isOtherRange ? { zoom: '' } : {}),
        // A step to a view is to all of it, not to two attempts that were compared there.
        ...(rest.view === undefined ? {} : { attempts: '' }),
        ...options,
      }),
    };
  };
  const apply = (place: Place) => {
    isApplying = true;
    const { view, order, wrap, zone, clock, drawer } = place;
    // Equal parts keep their identity, so that nothing is asked again for a step that did not touch
    // it.
    const before = stores.view.getState().options;
    const options = JSON.stringify(before) === JSON.stringify(place.options) ? before : place.options;
    stores.view.getState().set({ view, order, wrap, zone, clock, drawer, options });
    const { filter } = stores.filter.getState();
    if (JSON.stringify(filter) !== JSON.stringify(place.filter)) stores.filter.setState({ filter: place.filter });
    stores.selection.getState().select(keepEqual(selectionOf(stores.selection.getState()), place.selection));
    isApplying = false;
    const { path, root, open, close } = stores.case.getState();
    const wanted = place.source ?? initialPath;
    if (wanted === null) {
      if (path !== null) close();
    } else if (wanted !== path || (place.root !== null && place.root !== root)) {
      // What keeps an opening from working is in the store, for the start screen to show.
      open(wanted, place.root).catch(() => {});
    }
  };

  return {
    navigate(step) {
      flush();
      const place = stepped(step);
      const address = encodePlace(place);
      if (address !== encodePlace(current())) host.history.pushState(null, '', address);
      apply(place);
    },
    href: (step) => encodePlace(stepped(step)),
    back: () => host.history.back(),
    forward: () => host.history.forward(),
    start() {
      const onPop = () => {
        if (timer !== null) clearTimeout(timer);
        timer = null;
        apply(decodePlace(host.location.hash));
      };
      const stops = Object.values(stores).map((store: StoreApi<unknown>) => store.subscribe(onChange));
      const place = decodePlace(host.location.hash);
      // A bare address takes the habits of the person; a link says all that it means.
      if (host.location.hash === '') {
        const { wrap, zone } = stores.view.getState();
        apply({ ...place, wrap, zone });
      } else apply(place);
      host.addEventListener('popstate', onPop);
      host.addEventListener('pagehide', flush);
      return () => {
        flush();
        for (const stop of stops) stop();
        host.removeEventListener('popstate', onPop);
        host.removeEventListener('pagehide', flush);
      };
    },
  };
}

function keepEqual(before: Selection, after: Selection): Selection {
  return {
    ...after,
    line: JSON.stringify(before.line) === JSON.stringify(after.line) ? before.line : after.line,
    process: JSON.stringify(before.process) === JSON.stringify(after.process) ? before.process : after.process,
  };
}
