/** Compares a case with its source and plans what to read, before indexing begins. */
import type { FormatBook } from '../formats/custom/format-book.ts';
import { findRunRoots, inferGeneration } from '../formats/rows/roots.ts';
import type { FileChoices } from '../ingest/file-choices.ts';
import { compareListing } from '../ingest/listing-changes.ts';
import { isPending } from '../ingest/pending.ts';
import { planUnits } from '../ingest/plan.ts';
import type { SourceListing } from '../source/entry.ts';
import type { RunDate } from '../source/run-date.ts';
import { sourceName } from '../source/source.ts';
import { getMeta, setMeta } from '../store/meta.ts';
import { openReadable, type WritableDb } from '../store/open.ts';
import { SCHEMA_VERSION } from '../store/schema.ts';
import { isAny } from '../store/select.ts';
import type { CaseFolder } from './case-folder.ts';

/** What a case is made from. */
export interface CaseSource {
  listing: SourceListing;
  /** '' or ends in '/'. */
  prefix: string;
  date: RunDate;
  formats: FormatBook;
  /** The user's choices for files. */
  choices: FileChoices;
  /** Problems with custom formats. */
  badFormats: readonly string[];
}

/**
 * Updates a new or existing case to its source: plans what to read, and records what cannot be read
 * and what the case is made from. Returns true if the case changed.
 */
export function prepareCase(db: WritableDb, source: CaseSource): boolean {
  const prepare = db.transaction(() => {
    const { listing, prefix, date, formats } = source;
    // If the run turns out to be of another year, times of lines without a year change.
    const yearBefore = getMeta(db, 'year');
    const isChanged = planUnits(
      db,
      listing,
      prefix,
      formats,
      yearBefore !== null && yearBefore !== String(date.year),
      source.choices,
    );
    noteProblems(db, source);
    const root = prefix.replace(/\/$/, '');
    if (isChanged) setMeta(db, 'derived', 'no');
    setMeta(db, 'year', String(date.year));
    setMeta(db, 'run_us', date.us === null ? '' : String(date.us));
    setMeta(db, 'source', listing.path);
    setMeta(db, 'own_formats', JSON.stringify(formats.formats));
    setMeta(db, 'root', root);
    setMeta(db, 'generation', generationOf(listing, root) ?? '');
    setMeta(db, 'name', root === '' ? sourceName(listing.path) : root);
    setMeta(db, 'opened_us', String(Date.now() * 1000));
    return isChanged;
  });
  // Start as a writer, because a transaction that reads first is refused if another has written in
  // the meantime.
  return prepare.immediate();
}

/**
 * Returns true if the case is complete and matches the source. Writes nothing. An unreadable case
 * does not match.
 */
export function isUpToDate(folder: CaseFolder, { listing, prefix, date, formats, choices }: CaseSource): boolean {
  try {
    const db = openReadable(folder.database);
    try {
      if (db.pragma('user_version', { simple: true }) !== SCHEMA_VERSION) return false;
      if (getMeta(db, 'derived') !== 'complete' || getMeta(db, 'year') !== String(date.year)) return false;
      const { changed, added, gone, isFirst } = compareListing(db, listing, prefix, formats, choices);
      const isSame = !isFirst && changed.length === 0 && added.length === 0 && gone.length === 0;
      return isSame && !isPending(db);
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

function noteProblems(db: WritableDb, { listing, prefix, badFormats }: CaseSource): void {
  db.prepare('DELETE FROM problem WHERE unit_id IS NULL').run();
  const problem = db.prepare(
    `INSERT INTO problem (file_id, kind, message, count, tail)
     VALUES ((SELECT id FROM file WHERE path = ?), ?, ?, 1, 0)`,
  );
  for (const message of badFormats) problem.run(null, 'bad_format', message);
  for (const found of listing.problems) {
    const local = found.path?.startsWith(prefix) ? found.path.slice(prefix.length) : found.path;
    const isKnown = local !== null && isAny(db, 'SELECT 1 FROM file WHERE path = ?', local);
    problem.run(local, found.kind, isKnown || local === null ? found.message : `${local}: ${found.message}`);
  }
}

function generationOf(listing: SourceListing, root: string): string | null {
  const paths = listing.entries.map((entry) => entry.path);
  const found = findRunRoots(paths).find((each) => each.root === root);
  return found === undefined ? inferGeneration(paths) : found.generation;
}
