/**
 * The text of a listing in parts. Reading page by page keeps only one part in memory, however long
 * the listing.
 */
import type { ListingFormat, ListingPart } from '../../contract/listing.ts';
import { formatCsv } from './delimited.ts';
import type { ListedRow, RowSource } from './row-source.ts';

const PART_CHARS = 1_000_000;

export type Ranges = readonly (readonly [number, number])[] | null;

/**
 * Returns the part that begins after `from` rows. Ranges past the end return the rows that exist.
 */
export async function listingPart(
  source: RowSource,
  ranges: Ranges,
  format: ListingFormat,
  from: number,
  partChars = PART_CHARS,
): Promise<ListingPart> {
  let text = '';
  let taken = 0;
  let isAtEnd = false;
  while (!isAtEnd && text.length < partChars) {
    const stretch = stretchAt(ranges, from + taken);
    if (stretch === null) {
      isAtEnd = true;
      break;
    }
    const count = Math.min(source.pageRows, stretch.count);
    const rows = await source.page(stretch.start, count);
    text += pageText(rows, source, format, from + taken === 0);
    taken += rows.length;
    // Fewer rows than requested: the listing ends here, and the rest of the ranges does not exist.
    if (rows.length < count) isAtEnd = true;
  }
  if (isAtEnd) text += endText(source, format, from + taken);
  return { text, rows: taken, next: isAtEnd ? null : from + taken };
}

/**
 * Returns the row after `taken` selected rows, and how many selected rows follow without a gap;
 * null after the last.
 */
function stretchAt(ranges: Ranges, taken: number): { start: number; count: number } | null {
  if (ranges === null) return { start: taken, count: Number.POSITIVE_INFINITY };
  let before = taken;
  for (const [first, last] of ranges) {
    const length = last - first + 1;
    if (before < length) return { start: first + before, count: length - before };
    before -= length;
  }
  return null;
}

function pageText(rows: ListedRow[], source: RowSource, format: ListingFormat, isFirst: boolean): string {
  if (rows.length === 0) return '';
  switch (format) {
    case 'json':
      return `${isFirst ? '[\n' : ',\n'}${rows.map((row) => JSON.stringify(row)).join(',\n')}`;
    case 'csv':
      return formatCsv(rows, source.columns, isFirst);
    case 'plain':
      if (source.isOfLines) return rows.map((row) => `${String(row.text)}\n`).join('');
      return formatCsv(rows, source.columns, isFirst, '\t');
    case 'text':
      if (source.isOfLines)
        return rows.map((row) => `${String(row.file)}:${String(row.line)}:${String(row.text)}\n`).join('');
      return formatCsv(rows, source.columns, false, '\t');
    case 'tsv':
      return formatCsv(rows, source.columns, isFirst, '\t');
  }
}

function endText(source: RowSource, format: ListingFormat, rows: number): string {
  if (format === 'json') return rows === 0 ? '[]\n' : '\n]\n';
  const hasTitles = format === 'csv' || format === 'tsv';
  return rows === 0 && hasTitles ? formatCsv([], source.columns, true, format === 'csv' ? ',' : '\t') : '';
}
