/** A table of text for people, with columns as wide as their content. */
import { showControls } from './output.ts';

/** A column for people: heading, text of a row, and whether it is right-aligned. */
export interface Column<Row> {
  title: string;
  text: (row: Row) => string;
  right?: boolean;
}

/**
 * Formats the lines of an aligned table. Widths come from the given rows; the last column is not
 * padded.
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
