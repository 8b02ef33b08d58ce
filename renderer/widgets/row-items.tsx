/**
 * Row items are the menu entries that copy and save the rows of a list. `row-listing.ts` does the
 * work; the menus of lists, lines and values add the items to their own.
 */
import { Copy, Download, ListChecks } from 'lucide-react';
import { createContext } from 'react';
import { formatChord } from '../base/chords.ts';
import { formatCount } from '../base/format.ts';
import type { Stores } from '../state/stores.ts';
import type { MenuItem } from './Menu.tsx';
import { copyRows, type RowListing, type SaveFormat, saveRows } from './row-listing.ts';
import { countRows, type RowRanges } from './row-ranges.ts';

/** The items that a list offers for a row, for menus of things within the row. */
export const RowItemsContext = createContext<((index: number) => MenuItem[]) | null>(null);

/**
 * The item that copies lines as they are written. Menus of a line without terminal codes omit it.
 */
export const COPY_WRITTEN = 'copy-rows-written';

const saves: { form: SaveFormat; title: (isOfLines: boolean) => string }[] = [
  { form: 'text', title: () => 'text' },
  { form: 'csv', title: () => 'CSV' },
  { form: 'json', title: () => 'JSON' },
];

export interface RowItemsOf {
  rows: RowListing;
  /** The rows that the menu is about. */
  ranges: RowRanges;
  /** The number of rows in the list. */
  total: number;
  selectAll: () => void;
}

/** Returns items that copy and save all rows, for lists without a selection. */
export function allRowsItems(rows: RowListing, total: number, stores: Stores): MenuItem[] {
  if (total === 0) return [];
  const items = rowItems({ rows, ranges: [[0, total - 1]], total, selectAll: () => {} }, stores);
  return items.flatMap(({ keys: _, ...item }) => (item.id === 'select-all' ? [] : [item]));
}

/** Returns menu items that copy and save. If at most one row is selected, saving means all rows. */
export function rowItems({ rows, ranges, total, selectAll }: RowItemsOf, stores: Stores): MenuItem[] {
  const { isMac } = stores.shell;
  const selected = countRows(ranges);
  const items: MenuItem[] = [];
  if (selected > 0) {
    const what = selected === 1 ? `the ${rows.noun}` : formatCount(selected, rows.noun, rows.nouns);
    items.push({
      id: 'copy-rows',
      title: rows.isOfLines ? `Copy ${what} with file and line` : `Copy ${what}`,
      icon: <Copy size={14} />,
      keys: formatChord('Mod+C', isMac),
      startsGroup: true,
      run: () => void copyRows(stores, rows, ranges, 'text'),
    });
    items.push({
      id: 'copy-rows-plain',
      title: rows.isOfLines ? `Copy the text of ${what}` : `Copy ${what} with column names`,
      keys: formatChord('Mod+Shift+C', isMac),
      run: () => void copyRows(stores, rows, ranges, 'plain'),
    });
    if (rows.isOfLines)
      items.push({
        id: COPY_WRITTEN,
        title: `Copy ${what} as written, with terminal codes`,
        run: () => void copyRows(stores, rows, ranges, 'written'),
      });
  }
  items.push({
    id: 'select-all',
    title: `Select all ${formatCount(total, rows.noun, rows.nouns)}`,
    icon: <ListChecks size={14} />,
    keys: formatChord('Mod+A', isMac),
    run: selectAll,
  });
  const isPart = selected > 1 && selected < total;
  const what = isPart
    ? formatCount(selected, `selected ${rows.noun}`, `selected ${rows.nouns}`)
    : `all ${formatCount(total, rows.noun, rows.nouns)}`;
  saves.forEach(({ form, title }, index) => {
    items.push({
      id: `save-${form}`,
      title: `Save ${what} as ${title(rows.isOfLines)} …`,
      icon: index === 0 ? <Download size={14} /> : undefined,
      startsGroup: index === 0,
      keys: index === 0 ? formatChord('Mod+S', isMac) : undefined,
      run: () => void saveRows(stores, rows, isPart ? ranges : null, form),
    });
  });
  return items;
}
