/**
 * Preparing compares a case with its source and plans what has to be read, before indexing begins.
 */
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
import type { CaseFolder } from './case-folder.ts';

/** What a case is made from. */
export interface CaseSource {
  listing: SourceListing;
  /** '' or ending in '/'. */
  prefix: string;
  date: RunDate;
  formats: FormatBook;
  /** What a person has set for files. */
  choices: FileChoices;
  /** What is wrong with formats of one's own. */
  badFormats: readonly string[];
}

/**
 * Bring a case in line with its source, new or again: plan what is read, note what cannot be, and
 * what the case is of. Returns whether the case differs from what it was.
 */
export function prepareCase(db: WritableDb, source: CaseSource): boolean {
  const prepare = db.transaction(() => {
    const { listing, prefix, date, formats } = source;
    // The times of lines without a year are others when the run turns out to be of another year.
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
  // At once as a writer: one that has read first is refused where another has written meanwhile.
  return prepare.immediate();
}

/**
 * Whether the case is complete and of what the source holds now. Nothing is written; a case that
 * cannot be read is not.
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
    const isKnown = local !== null && db.prepare('SELECT 1 FROM file WHERE path = ?').get(local) !== undefined;
    problem.run(local, found.kind, isKnown || local === null ? found.message : `${local}: ${found.message}`);
  }
}

function generationOf(listing: SourceListing, root: string): string | null {
  const paths = listing.entries.map((entry) => entry.path);
  const found = findRunRoots(paths).find((each) => each.root === root);
  return found === undefined ? inferGeneration(paths) : found.generation;
}
