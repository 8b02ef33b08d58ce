/**
 * The run's date is the year, month and day that most of its dated lines have. It completes times
 * without a year, such as syslog's.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { diskPath } from '../base/disk-path.ts';
import type { SourceListing } from './entry.ts';
import { zipChunks } from './zip.ts';

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
  for (const entry of telling.slice(0, MAX_FILES)) {
    const day = DATED.exec(await beginning(listing, entry))?.[1];
    const us = day === undefined ? Number.NaN : Date.parse(day) * 1000;
    if (!Number.isNaN(us)) return { year: new Date(us / 1000).getUTCFullYear(), us };
  }
  const newest = listing.entries.reduce((most, entry) => Math.max(most, entry.modifiedUs ?? 0), 0);
  return { year: new Date(newest === 0 ? Date.now() : newest / 1000).getUTCFullYear(), us: null };
}

async function beginning(listing: SourceListing, entry: SourceListing['entries'][number]): Promise<string> {
  try {
    const fd = openSync(listing.kind === 'zip' ? listing.path : diskPath(listing.path, entry.path), 'r');
    try {
      if (entry.zip === null) {
        const buffer = Buffer.alloc(Math.min(LOOK_BYTES, entry.bytes));
        return buffer.toString('latin1', 0, readSync(fd, buffer, 0, buffer.length, 0));
      }
      for await (const chunk of zipChunks(fd, entry.zip, entry.bytes, () => undefined))
        return chunk.toString('latin1', 0, LOOK_BYTES);
      return '';
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
