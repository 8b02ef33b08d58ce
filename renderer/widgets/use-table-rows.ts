/**
 * The rows of a table as a listing, which names them to the engine so that they can be found,
 * copied and saved. Each column gives the value that stands for a row there.
 */
import { useMemo } from 'react';
import type { ListingInput } from '../../electron/contract/listing.ts';
import type { RowListing } from './row-listing.ts';
import type { RowRanges } from './row-ranges.ts';
import type { Column } from './table-column.ts';

export interface TableRows<Row> {
  /** The singular and plural of the rows, and the name of a file they are saved in. */
  noun: string;
  nouns?: string;
  fileName?: string;
  columns: readonly Column<Row>[];
  count: number;
  /** Returns the row, or undefined while it has not arrived, which draws a placeholder. */
  rowAt: (index: number) => Row | undefined;
  /**
   * For tables whose `rowAt` does not have all rows: the same rows as the engine lists them, or a
   * function that reads them all.
   */
  listing?: ListingInput | null | (() => Promise<readonly Row[]>);
}

export function useTableRows<Row>(table: TableRows<Row>): RowListing {
  const { noun, nouns = `${noun}s`, fileName = nouns, columns, count, rowAt, listing } = table;
  return useMemo((): RowListing => {
    const of = async (ranges: RowRanges | null) => {
      if (listing === null) return null;
      if (typeof listing === 'function') return { listing: tableOf(columns, await listing()), ranges };
      if (listing !== undefined) return { listing, ranges };
      return { listing: tableOf(columns, rowsIn(ranges ?? [[0, count - 1]], count, rowAt)), ranges: null };
    };
    return { noun, nouns, fileName, isOfLines: false, of };
  }, [columns, rowAt, count, listing, noun, nouns, fileName]);
}

/** Returns rows as a listing that carries their values itself. */
function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly (Row | undefined)[]): ListingInput {
  return {
    of: 'table',
    columns: columns.map(({ title }) => title),
    rows: rows.flatMap((row) => (row === undefined ? [] : [columns.map((column) => column.value(row))])),
  };
}

function rowsIn<Row>(ranges: RowRanges, count: number, rowAt: (index: number) => Row | undefined) {
  return ranges.flatMap(([first, last]) =>
    Array.from({ length: Math.min(last, count - 1) - first + 1 }, (_, k) => rowAt(first + k)),
  );
}
