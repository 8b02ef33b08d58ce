/**
 * A table layout is how a person arranged the columns of a table, kept by the table's name over all
 * runs. These pure functions apply and change it.
 */
import { isObject } from '../../electron/contract/known-keys.ts';

export interface TableLayout {
  /** The widths in pixels of resized columns. */
  widths: Readonly<Record<string, number>>;
  hidden: readonly string[];
  /** The ids in the chosen order. Other columns stay behind their usual predecessor. */
  order: readonly string[];
}

export const usualLayout: TableLayout = { widths: {}, hidden: [], order: [] };
export const LEAST_COLUMN_PX = 40;
export const MOST_COLUMN_PX = 2_000;

/** Returns the columns in the order of the layout, including hidden ones. */
export function orderedColumns<C extends { id: string }>(columns: readonly C[], layout: TableLayout): C[] {
  const named = layout.order.flatMap((id) => columns.filter((column) => column.id === id));
  const result = [...named];
  columns.forEach((column, index) => {
    if (named.includes(column)) return;
    const before = columns[index - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, column);
  });
  return result;
}

/** Returns the columns to draw, which are never none. */
export function shownColumns<C extends { id: string }>(columns: readonly C[], layout: TableLayout): C[] {
  const ordered = orderedColumns(columns, layout);
  const shown = ordered.filter((column) => !layout.hidden.includes(column.id));
  return shown.length > 0 ? shown : ordered.slice(0, 1);
}

/** Moves a column to the place of another. */
export function moveColumn(ids: readonly string[], id: string, to: string): string[] {
  const target = ids.indexOf(to);
  const without = ids.filter((each) => each !== id);
  if (target < 0 || !ids.includes(id)) return [...ids];
  return [...without.slice(0, target), id, ...without.slice(target)];
}

export function isLayout(value: unknown): value is TableLayout {
  if (!isObject(value)) return false;
  const { widths, hidden, order } = value;
  const isIds = (list: unknown) => Array.isArray(list) && list.every((each) => typeof each === 'string');
  const isWidths =
    isObject(widths) &&
    Object.values(widths).every((px) => typeof px === 'number' && px >= LEAST_COLUMN_PX && px <= MOST_COLUMN_PX);
  return isWidths && isIds(hidden) && isIds(order);
}
