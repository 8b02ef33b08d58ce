/** Formats rows as comma- or tab-separated text that is safe to open in a spreadsheet. */
import { csvLine } from '../../contract/csv.ts';

/**
 * Formats rows, optionally with column names in the first line. A reference becomes `file:line`.
 */
export function formatCsv(
  rows: Record<string, unknown>[],
  columns: readonly string[],
  withTitles: boolean,
  delimiter: ',' | '\t' = ',',
): string {
  const lines = rows.map((row) =>
    csvLine(
      columns.map((column) => cellOf(row[column])),
      delimiter,
    ),
  );
  return (withTitles ? csvLine(columns, delimiter) : '') + lines.join('');
}

function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value !== 'object') return String(value);
  if ('file' in value && 'line' in value) return `${String(value.file)}:${String(value.line)}`;
  return JSON.stringify(value);
}
