/**
 * The run's date is the day of the first dated line in its logs. It completes times without a year,
 * such as syslog's.
 */
import type { SourceEntry, SourceListing } from './entry.ts';
import { SourceReader } from './source-reader.ts';

const LOOK_BYTES = 64 * 1024;
const MAX_FILES = 8;
const DATED = /^\[?((?:19|20)\d\d-\d\d-\d\d)[T ]/m;
/** Files whose times are the run's. */
const TELLING = /(?:overview|master|driver|std_log|job_prep|Process-|process\d{3})[^/]*\.txt$/i;

/** When the run took place, for times without a year. */
export interface RunDate {
  /** Year of the first dated line, or of the newest file if no line has a date. */
  year: number;
  /** Day of the first dated line, in microseconds; null if no line has a date. */
  us: number | null;
}

/** Reads the date from the run's logs, because unpacked files carry the date of unpacking. */
export async function runDate(listing: SourceListing, prefix: string): Promise<RunDate> {
  const telling = listing.entries.filter(
    (entry) => entry.inside === null && entry.bytes > 0 && entry.path.startsWith(prefix) && TELLING.test(entry.path),
  );
  const source = new SourceReader({ kind: listing.kind, path: listing.path, prefix: '' });
  try {
    for (const entry of telling.slice(0, MAX_FILES)) {
      const day = DATED.exec(await beginning(source, entry))?.[1];
      const us = day === undefined ? Number.NaN : Date.parse(day) * 1000;
      if (!Number.isNaN(us)) return { year: new Date(us / 1000).getUTCFullYear(), us };
    }
  } finally {
    await source.close();
  }
  const newest = listing.entries.reduce((most, entry) => Math.max(most, entry.modifiedUs ?? 0), 0);
  return { year: new Date(newest === 0 ? Date.now() : newest / 1000).getUTCFullYear(), us: null };
}

/** Returns the beginning of an entry as text; '' if it cannot be read. */
async function beginning(source: SourceReader, entry: SourceEntry): Promise<string> {
  try {
    const open = source.openEntry(entry);
    try {
      for await (const chunk of open.chunks({ start: 0, end: Math.min(LOOK_BYTES, entry.bytes) }))
        return chunk.toString('latin1');
      return '';
    } finally {
      open.close();
    }
  } catch {
    return '';
  }
}
