/**
 * The run's date is the year, month and day that most of its dated lines have. It completes times
 * without a year, such as syslog's.
 */
import type { SourceEntry, SourceListing } from './entry.ts';
import { SourceReader } from './source-reader.ts';

const LOOK_BYTES = 64 * 1024;
const MAX_FILES = 8;
const DATED = /^\[?((?:19|20)\d\d-\d\d-\d\d)[T ]/m;
/** Files whose times are the run's. */
const TELLING = /(?:overview|master|driver|std_log|job_prep|Process-|process\d{3})[^/]*\.txt$/i;

/** When the run was, by its own logs: for times that name no year. */
export interface RunDate {
  /** Of its first dated line; where there is none, of the newest file. */
  year: number;
  /** The day of that line, in microseconds; null where there is none. */
  us: number | null;
}

/** Read the date in the logs that tell of the run: files unpacked today carry today's date. */
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

/** The text that an entry begins with; '' where it cannot be read. */
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
