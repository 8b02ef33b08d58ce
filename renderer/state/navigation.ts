/**
 * Navigation leads from place to place. A step changes the stores and adds an entry to the history;
 * other changes of the stores replace the current entry. The browser's Back restores an earlier
 * place into the stores.
 */
import { decodePlace, encodePlace, type Place } from './location.ts';
import { openSource, type PlaceStores, placeIn, putPlace } from './place-stores.ts';
import { placeAfter, type Step } from './step.ts';

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

/**
 * A moving value is written once it rests: browsers drop calls beyond some hundred in half a
 * minute, and each costs milliseconds.
 */
const REPLACE_DELAY_MS = 200;

export function createNavigation(stores: PlaceStores, host: NavigationHost, initialPath: string | null): Navigation {
  let isApplying = false;
  const current = () => placeIn(stores, initialPath);
  const after = (step: Step) => placeAfter(current(), step, initialPath);
  const address = restingAddress(host, () => encodePlace(current()));
  const apply = (place: Place) => {
    isApplying = true;
    putPlace(stores, place);
    isApplying = false;
    openSource(stores.case, place, initialPath);
  };
  const onChange = () => {
    if (!isApplying) address.writeLater();
  };
  const onPop = () => {
    address.drop();
    apply(decodePlace(host.location.hash));
  };
  return {
    navigate(step) {
      address.write();
      const place = after(step);
      const next = encodePlace(place);
      if (next !== encodePlace(current())) host.history.pushState(null, '', next);
      apply(place);
    },
    href: (step) => encodePlace(after(step)),
    back: () => host.history.back(),
    forward: () => host.history.forward(),
    start() {
      const stops = [stores.case, stores.filter, stores.selection, stores.view].map((store) =>
        store.subscribe(onChange),
      );
      const place = decodePlace(host.location.hash);
      // A bare address keeps the person's habits; a link says everything itself.
      if (host.location.hash === '') {
        const { wrap, zone } = stores.view.getState();
        apply({ ...place, wrap, zone });
      } else apply(place);
      host.addEventListener('popstate', onPop);
      host.addEventListener('pagehide', address.write);
      return () => {
        address.write();
        for (const stop of stops) stop();
        host.removeEventListener('popstate', onPop);
        host.removeEventListener('pagehide', address.write);
      };
    },
  };
}

/** Keeps the address of the current entry up to date. `current` returns what it should be. */
function restingAddress(host: NavigationHost, current: () => string) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const drop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const write = () => {
    if (timer === null) return;
    drop();
    const address = current();
    // Most changes of the stores, such as indexing progress, do not change the place.
    if (address !== host.location.hash) host.history.replaceState(null, '', address);
  };
  const writeLater = () => {
    drop();
    timer = setTimeout(write, REPLACE_DELAY_MS);
  };
  return {
    /** Writes a change that waits, now. */
    write,
    /** Writes a change once it rests. */
    writeLater,
    /** Forgets a change that waits. */
    drop,
  };
}
