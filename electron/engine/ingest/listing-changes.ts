/**
 * Listing changes are the difference between the files that a case knows and those that its source
 * has now: new, grown, changed, gone.
 */
import { builtInFormats, type FormatBook } from '../formats/custom/format-book.ts';
import type { SourceEntry, SourceListing } from '../source/entry.ts';
import { contentName } from '../source/inside.ts';
import { SourceReader } from '../source/source-reader.ts';
import { getMeta } from '../store/meta.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectRows } from '../store/select.ts';
import { type FileChoices, noChoices } from './file-choices.ts';

/** A file as the case has it. */
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
  /** JSON: how its lines were read, and what a person had set for it. */
  reading: 'text?',
  choice: 'text?',
} as const;
export type KnownFile = RowOf<typeof knownFileColumns>;

/** A file that the case has and that is not as it was. */
export interface ChangedFile {
  known: KnownFile;
  entry: SourceEntry;
  /** Whether the format by which it was read is still what it is. */
  isFormatSame: boolean;
}

/**
 * How what a source holds differs from what the case has of it. Paths of entries are relative to
 * the source, not to the run's root.
 */
export interface ListingChanges {
  changed: ChangedFile[];
  added: SourceEntry[];
  gone: KnownFile[];
  /** Whether the case has any file. */
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
 * Compare a listing with a case, by sizes, times and checksums: nothing is read but the first byte
 * of what could not be read before.
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
  // Of a file that did not change, formats of one's own may have.
  const formatsBefore = getMeta(db, 'formats');
  const changes: ListingChanges = { changed: [], added: [], gone: [], isFirst: true };
  const changedAt: { place: number; changed: ChangedFile }[] = [];
  const source = new SourceReader({ kind: listing.kind, path: listing.path, prefix: '' });
  // One row at a time: there can be a million, and most are as they were.
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
