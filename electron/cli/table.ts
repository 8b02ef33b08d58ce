/** A table of text for people, with columns as wide as their content. */
import { showControls } from './output.ts';

/** A column for people: heading, text of a row, numbers to the right. */
export interface Column<Row> {
  title: string;
  text: (row: Row) => string;
  right?: boolean;
}

/**
 * Lines of an aligned table. The last column is not padded; widths are taken from the rows given.
 */
export function formatTable<Row>(columns: Column<Row>[], rows: Row[], withTitles = true): string {
  const body = rows.map((row) => columns.map((column) => showControls(column.text(row))));
  const cells = withTitles ? [columns.map((column) => column.title), ...body] : body;
  const widths = columns.map((_, index) => Math.max(0, ...cells.map((line) => line[index]?.length ?? 0)));
  return cells
    .map((line) =>
      columns
        .map((column, index) => {
          const text = line[index] ?? '';
          return column.right ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0);
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
