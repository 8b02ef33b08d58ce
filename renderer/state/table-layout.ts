/** How somebody arranged the columns of a table: kept by the table's name, over all runs. Pure. */
export interface TableLayout {
  /** Pixels of columns that were resized. */
  widths: Readonly<Record<string, number>>;
  hidden: readonly string[];
  /**
   * Ids in the order they were put; columns that are not named keep their place after the one
   * before them.
   */
  order: readonly string[];
}

export const usualLayout: TableLayout = { widths: {}, hidden: [], order: [] };
export const LEAST_COLUMN_PX = 40;
export const MOST_COLUMN_PX = 2_000;

/** Columns in the order of the layout, hidden ones included. */
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

/** The columns to draw; at least one is. */
export function shownColumns<C extends { id: string }>(columns: readonly C[], layout: TableLayout): C[] {
  const ordered = orderedColumns(columns, layout);
  const shown = ordered.filter((column) => !layout.hidden.includes(column.id));
  return shown.length > 0 ? shown : ordered.slice(0, 1);
}

/** Put a column where another one is. */
export function moveColumn(ids: readonly string[], id: string, to: string): string[] {
  const target = ids.indexOf(to);
  const without = ids.filter((each) => each !== id);
  if (target < 0 || !ids.includes(id)) return [...ids];
  return [...without.slice(0, target), id, ...without.slice(target)];
}

export function isLayout(value: unknown): value is TableLayout {
  if (typeof value !== 'object' || value === null) return false;
  const { widths, hidden, order } = value as Record<string, unknown>;
  const isIds = (list: unknown) => Array.isArray(list) && list.every((each) => typeof each === 'string');
  const isWidths =
    typeof widths === 'object' &&
    widths !== null &&
    Object.values(widths).every((px) => typeof px === 'number' && px >= LEAST_COLUMN_PX && px <= MOST_COLUMN_PX);
  return isWidths && isIds(hidden) && isIds(order);
}
