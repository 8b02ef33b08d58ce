/**
 * Stores the notebook of a case. It is in a separate file in the application's data folder, because
 * the index is a cache and may be discarded. A portable case contains its notebook; if it cannot be
 * written, the data folder has it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { PostrunError } from '../../contract/errors.ts';
import { type Notebook, notebookSchema } from '../../contract/notebook.ts';
import { writePrivateFile } from '../base/private-file.ts';
import { getMeta, setMeta } from '../store/meta.ts';
import { openReadable } from '../store/open.ts';
import type { CaseFolder } from './case-folder.ts';

const META_KEY = 'notebook';
const empty: Notebook = { marks: [], words: [], searches: [] };

export interface NotebookPlace {
  /** The notebook's own file. */
  file: string;
  /** The portable case that contains it; null for a case in the data folder. */
  portable: string | null;
}

/** Returns the place of the notebook for a case in the data folder. */
export function notebookPlace(dataDir: string, folder: CaseFolder): NotebookPlace {
  return { file: join(dataDir, 'notebooks', `${basename(folder.dir)}.json`), portable: null };
}

export function portableNotebookPlace(dataDir: string, path: string): NotebookPlace {
  const key = createHash('sha256').update(path).digest('hex').slice(0, 24);
  return { file: join(dataDir, 'notebooks', `portable-${key}.json`), portable: path };
}

/** Reads the notebook. Renames an unreadable one instead of overwriting it. */
export function readNotebook(place: NotebookPlace): Notebook {
  if (existsSync(place.file)) {
    const found = parseNotebook(readFileSync(place.file, 'utf8'));
    if (found !== null) return found;
    renameSync(place.file, `${place.file}.unreadable`);
  }
  return place.portable === null ? empty : (parseNotebook(metaOf(place.portable)) ?? empty);
}

/** Throws {@link PostrunError} `unwritable`. */
export function writeNotebook(place: NotebookPlace, notebook: Notebook): void {
  const text = JSON.stringify(notebook);
  try {
    if (place.portable !== null && writeMeta(place.portable, text)) {
      rmSync(place.file, { force: true });
      return;
    }
    writePrivateFile(place.file, text, { flush: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostrunError('environment', 'unwritable', `Marks and notes could not be saved (${reason}).`, {
      where: place.file,
      cause,
    });
  }
}

/** Writes a notebook into a new portable case. */
export function packNotebook(portable: string, notebook: Notebook): void {
  const { marks, words, searches } = notebook;
  if (marks.length + words.length + searches.length > 0) writeMeta(portable, JSON.stringify(notebook));
}

function parseNotebook(text: string | null): Notebook | null {
  try {
    return notebookSchema.parse(JSON.parse(text ?? 'null'));
  } catch {
    return null;
  }
}

function metaOf(path: string): string | null {
  const db = openReadable(path);
  try {
    return getMeta(db, META_KEY);
  } finally {
    db.close();
  }
}

/**
 * Returns false if the file cannot be written, on a read-only medium or in another user's folder.
 */
function writeMeta(path: string, text: string): boolean {
  try {
    const db = new Database(path, { fileMustExist: true, timeout: 5_000 });
    try {
      setMeta(db, META_KEY, text);
      return true;
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}
