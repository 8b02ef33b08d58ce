/**
 * CSV (RFC 4180; with tabs between cells TSV) that is safe to open in a spreadsheet: what would be
 * run as a formula stands there as text.
 */

/**
 * A text that a spreadsheet takes for a formula gets a quote before it; so does one that has quotes
 * before such a text already, so that taking one away gives what was. The last four are the
 * full-width forms of the first.
 */
const formula = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** A text as a cell, in quotes where it needs them. */
export function csvCell(text: string, delimiter: ',' | '\t' = ','): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return safe.includes(delimiter) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Row = readonly (string | number | null)[];

/** Cells as a line with its end. A number is no formula; null is an empty cell. */
export function csvLine(cells: Row, delimiter: ',' | '\t' = ','): string {
  const texts = cells.map((cell) => (typeof cell === 'string' ? csvCell(cell, delimiter) : (cell ?? '')));
  return `${texts.join(delimiter)}\r\n`;
}

/** A table as CSV, its first line the titles. */
export function csvTable(head: readonly string[], rows: readonly Row[]): string {
  return [head, ...rows].map((row) => csvLine(row)).join('');
}
