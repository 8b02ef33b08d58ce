/** “Find” in a table: searches page by page for the nearest row with a text. */
import type { CancelSignal } from '../../contract/contract.ts';
import { comparable } from '../base/same-text.ts';
import type { ListedRow, RowSource } from './row-source.ts';

/**
 * Returns the next row after `from`, or the previous one before it, with a cell that contains
 * `text` in any case; null if there is none.
 */
export async function findRow(
  source: RowSource,
  text: string,
  from: number,
  direction: 'next' | 'previous',
  signal: CancelSignal,
): Promise<{ index: number | null }> {
  const wanted = comparable(text).toLowerCase();
  const isIn = (value: unknown) =>
    comparable(String(value ?? ''))
      .toLowerCase()
      .includes(wanted);
  // Tables show file and line as one text.
  const has = (row: ListedRow) =>
    source.columns.some((column) => isIn(row[column])) || (source.isOfLines && isIn(`${row.file}:${row.line}`));
  if (direction === 'next') {
    for (let start = from + 1; ; start += source.pageRows) {
      signal.throwIfAborted();
      const rows = await source.page(start, source.pageRows);
      const at = rows.findIndex(has);
      if (at >= 0) return { index: start + at };
      if (rows.length < source.pageRows) return { index: null };
    }
  }
  for (let end = from; end > 0; ) {
    signal.throwIfAborted();
    const start = Math.max(0, end - source.pageRows);
    const at = (await source.page(start, end - start)).findLastIndex(has);
    if (at >= 0) return { index: start + at };
    end = start;
  }
  return { index: null };
}
