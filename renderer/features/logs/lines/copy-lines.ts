import { formatCount, formatNumber } from '../../../base/format.ts';
import { safeText } from '../../../base/safe-text.ts';
import type { Stores } from '../../../state/stores.ts';
import type { LineStream } from '../model/stream.ts';
import type { FilesView } from '../model/use-files.ts';

/** More than a clipboard is for. */
export const MOST_COPIED = 100_000;
const MOST_CHARS = 1_000_000;
const ROWS_A_CALL = 2_000;

/** Write text to the clipboard and say what was written, or that it could not be. */
export function writeClipboard(stores: Stores, text: string, said: string): void {
  const { show } = stores.toasts.getState();
  navigator.clipboard.writeText(text).then(
    () => show(said),
    () => show('The clipboard could not be written.', { tone: 'error' }),
  );
}

/** Whole lines of a stream, plain or with the file and line that they stand on. */
export async function copyLines(
  stores: Stores,
  stream: Pick<LineStream, 'read'>,
  files: FilesView,
  first: number,
  last: number,
  hasSource: boolean,
): Promise<void> {
  const end = stores.busy.begin('copy');
  const signal = new AbortController().signal;
  const until = Math.min(last, first + MOST_COPIED - 1);
  const lines: string[] = [];
  let cut = 0;
  try {
    for (let start = first; start <= until; start += ROWS_A_CALL) {
      for (const row of await stream.read(start, Math.min(ROWS_A_CALL, until - start + 1), MOST_CHARS, signal)) {
        if (row.length > row.text.length) cut++;
        lines.push(hasSource ? `${files.byId.get(row.fileId)?.path ?? ''}:${row.line}:${row.text}` : row.text);
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? safeText(error.message) : '';
    stores.toasts.getState().show(`The lines could not be copied. ${reason}`, { tone: 'error' });
    return;
  } finally {
    end();
  }
  const limits = [
    until < last ? `the first ${formatNumber(MOST_COPIED)} of ${formatNumber(last - first + 1)}` : '',
    cut > 0 ? `${formatCount(cut, 'line')} cut at ${formatNumber(MOST_CHARS)} characters` : '',
  ].filter(Boolean);
  const what = hasSource ? 'with file and line' : '';
  writeClipboard(
    stores,
    lines.join('\n'),
    `Copied ${formatCount(lines.length, 'line')} ${what}${limits.length > 0 ? ` (${limits.join('; ')})` : ''}`.trim(),
  );
}
