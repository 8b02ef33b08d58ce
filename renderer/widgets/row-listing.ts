/**
 * A row listing names the rows of a list so that all of them can be copied and saved, not only
 * those drawn. The engine writes their text; see `electron/contract/listing.ts`.
 */
import { toErrorInfo } from '../../electron/contract/errors.ts';
import type { ListingFormat, ListingInput, ListingPart } from '../../electron/contract/listing.ts';
import { formatBytes, formatCount } from '../base/format.ts';
import { safeText } from '../base/safe-text.ts';
import { saveBlob } from '../base/save-file.ts';
import type { Stores } from '../state/stores.ts';
import { countRows, type RowRanges } from './row-ranges.ts';

interface ListedRows {
  listing: ListingInput;
  ranges: RowRanges | null;
}

export interface RowListing {
  /** The singular and plural of the rows: `line`, `mini-batch`. */
  noun: string;
  nouns: string;
  /** The name of a saved file, without extension. */
  fileName: string;
  /** Copies lines as `file:line:text`, other rows as tab-separated cells. */
  isOfLines: boolean;
  /**
   * Returns the listing and the ordinals of these rows in it (null for all rows), or null while it
   * is unknown.
   */
  of: (ranges: RowRanges | null) => ListedRows | null | Promise<ListedRows | null>;
}

export type SaveFormat = 'text' | 'csv' | 'json';

/** More than belongs on a clipboard. */
const MOST_COPIED_CHARS = 50_000_000;

const forEngine = (ranges: RowRanges | null): [number, number][] | null =>
  ranges === null ? null : ranges.map(([first, last]) => [first, last]);

/** Writes text to the clipboard and reports what was written, or that it failed. */
export function writeClipboard(stores: Stores, text: string, said: string): void {
  const { show } = stores.toasts.getState();
  const end = stores.busy.begin('clipboard');
  navigator.clipboard
    .writeText(text)
    .then(
      () => show(said),
      () => show('The clipboard could not be written.', { tone: 'error' }),
    )
    .finally(end);
}

/**
 * The forms of copying rows. `text`: lines as `file:line:text`, other rows as cells. `plain`: the
 * bare text of lines, other rows with column names. `written`: the text of lines with terminal
 * codes and all states of a progress bar.
 */
export type CopyForm = 'text' | 'plain' | 'written';

/** Copies rows to the clipboard and reports how many. */
export async function copyRows(stores: Stores, rows: RowListing, ranges: RowRanges, form: CopyForm): Promise<void> {
  const wanted = await rows.of(ranges);
  if (wanted === null) return;
  const isPlain = form !== 'text';
  const { of } = wanted.listing;
  const isRaw = form === 'written' && (of === 'hits' || of === 'file');
  const listing = isRaw ? { ...wanted.listing, raw: true } : wanted.listing;
  const toasts = stores.toasts.getState();
  const end = stores.busy.begin('copy');
  const format = isPlain ? 'plain' : 'text';
  const counted = formatCount(countRows(ranges), rows.noun, rows.nouns);
  const question = { listing, ranges: forEngine(wanted.ranges), format } as const;
  let text = '';
  let copied = 0;
  try {
    for (let from: number | null = 0; from !== null; ) {
      const part: ListingPart = await stores.client.call('listing.read', { ...question, from });
      text += part.text;
      copied += part.rows;
      from = part.next;
      if (text.length > MOST_COPIED_CHARS && from !== null) {
        toasts.show(`${counted} are too much for the clipboard. Save them to a file instead.`, { tone: 'error' });
        return;
      }
    }
  } catch (thrown) {
    toasts.show(`The rows could not be copied. ${safeText(toErrorInfo(thrown).message)}`, { tone: 'error' });
    return;
  } finally {
    end();
  }
  const plain = rows.isOfLines ? ' without file and line' : ' with column names';
  const what = isRaw ? ' as written' : isPlain ? plain : '';
  const said = `Copied ${formatCount(copied, rows.noun, rows.nouns)}${what}`;
  writeClipboard(stores, text.replace(/\r?\n$/, ''), said);
}

const endings: Record<SaveFormat, string> = { text: 'txt', csv: 'csv', json: 'json' };
const types: Record<SaveFormat, string> = { text: 'text/plain', csv: 'text/csv', json: 'application/json' };

/**
 * Saves rows to a file, or all rows for null. Uses the system's dialog if there is one, otherwise a
 * download.
 */
export async function saveRows(
  stores: Stores,
  rows: RowListing,
  ranges: RowRanges | null,
  form: SaveFormat,
): Promise<void> {
  const wanted = await rows.of(ranges);
  if (wanted === null) return;
  const format: ListingFormat = form === 'text' && !rows.isOfLines ? 'tsv' : form;
  const ending = format === 'tsv' ? 'tsv' : endings[form];
  const name = `${rows.fileName.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '') || 'rows'}.${ending}`;
  const { savePath } = stores.shell;
  const path = savePath === null ? null : await savePath(name);
  if (savePath !== null && path === null) return;

  const toasts = stores.toasts.getState();
  const abort = new AbortController();
  const end = stores.busy.begin('save rows');
  const cancel = { label: 'Cancel', run: () => abort.abort() };
  const toast = toasts.show(`Saving ${rows.nouns} …`, { action: cancel, stays: true });
  const question = { listing: wanted.listing, ranges: forEngine(wanted.ranges), format };
  const counted = (count: number) => formatCount(count, rows.noun, rows.nouns);
  try {
    if (path !== null) {
      const saved = await stores.client.call(
        'listing.save',
        { ...question, path, force: true },
        { signal: abort.signal },
      );
      toasts.show(`Saved ${counted(saved.rows)} (${formatBytes(saved.bytes)}) to ${safeText(saved.path)}`);
      return;
    }
    const parts: Blob[] = [];
    let count = 0;
    for (let from: number | null = 0; from !== null; ) {
      const part: ListingPart = await stores.client.call(
        'listing.read',
        { ...question, from },
        { signal: abort.signal },
      );
      // One blob per part, which the browser may keep on disk.
      parts.push(new Blob([part.text]));
      count += part.rows;
      from = part.next;
      if (from !== null) toasts.update(toast, `Saving ${rows.nouns}: ${counted(count)} so far …`);
    }
    saveBlob(name, new Blob(parts, { type: types[form] }));
    toasts.show(`Saved ${counted(count)} as ${name}`);
  } catch (thrown) {
    const error = toErrorInfo(thrown);
    if (error.kind === 'cancelled') toasts.show('Nothing was saved.');
    else toasts.show(`The rows could not be saved. ${safeText(error.message)}`, { tone: 'error' });
  } finally {
    toasts.dismiss(toast);
    end();
  }
}
