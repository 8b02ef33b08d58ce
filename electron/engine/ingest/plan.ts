/**
 * The plan divides the files to be read into units, and takes only the new end of a file that has
 * grown.
 */
import { builtInFormats, type FormatBook } from '../formats/custom/format-book.ts';
import { type FileReading, isIndependentOfChange } from '../formats/prefix/file-reading.ts';
import { contentCheck } from '../source/content-check.ts';
import type { SourceEntry, SourceListing } from '../source/entry.ts';
import { contentName, streamKey } from '../source/inside.ts';
import { SourceReader } from '../source/source-reader.ts';
import { setMeta } from '../store/meta.ts';
import type { WritableDb } from '../store/open.ts';
import { type Select, selectCells, selectRows } from '../store/select.ts';
import { removeUnit, type TakenFile, takeOut } from '../store/take-out.ts';
import { type FileChoices, noChoices } from './file-choices.ts';
import { stretchesOf } from './file-sample.ts';
import { type ChangedFile, compareListing, type KnownFile } from './listing-changes.ts';
import type { IngestFile } from './messages.ts';
import { isPending } from './pending.ts';

/**
 * A unit of small files is limited in size and in number: the worker holds facts about each file in
 * memory at the same time.
 */
const UNIT_BYTES = 8 * 1024 * 1024;
const UNIT_FILES = 2_000;
/** A large file in a folder is divided into parts of this size, so that all cores can read it. */
const PART_BYTES = 64 * 1024 * 1024;
/** A unit added to an existing case is small below this size … */
const SMALL_UNIT_BYTES = 256 * 1024;
/**
 * … and there may be this many of them, because every search visits each segment. Beyond that,
 * their files are read again into large segments.
 */
const MAX_SMALL_UNITS = 200;

/** A file to read, whole or from its resume point. Small, since there can be a million. */
interface FileToRead {
  fileId: number;
  priority: IngestFile['priority'];
  bytes: number;
  /** The file can be read in parts. */
  isDivisible: boolean;
  /** The stream that it shares with other entries; null if it has none. */
  stream: string | null;
  from: TakenFile['from'];
}

/**
 * Brings the tables file, unit and part in line with the source. New files get units. What must be
 * read again of changed files, or of files with a changed format, is taken out: the whole file, or
 * only the end of a log that has grown. Files that are gone are taken out, and unfinished units are
 * taken back. `isAllAnew` reads everything again; `choices` are what a person has set for files.
 * Returns whether the case changed: there is something to read, or something went.
 */
export function planUnits(
  db: WritableDb,
  listing: SourceListing,
  prefix: string,
  formats: FormatBook = builtInFormats,
  isAllAnew = false,
  choices: FileChoices = noChoices,
): boolean {
  return db.transaction(() => {
    takeBackUnfinished(db);
    const changes = compareListing(db, listing, prefix, formats, choices);
    const write = new FileTable(db, prefix, formats, choices);
    const taken: TakenFile[] = [];
    const toRead: FileToRead[] = [];
    const anew = isAllAnew ? allFiles(db) : scatteredFiles(db);
    const source = new SourceReader({ kind: listing.kind, path: listing.path, prefix });
    for (const changed of changes.changed) {
      const { known, entry } = changed;
      const isAnew = anew.delete(known.id);
      const from = isAnew ? null : placeToGoOn(db, source, changed);
      taken.push({ fileId: known.id, from });
      toRead.push(write.change(known.id, entry, from));
    }
    for (const { id } of changes.gone) {
      anew.delete(id);
      taken.push({ fileId: id, from: null });
    }
    for (const entry of listing.entries) {
      if (anew.size === 0 || !entry.path.startsWith(prefix)) continue;
      const id = write.idOf(entry);
      if (id === undefined || !anew.has(id)) continue;
      taken.push({ fileId: id, from: null });
      toRead.push(write.change(id, entry, null));
    }
    takeOut(db, taken);
    forgetParts(db, taken);
    const forget = db.prepare('DELETE FROM file WHERE id = ?');
    for (const { id } of changes.gone) forget.run(id);
    for (const entry of changes.added) toRead.push(write.add(entry));
    setMeta(db, 'formats', formats.key);
    insertUnits(db, toRead, !changes.isFirst);
    return changes.gone.length > 0 || isPending(db);
  })();
}

function takeBackUnfinished(db: WritableDb): void {
  const unfinished = selectCells(
    db,
    'SELECT DISTINCT unit_id FROM segment JOIN unit ON unit.id = unit_id WHERE state = 0',
    'number',
  ).all();
  for (const unit of unfinished) removeUnit(db, unit);
}

function allFiles(db: WritableDb): Set<number> {
  return new Set(selectCells(db, 'SELECT id FROM file', 'number').all());
}

/** Returns the files in small segments, if there are too many of these. */
function scatteredFiles(db: WritableDb): Set<number> {
  const small = selectRows(
    db,
    `SELECT first_block AS first, blocks FROM segment JOIN unit ON unit.id = unit_id WHERE is_late = 1 AND bytes < ?`,
    { first: 'number', blocks: 'number' },
  ).all(SMALL_UNIT_BYTES);
  if (small.length <= MAX_SMALL_UNITS) return new Set();
  const files = selectCells(db, 'SELECT DISTINCT file_id FROM block WHERE id >= ? AND id < ?', 'number');
  return new Set(small.flatMap(({ first, blocks }) => files.all(first, first + blocks)));
}

/**
 * Finds where a changed file can resume: it has grown, its old content still matches its check, and
 * its reader's state was saved.
 */
function placeToGoOn(
  db: WritableDb,
  source: SourceReader,
  { known, entry, isFormatSame }: ChangedFile,
): TakenFile['from'] {
  const { checked_bytes: checked, content_check: check } = known;
  if (!isFormatSame || !source.isInPlace(entry) || checked === null || entry.bytes <= checked) return null;
  if (!isReadingSame(known, entry.bytes)) return null;
  // A file that was never read to its end resumes where its unit was to begin.
  const isBegun = known.lines === null ? 1 : 0;
  const point = selectRows(
    db,
    `SELECT part, position FROM resume_point WHERE file_id = ? AND is_begun = ?
         AND part = (SELECT max(part) FROM part WHERE part.file_id = resume_point.file_id)`,
    { part: 'number', position: 'number' },
  ).get(known.id, isBegun);
  return point !== undefined && checkOf(source, known.path, checked) === check ? point : null;
}

/** Returns the content check of a file in place, or null if it cannot be read. */
function checkOf(source: SourceReader, path: string, bytes: number): string | null {
  try {
    const file = source.openFile(path);
    try {
      return contentCheck(file, bytes);
    } finally {
      file.close();
    }
  } catch {
    return null;
  }
}

/**
 * Decides whether a grown file is still read the same way: its sample is the same, and no decision
 * depends on when the file changed.
 */
function isReadingSame({ reading, checked_bytes: checked }: KnownFile, bytes: number): boolean {
  if (reading === null) return true;
  if (stretchesOf(checked ?? 0).length !== stretchesOf(bytes).length) return false;
  return isIndependentOfChange(JSON.parse(reading) as FileReading);
}

/**
 * Deletes the parts of files that are read again. For files that resume, the resume point at the
 * end becomes the one at the beginning.
 */
function forgetParts(db: WritableDb, taken: readonly TakenFile[]): void {
  const forgotten = ['DELETE FROM part WHERE file_id = ?', 'DELETE FROM resume_point WHERE file_id = ?'].map((sql) =>
    db.prepare(sql),
  );
  const begin = db.prepare(
    `INSERT OR REPLACE INTO resume_point SELECT file_id, part, 1, position, state FROM resume_point
     WHERE file_id = ? AND part = ? AND is_begun = 0`,
  );
  const ended = db.prepare('DELETE FROM resume_point WHERE file_id = ? AND part = ? AND is_begun = 0');
  for (const { fileId, from } of taken) {
    if (from === null) for (const statement of forgotten) statement.run(fileId);
    else for (const statement of [begin, ended]) statement.run(fileId, from.part);
  }
}

/** Columns of a file that come from a listing. */
const LISTED = [
  ...['path', 'kind', 'format', 'generation', 'node', 'process', 'shape', 'priority', 'bytes', 'modified_us'],
  ...['zip_offset', 'zip_bytes', 'zip_method', 'zip_crc', 'inside', 'format_hash', 'choice'],
];

/** Writes listed files as rows of the table file. */
class FileTable {
  readonly #prefix: string;
  readonly #formats: FormatBook;
  readonly #choices: FileChoices;
  readonly #id: Select<number>;
  readonly #insert: ReturnType<WritableDb['prepare']>;
  readonly #update: ReturnType<WritableDb['prepare']>;

  constructor(db: WritableDb, prefix: string, formats: FormatBook, choices: FileChoices) {
    this.#choices = choices;
    this.#prefix = prefix;
    this.#formats = formats;
    this.#id = selectCells(db, 'SELECT id FROM file WHERE path = ?', 'number');
    this.#insert = db.prepare(
      `INSERT INTO file (${LISTED.join(', ')}) VALUES (${LISTED.map((name) => `:${name}`).join(', ')})`,
    );
    const values = LISTED.map((name) => `${name} = :${name}`).join(', ');
    this.#update = db.prepare(
      `UPDATE file SET ${values}, state = 'pending', reading = iif(:is_resumed, reading, NULL), lines = NULL, pid = NULL, written_node = NULL WHERE id = :id`,
    );
  }

  idOf(entry: SourceEntry): number | undefined {
    return this.#id.get(entry.path.slice(this.#prefix.length));
  }

  add(entry: SourceEntry): FileToRead {
    const file = this.#fileOf(entry);
    const { lastInsertRowid } = this.#insert.run(this.#row(file, entry));
    return toRead(Number(lastInsertRowid), file, null);
  }

  /**
   * Updates a file. With `from`, the lines that stay keep their reading, so that a search can use
   * them before the rest is read.
   */
  change(fileId: number, entry: SourceEntry, from: TakenFile['from']): FileToRead {
    const file = this.#fileOf(entry);
    this.#update.run({ ...this.#row(file, entry), id: fileId, is_resumed: from === null ? 0 : 1 });
    return toRead(fileId, file, from);
  }

  #fileOf(entry: SourceEntry): Omit<IngestFile, 'fileId'> {
    const path = entry.path.slice(this.#prefix.length);
    const meta = this.#formats.classify(entry.inside === null ? path : contentName(path));
    return {
      ...meta,
      path,
      bytes: entry.bytes,
      zip: entry.zip,
      modifiedUs: entry.modifiedUs,
      choice: this.#choices.get(path) ?? null,
      inside: entry.inside,
    };
  }

  #row(file: Omit<IngestFile, 'fileId'>, entry: SourceEntry): Record<string, string | number | null> {
    const { path, kind, format, generation, node, process, shape, priority, bytes, zip, inside, choice } = file;
    return {
      path,
      kind,
      format,
      generation,
      node,
      process,
      shape,
      priority,
      bytes,
      modified_us: entry.modifiedUs,
      zip_offset: zip?.offset ?? null,
      zip_bytes: zip?.compressedBytes ?? null,
      zip_method: zip?.method ?? null,
      zip_crc: zip?.crc ?? null,
      inside: inside === null ? null : JSON.stringify(inside),
      format_hash: this.#formats.hashOf(format),
      choice: choice === null ? null : JSON.stringify(choice),
    };
  }
}

function toRead(fileId: number, file: Omit<IngestFile, 'fileId'>, from: TakenFile['from']): FileToRead {
  const { priority, bytes, inside, zip, shape } = file;
  return {
    fileId,
    priority,
    bytes,
    isDivisible: from === null && zip === null && inside === null && shape !== 'csv' && bytes > 1.5 * PART_BYTES,
    stream: streamKey(inside, zip !== null && zip.method !== 0),
    from,
  };
}

interface OpenUnit {
  priority: number;
  files: FileToRead[];
  bytes: number;
}

function insertUnits(db: WritableDb, files: FileToRead[], isLate: boolean): void {
  const insertUnit = db.prepare('INSERT INTO unit (priority, bytes, is_late) VALUES (?, ?, ?)');
  const insertPart = db.prepare('INSERT INTO part (unit_id, file_id, part, start, end) VALUES (?, ?, ?, ?, ?)');
  const goOn = db.prepare(
    'UPDATE part SET unit_id = ?, end = ?, lines = NULL, first_line = NULL WHERE file_id = ? AND part = ?',
  );
  const put = ({ priority, files: members, bytes }: OpenUnit, late: boolean) => {
    const id = insertUnit.run(priority, bytes, late ? 1 : 0).lastInsertRowid;
    for (const { fileId, from, bytes: size } of members) {
      if (from === null) insertPart.run(id, fileId, 0, 0, size);
      else goOn.run(id, size, fileId, from.part);
    }
  };
  let open: OpenUnit | null = null;
  const close = () => {
    if (open !== null) put(open, isLate);
    open = null;
  };
  const streams = new Map<string, FileToRead[]>();
  const ordered = [...files].sort((a, b) => a.priority - b.priority);
  for (const file of ordered) {
    if (file.stream !== null) {
      const members = streams.get(file.stream);
      if (members === undefined) streams.set(file.stream, [file]);
      else members.push(file);
      continue;
    }
    const bytes = file.bytes - (file.from?.position ?? 0);
    if (bytes > UNIT_BYTES) {
      close();
      if (!file.isDivisible) {
        put({ priority: file.priority, files: [file], bytes }, isLate);
        continue;
      }
      const count = Math.round(file.bytes / PART_BYTES);
      for (let k = 0; k < count; k++) {
        const start = Math.floor((file.bytes / count) * k);
        const end = k === count - 1 ? file.bytes : Math.floor((file.bytes / count) * (k + 1));
        const unit = insertUnit.run(file.priority, end - start, isLate ? 1 : 0).lastInsertRowid;
        insertPart.run(unit, file.fileId, k, start, end);
      }
      continue;
    }
    const isFull = open !== null && (open.bytes + bytes > UNIT_BYTES || open.files.length >= UNIT_FILES);
    if (open !== null && (open.priority !== file.priority || isFull)) close();
    open ??= { priority: file.priority, files: [], bytes: 0 };
    open.files.push(file);
    open.bytes += bytes;
  }
  close();
  // A stream is one unit, as urgent as the most urgent file in it; it cannot share a unit with
  // other files.
  for (const members of streams.values()) {
    const bytes = members.reduce((sum, file) => sum + file.bytes, 0);
    put({ priority: members[0]?.priority ?? 2, files: members, bytes }, false);
  }
}
