/** Prints rows page by page, as a table, CSV or JSON. */
import { formatCsv } from '../engine/listing/delimited.ts';
import type { Output } from './output.ts';
import type { CaseOptions } from './session.ts';
import { type Column, formatTable } from './table.ts';

/** How rows of one type are printed in each form. */
export interface RowPrinter<Row> {
  json: (row: Row) => Record<string, unknown>;
  /** Keys of the JSON in the order of the CSV's columns. */
  csvColumns: string[];
  columns: Column<Row>[];
  /** Message for a person when there are no rows. */
  none: string;
}

/** Prints pages of rows as they arrive: one JSON array, or CSV, or a table. */
export async function printRows<Row>(
  out: Output,
  options: CaseOptions,
  printer: RowPrinter<Row>,
  pages: AsyncIterable<Row[]> | Iterable<Row[]>,
): Promise<void> {
  let printed = 0;
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    if (options.json) {
      const start = printed === 0 ? '[\n' : ',\n';
      await out.write(start + rows.map((row) => JSON.stringify(printer.json(row))).join(',\n'));
    } else if (options.csv) {
      await out.write(formatCsv(rows.map(printer.json), printer.csvColumns, printed === 0));
    } else {
      await out.write(formatTable(printer.columns, rows, printed === 0));
    }
    printed += rows.length;
  }
  if (options.json) await out.write(printed === 0 ? '[]\n' : '\n]\n');
  else if (printed === 0) await out.write(options.csv ? formatCsv([], printer.csvColumns, true) : `${printer.none}\n`);
}

/**
 * Fetches pages until there are no more rows, or `limit` of them (0 = all). Fetches the next page
 * while one is printed.
 */
export async function* pagesOf<Row>(
  fetch: (start: number, count: number) => Promise<Row[]>,
  limit: number,
  pageRows = 1_000,
): AsyncGenerator<Row[]> {
  const countAt = (start: number) => (limit === 0 ? pageRows : Math.min(pageRows, limit - start));
  const ask = (start: number) => {
    const page = countAt(start) > 0 ? fetch(start, countAt(start)) : Promise.resolve([]);
    // If the reader is gone, nobody awaits this page, so its failure must not go unhandled.
    page.catch(() => {});
    return page;
  };
  let start = 0;
  let next = ask(0);
  for (;;) {
    const rows = await next;
    if (rows.length === 0) return;
    const isLast = rows.length < countAt(start);
    start += rows.length;
    if (!isLast) next = ask(start);
    yield rows;
    if (isLast) return;
  }
}
