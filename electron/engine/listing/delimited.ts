/** Cells as comma- or tab-separated text (RFC 4180), safe to open in a spreadsheet. */
import { stringify } from 'csv-stringify/sync';

/**
 * Rows as text, the first line naming the columns where asked. A reference becomes `file:line`. A
 * text that a spreadsheet would take for a formula gets a quote before it.
 */
export function formatCsv(
  rows: Record<string, unknown>[],
  columns: readonly string[],
  withTitles: boolean,
  delimiter: ',' | '\t' = ',',
): string {
  return stringify(
    rows.map((row) => columns.map((column) => csvCell(row[column]))),
    { header: withTitles, columns: [...columns], escape_formulas: true, record_delimiter: '\r\n', delimiter },
  );
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if ('file' in value && 'line' in value) return `${String(value.file)}:${String(value.line)}`;
  return JSON.stringify(value);
}
