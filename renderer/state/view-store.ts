/**
 * The view store holds how the window shows what it shows: the view, its options, zone, clock,
 * theme and sizes. The address keeps the part that belongs to a place, the storage of the browser
 * the habits of the person.
 */
import { createStore } from 'zustand/vanilla';
import type { ClockChoice } from '../../electron/contract/filter.ts';
import type { Zone } from '../base/format-time.ts';
import { defaultPlace, noOptions, type Options } from './location.ts';
import { isLayout, type TableLayout } from './table-layout.ts';

type Theme = 'light' | 'dark' | 'system';

export interface ViewState {
  /** Id of the view in `app/views.ts`. Change it with `navigate({ view })`, so that back works. */
  view: string;
  zone: Zone;
  /** On which clock times are read, where those of nodes differ. */
  clock: ClockChoice;
  theme: Theme;
  wrap: boolean;
  order: 'time' | 'file';
  drawer: boolean;
  options: Options;
  drawerHeight: number;
  /** Where the drawer stands, and how wide it is at the right. */
  drawerSide: 'bottom' | 'right';
  drawerWidth: number;
  /** The rail says the names of the views; `auto`: where the window is wide. */
  rail: 'auto' | 'open' | 'folded';
  /** Width of the tree beside the lines and of panes like it, by name. */
  paneSizes: Record<string, number>;
  /** Single-letter keys can be switched off (WCAG 2.1.4). */
  letterKeys: boolean;
  /** Columns of tables as somebody arranged them, by the table's name. */
  tables: Readonly<Record<string, TableLayout>>;
  set(change: Partial<Omit<ViewState, 'set' | 'setOptions'>>): void;
  /** Change some options; an empty text takes one away. */
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
      // A full or forbidden storage only means that the next window starts with the defaults.
    }
  });
  return store;
}

/** Options with a change; an empty text takes one away. */
export function withOptions(options: Options, change: Options): Options {
  return Object.fromEntries(Object.entries({ ...options, ...change }).filter(([, value]) => value !== ''));
}

function readKept(storage: Storage | null): Partial<ViewState> {
  let value: unknown;
  try {
    value = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '{}');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const stored = value as Record<string, unknown>;
  const result: Partial<ViewState> = {};
  if (stored.theme === 'light' || stored.theme === 'dark') result.theme = stored.theme;
  if (stored.zone === 'local') result.zone = 'local';
  if (stored.wrap === true) result.wrap = true;
  if (stored.letterKeys === false) result.letterKeys = false;
  if (stored.drawerSide === 'right') result.drawerSide = 'right';
  if (typeof stored.drawerWidth === 'number') result.drawerWidth = stored.drawerWidth;
  if (stored.rail === 'open' || stored.rail === 'folded') result.rail = stored.rail;
  if (typeof stored.drawerHeight === 'number') result.drawerHeight = stored.drawerHeight;
  if (typeof stored.paneSizes === 'object' && stored.paneSizes !== null) {
    const sizes = Object.entries(stored.paneSizes).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    );
    result.paneSizes = Object.fromEntries(sizes);
  }
  if (typeof stored.tables === 'object' && stored.tables !== null) {
    const tables = Object.entries(stored.tables).filter((entry): entry is [string, TableLayout] => isLayout(entry[1]));
    result.tables = Object.fromEntries(tables);
  }
  return result;
}
