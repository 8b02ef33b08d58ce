/**
 * Navigation leads from place to place. A step changes the stores and adds an entry to the history;
 * other changes of the stores replace the current entry. The browser's Back restores an earlier
 * place into the stores.
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

/** A step to another place. What it leaves out stays unchanged. */
export interface Step {
  view?: string;
  filter?: Partial<Filter>;
  selection?: Partial<Selection>;
  drawer?: boolean;
  order?: 'time' | 'file';
  /** The options that change. An empty text removes one. */
  options?: Options;
  source?: string | null;
  root?: string | null;
}

export interface Navigation {
  /** Goes somewhere on purpose: adds an entry to the history, so that Back returns here. */
  navigate(step: Step): void;
  /**
   * Returns the address of a step, for real links that can be copied and opened in a new window.
   */
  href(step: Step): string;
  back(): void;
  forward(): void;
  /** Reads the place from the address and follows it. Returns the function that stops. */
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
 * A moving value is written once it rests: browsers drop calls beyond some hundred in half a
 * minute, and each costs milliseconds.
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
    // Most changes of the stores, such as indexing progress, do not change the place.
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
    // The source that the window was started with is omitted, so that its links are short.
    if (rest.source === initialPath) rest.source = null;
    const isOtherCase = rest.source !== undefined && rest.source !== place.source;
    // Another run has other nodes, times and lines.
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
        // A step to another range zooms to it, unless the step says otherwise.
        ...(isOtherRange ? { zoom: '' } : {}),
        // A step to a view shows all of it, not the two attempts compared there before.
        ...(rest.view === undefined ? {} : { attempts: '' }),
        ...options,
      }),
    };
  };
  const apply = (place: Place) => {
    isApplying = true;
    const { view, order, wrap, zone, clock, drawer } = place;
    // Equal parts keep their identity, so that a step that did not touch them triggers no question.
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
      // The store keeps the error for the start screen to show.
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
      // A bare address keeps the person's habits; a link says everything itself.
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
