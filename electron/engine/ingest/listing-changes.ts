/**
 * Listing changes are the difference between the files of a case and those its source has now:
 * added, grown, changed, gone.
 */
import { builtInFormats, type FormatBook } from '../formats/custom/format-book.ts';
import type { SourceEntry, SourceListing } from '../source/entry.ts';
import { contentName } from '../source/inside.ts';
import { SourceReader } from '../source/source-reader.ts';
import { getMeta } from '../store/meta.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectRows } from '../store/select.ts';
import { type FileChoices, noChoices } from './file-choices.ts';

/** A file as the case knows it. */
const knownFileColumns = {
  id: 'number',
  path: 'text',
  bytes: 'number',
  modified_us: 'number?',
  zip_crc: 'number?',
  inside: 'text?',
  format: 'text',
  format_hash: 'text?',
  lines: 'number?',
  state: 'text',
  checked_bytes: 'number?',
  content_check: 'text?',
  /** JSON: how its lines were read, and what a person set for it. */
  reading: 'text?',
  choice: 'text?',
} as const;
export type KnownFile = RowOf<typeof knownFileColumns>;

/** A file whose entry differs from what the case knows. */
export interface ChangedFile {
  known: KnownFile;
  entry: SourceEntry;
  /** The format that read it still exists unchanged. */
  isFormatSame: boolean;
}

/** The differences. Paths of entries are relative to the source, not to the run's root. */
export interface ListingChanges {
  changed: ChangedFile[];
  added: SourceEntry[];
  gone: KnownFile[];
  /** The case has no files yet. */
  isFirst: boolean;
}

function isReadAsBefore(old: KnownFile, entry: SourceEntry, formats: FormatBook): boolean {
  const { format } = formats.classify(entry.inside === null ? old.path : contentName(old.path));
  return format === old.format && formats.hashOf(format) === old.format_hash;
}

function isUnchanged(known: KnownFile, { bytes, modifiedUs, zip, inside }: SourceEntry): boolean {
  return (
    known.bytes === bytes &&
    known.modified_us === modifiedUs &&
    known.zip_crc === (zip?.crc ?? null) &&
    known.inside === (inside === null ? null : JSON.stringify(inside))
  );
}

/**
 * Compares a listing with a case by sizes, times and checksums. Reads nothing but the first byte of
 * files that could not be read before.
 */
export function compareListing(
  db: ReadableDb,
  listing: SourceListing,
  prefix: string,
  formats: FormatBook = builtInFormats,
  choices: FileChoices = noChoices,
): ListingChanges {
  const places = new Map<string, number>();
  listing.entries.forEach(({ path }, k) => {
    if (path.startsWith(prefix)) places.set(path.slice(prefix.length), k);
  });
  // Even if a file did not change, a custom format may have.
  const formatsBefore = getMeta(db, 'formats');
  const changes: ListingChanges = { changed: [], added: [], gone: [], isFirst: true };
  const changedAt: { place: number; changed: ChangedFile }[] = [];
  const source = new SourceReader({ kind: listing.kind, path: listing.path, prefix: '' });
  // Iterate: there can be a million rows, and most are unchanged.
  const files = selectRows(
    db,
    `SELECT id, path, bytes, modified_us, zip_crc, inside, format, format_hash, lines, state, checked_bytes, content_check,
         reading, choice
       FROM file`,
    knownFileColumns,
  ).iterate();
  for (const known of files) {
    changes.isFirst = false;
    const place = places.get(known.path);
    const entry = listing.entries[place ?? -1];
    if (place === undefined || entry === undefined) {
      changes.gone.push(known);
      continue;
    }
    places.delete(known.path);
    const choice = choices.get(known.path);
    const isChoiceSame = known.choice === (choice === undefined ? null : JSON.stringify(choice));
    const isFormatSame = isChoiceSame && (formatsBefore === formats.key || isReadAsBefore(known, entry, formats));
    if (isFormatSame && isUnchanged(known, entry) && !(known.state === 'failed' && source.canBeOpened(entry))) continue;
    changedAt.push({ place, changed: { known, entry, isFormatSame } });
  }
  changes.changed = changedAt.sort((a, b) => a.place - b.place).map(({ changed }) => changed);
  changes.added = [...places.values()].map((place) => listing.entries[place] as SourceEntry);
  return changes;
}
