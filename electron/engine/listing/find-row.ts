/** “Find” in a table: the nearest row that has a text, read page by page. */
import type { CancelSignal } from '../../contract/contract.ts';
import { comparable } from '../base/same-text.ts';
import type { ListedRow, RowSource } from './row-source.ts';

/**
 * The next or previous row after `from` with a cell that contains `text`, whatever its case; null
 * where there is none.
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
  // Tables show where a line is as one text.
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
