/** Handlers of the listing commands: rows → text → a part for the window, or a file. */
import { createWriteStream, existsSync } from 'node:fs';
import { extname, isAbsolute } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Handlers } from '../../contract/contract.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { ListingFormat } from '../../contract/listing.ts';
import { existsError, placeFile } from '../report/write-file.ts';
import { findRow } from './find-row.ts';
import { listingPart, type Ranges } from './parts.ts';
import { type RowHandlers, type RowSource, rowSource } from './row-source.ts';

export type ListingHandlers = Pick<Handlers, 'listing.read' | 'listing.find' | 'listing.save'>;

/** Creates the handlers. `rows` are the handlers of the commands that list rows. */
export function listingHandlers(rows: RowHandlers): ListingHandlers {
  return {
    'listing.read': ({ listing, ranges, format, from }, signal) =>
      listingPart(rowSource(listing, rows, signal), ranges, format, from),
    'listing.find': ({ listing, text, from, direction }, signal) =>
      findRow(rowSource(listing, rows, signal), text, from, direction, signal),
    'listing.save': async ({ listing, ranges, format, path, force }, signal) => {
      checkPath(path, force);
      const source = rowSource(listing, rows, signal);
      const counted = { rows: 0, bytes: 0 };
      await placeFile(path, force, async (temporary) => {
        const parts = partsOf(source, ranges, format, counted, () => signal.throwIfAborted());
        await pipeline(Readable.from(parts), createWriteStream(temporary, { flags: 'wx' }));
      });
      return { path, ...counted };
    },
  };
}

async function* partsOf(
  source: RowSource,
  ranges: Ranges,
  format: ListingFormat,
  counted: { rows: number; bytes: number },
  check: () => void,
): AsyncGenerator<Buffer> {
  for (let from: number | null = 0; from !== null; ) {
    check();
    const part = await listingPart(source, ranges, format, from);
    // An aborted search answers with no rows, which must not count as its end.
    check();
    const bytes = Buffer.from(part.text);
    counted.rows += part.rows;
    counted.bytes += bytes.length;
    yield bytes;
    from = part.next;
  }
}

function checkPath(path: string, force: boolean): void {
  if (!isAbsolute(path) || path.includes('\0') || extname(path) === '') {
    throw new PostrunError('user', 'bad_path', 'Give the whole path of a file, with its ending.', { where: path });
  }
  if (!force && existsSync(path)) throw existsError(path);
}
