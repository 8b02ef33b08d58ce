/**
 * References to lines as analysis stores them: file id and line, without the text, which is read
 * when a shell asks for it.
 */
import type { LineRef } from '../../contract/line-records.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectCells, selectRows } from '../store/select.ts';

export interface Ref {
  fileId: number;
  /** 1-based. */
  line: number;
}

/**
 * Reads the text of a line. The engine provides it, because it knows how to read blocks. May cut
 * long lines.
 */
export type LineText = (fileId: number, line: number) => string;

/**
 * Converts references to the contract's, with path and text. Use one per request: it caches paths.
 */
export class RefReader {
  readonly #paths = new Map<number, string | null>();
  readonly #select;
  readonly #lineText: LineText;

  constructor(db: ReadableDb, lineText: LineText) {
    this.#select = selectCells(db, 'SELECT path FROM file WHERE id = ?', 'text');
    this.#lineText = lineText;
  }

  path(fileId: number): string | null {
    let path = this.#paths.get(fileId);
    if (path === undefined) {
      path = this.#select.get(fileId) ?? null;
      this.#paths.set(fileId, path);
    }
    return path;
  }

  /** Returns null if the file is not in the case. */
  read(ref: Ref): LineRef | null {
    const file = this.path(ref.fileId);
    return file === null ? null : { file, line: ref.line, text: this.#lineText(ref.fileId, ref.line) };
  }

  /** Reads each line once. */
  readAll(refs: readonly Ref[]): LineRef[] {
    return uniqueRefs(refs)
      .map((ref) => this.read(ref))
      .filter((ref) => ref !== null);
  }
}

/** Returns each line once, in the order given: several events or rules can be about one line. */
export function uniqueRefs<Place extends Ref | LineRef>(refs: readonly Place[]): Place[] {
  const seen = new Set<string>();
  return refs.filter((ref) => {
    const place = `${'file' in ref ? ref.file : ref.fileId}:${ref.line}`;
    const isFirst = !seen.has(place);
    seen.add(place);
    return isFirst;
  });
}

/** Makes a reference from two columns; null if either is null. */
export function refOf(fileId: number | null, line: number | null): Ref | null {
  return fileId === null || line === null ? null : { fileId, line };
}

/**
 * Returns the lines of attempts' ends or pick-ups by `attempt.id`, or the other of the two if it is
 * missing. Omits attempts without either.
 */
export function attemptRefs(db: ReadableDb, ids: readonly number[], which: 'picked' | 'finished'): Ref[] {
  const other = which === 'picked' ? 'finished' : 'picked';
  const select = selectRows(
    db,
    `SELECT coalesce(${which}_file_id, ${other}_file_id) AS fileId,
       iif(${which}_file_id IS NULL, ${other}_line, ${which}_line) AS line FROM attempt WHERE id = ?`,
    { fileId: 'number?', line: 'number?' },
  );
  return ids
    .map((id) => select.get(id))
    .map((row) => (row === undefined ? null : refOf(row.fileId, row.line)))
    .filter((ref) => ref !== null);
}
