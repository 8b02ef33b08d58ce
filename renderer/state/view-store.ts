/**
 * The view store holds how the window shows its content: the view, its options, zone, clock, theme
 * and sizes. The address keeps the part that belongs to a place; the browser's storage keeps the
 * person's habits.
 */
import { createStore } from 'zustand/vanilla';
import type { ClockChoice } from '../../electron/contract/filter.ts';
import { isObject } from '../../electron/contract/known-keys.ts';
import type { Zone } from '../base/format-time.ts';
import { defaultPlace, noOptions, type Options } from './location.ts';
import { isLayout, type TableLayout } from './table-layout.ts';

type Theme = 'light' | 'dark' | 'system';

export interface ViewState {
  /**
   * The id of the view in `app/views.ts`. Change it with `navigate({ view })`, so that Back works.
   */
  view: string;
  zone: Zone;
  /** The clock that times follow, if the clocks of nodes differ. */
  clock: ClockChoice;
  theme: Theme;
  wrap: boolean;
  order: 'time' | 'file';
  drawer: boolean;
  options: Options;
  drawerHeight: number;
  /** The side of the drawer, and its width at the right. */
  drawerSide: 'bottom' | 'right';
  drawerWidth: number;
  /** Shows the names of the views in the rail. With `auto`, a wide window shows them. */
  rail: 'auto' | 'open' | 'folded';
  /** The widths of panes by name, such as the tree beside the lines. */
  paneSizes: Record<string, number>;
  /** Single-letter keys can be switched off (WCAG 2.1.4). */
  letterKeys: boolean;
  /** The columns of tables as a person arranged them, by the table's name. */
  tables: Readonly<Record<string, TableLayout>>;
  set(change: Partial<Omit<ViewState, 'set' | 'setOptions'>>): void;
  /** Changes some options. An empty text removes one. */
  setOptions(change: Options): void;
}

/** The few things that outlive the location: how this person likes the window. */
const kept = [
  'theme',
  'zone',
  'wrap',
  'drawerHeight',
  'drawerSide',
  'drawerWidth',
  'rail',
  'paneSizes',
  'letterKeys',
  'tables',
] as const;
const STORAGE_KEY = 'postrun.view';

export function createViewStore(storage: Storage | null) {
  const store = createStore<ViewState>()((set) => ({
    view: defaultPlace.view,
    zone: 'utc',
    clock: defaultPlace.clock,
    theme: 'system',
    wrap: false,
    order: 'time',
    drawer: false,
    options: noOptions,
    drawerHeight: 260,
    drawerSide: 'bottom',
    drawerWidth: 420,
    rail: 'auto',
    paneSizes: {},
    letterKeys: true,
    tables: {},
    ...readKept(storage),
    set: (change) => set(change),
    setOptions: (change) => set((state) => ({ options: withOptions(state.options, change) })),
  }));
  store.subscribe((state, before) => {
    if (kept.every((name) => state[name] === before[name])) return;
    try {
      storage?.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(kept.map((name) => [name, state[name]]))));
    } catch {
      // If the storage is full or forbidden, the next window merely starts with the defaults.
    }
  });
  return store;
}

/** Returns the options with a change. An empty text removes one. */
export function withOptions(options: Options, change: Options): Options {
  return Object.fromEntries(Object.entries({ ...options, ...change }).filter(([, value]) => value !== ''));
}

function readKept(storage: Storage | null): Partial<ViewState> {
  let stored: unknown;
  try {
    stored = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '{}');
  } catch {
    return {};
  }
  if (!isObject(stored)) return {};
  const result: Partial<ViewState> = {};
  if (stored.theme === 'light' || stored.theme === 'dark') result.theme = stored.theme;
  if (stored.zone === 'local') result.zone = 'local';
  if (stored.wrap === true) result.wrap = true;
  if (stored.letterKeys === false) result.letterKeys = false;
  if (stored.drawerSide === 'right') result.drawerSide = 'right';
  if (typeof stored.drawerWidth === 'number') result.drawerWidth = stored.drawerWidth;
  if (stored.rail === 'open' || stored.rail === 'folded') result.rail = stored.rail;
  if (typeof stored.drawerHeight === 'number') result.drawerHeight = stored.drawerHeight;
  if (isObject(stored.paneSizes)) {
    const sizes = Object.entries(stored.paneSizes).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    );
    result.paneSizes = Object.fromEntries(sizes);
  }
  if (isObject(stored.tables)) {
    const tables = Object.entries(stored.tables).filter((entry): entry is [string, TableLayout] => isLayout(entry[1]));
    result.tables = Object.fromEntries(tables);
  }
  return result;
}
