/** CSV (RFC 4180, or TSV with tabs) that is safe to open in a spreadsheet: formulas become text. */

/**
 * Text that a spreadsheet would run as a formula gets a quote in front. If quotes already precede
 * the formula, it gets one more, so that removing one quote always restores the original. The last
 * four characters are the full-width forms of the first four.
 */
const formula = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Returns a text as a cell, quoted if necessary. */
export function csvCell(text: string, delimiter: ',' | '\t' = ','): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return safe.includes(delimiter) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Row = readonly (string | number | null)[];

/**
 * Joins cells into a line with its line end. A number is never a formula; null is an empty cell.
 */
export function csvLine(cells: Row, delimiter: ',' | '\t' = ','): string {
  const texts = cells.map((cell) => (typeof cell === 'string' ? csvCell(cell, delimiter) : (cell ?? '')));
  return `${texts.join(delimiter)}\r\n`;
}

/** Returns a table as CSV with a header line. */
export function csvTable(head: readonly string[], rows: readonly Row[]): string {
  return [head, ...rows].map((row) => csvLine(row)).join('');
}
