/** A table column: how its cells are drawn, and their values. */
import type { ReactNode } from 'react';

export type Cell = string | number | boolean | null;

export interface Column<Row> {
  id: string;
  title: string;
  /** The CSS grid track: `80px`, `minmax(120px, 1fr)`. */
  width: string;
  align?: 'left' | 'right';
  isSortable?: boolean;
  /** Explains the column on hover. */
  hint?: string;
  render: (row: Row, index: number) => ReactNode;
  /** Returns the value to find, copy and save: numbers without unit, times as ISO 8601. */
  value: (row: Row) => Cell;
}

export interface Sort {
  column: string;
  descending: boolean;
}
