/** A column of a table: how its cells are drawn, and their values. */
import type { ReactNode } from 'react';

export type Cell = string | number | boolean | null;

export interface Column<Row> {
  id: string;
  title: string;
  /** CSS grid track: `80px`, `minmax(120px, 1fr)`. */
  width: string;
  align?: 'left' | 'right';
  isSortable?: boolean;
  /** Explains the column on hover. */
  hint?: string;
  render: (row: Row, index: number) => ReactNode;
  /** What is found, copied and saved: numbers without unit, times as ISO 8601. */
  value: (row: Row) => Cell;
}

export interface Sort {
  column: string;
  descending: boolean;
}
