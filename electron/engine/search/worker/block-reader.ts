import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { PostrunError } from '../../../contract/errors.ts';
import { decompress } from '../../base/codec.ts';
import { contentCheckOf } from '../../source/content-check.ts';
import type { ReadableDb } from '../../store/open.ts';

const MAX_OPEN = 256;

export interface FileMeta {
  id: number;
  path: string;
  kind: string;
  format: string;
  node: string | null;
  process: string | null;
  pid: number | null;
  bytes: number;
  modified_us: number | null;
  checked_bytes: number | null;
  content_check: string | null;
  /** First time of its lines; null where they have none, or are not all indexed. */
  first_us: number | null;
  shape: 'lines' | 'csv' | 'binary';
  /** JSON: how its lines are read; null where that is not decided yet. */
  reading: string | null;
  choice: string | null;
  /** 1: its text is kept in the case also where the source is a folder. */
  stored: 0 | 1;
}

/** Reads the text of blocks: in place from a folder (checked against size and time of change, or where it has grown against its beginning and end), from the case for a zip. */
export class BlockReader {
  readonly #db: ReadableDb;
  /** Folder of the run's root, null for a zip. */
  readonly #folder: string | null;
  readonly #open = new Map<number, number>();
  readonly #files = new Map<number, FileMeta>();

  constructor(db: ReadableDb, folder: string | null) {
    this.#db = db;
    this.#folder = folder;
  }

  file(fileId: number): FileMeta {
    let file = this.#files.get(fileId);
    if (file === undefined) {
      file = this.#db
        .prepare(
          "SELECT id, path, kind, format, node, process, pid, bytes, modified_us, checked_bytes, content_check, first_us, shape, reading, choice, inside IS NOT NULL OR encoding LIKE 'utf-16%' AS stored FROM file WHERE id = ?",
        )
        .get(fileId) as FileMeta | undefined;
      if (file === undefined)
        throw new PostrunError(
          'environment',
          'file_gone',
          'This file is no longer in the case; open the source again.',
        );
      this.#files.set(fileId, file);
    }
    return file;
  }

  /** Forget what may have changed since indexing went on. */
  forget(): void {
    this.#files.clear();
    this.close();
  }

  /**
   * The bytes of `span` blocks from `blockId` on, which stand at `start` in the file. Throws {@link PostrunError} `file_changed`,
   * `file_gone`. `into`: where they may be put, being good until that is used again.
   */
  read(fileId: number, blockId: number, span: number, start: number, bytes: number, into?: Buffer): Buffer {
    const file = this.file(fileId);
    if (this.#folder === null || file.stored === 1) return this.#stored(blockId, span);
    const fd = this.#descriptor(file, this.#folder);
    const buffer = into !== undefined && into.length >= bytes ? into.subarray(0, bytes) : Buffer.allocUnsafe(bytes);
    const got = readSync(fd, buffer, 0, bytes, start);
    if (got < bytes) throw changed(file.path);
    return buffer;
  }

  #stored(blockId: number, span: number): Buffer {
    const rows = this.#db
      .prepare('SELECT data FROM block_text WHERE block_id >= ? AND block_id < ? ORDER BY block_id')
      .pluck()
      .all(blockId, blockId + span) as Buffer[];
    const parts = rows.map((data) => decompress(data));
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  #descriptor(file: FileMeta, folder: string): number {
    const known = this.#open.get(file.id);
    if (known !== undefined) return known;
    if (this.#open.size >= MAX_OPEN) {
      const [oldest, fd] = this.#open.entries().next().value as [number, number];
      closeSync(fd);
      this.#open.delete(oldest);
    }
    let fd: number;
    try {
      fd = openSync(join(folder, file.path), 'r');
    } catch (cause) {
      throw new PostrunError(
        'environment',
        'file_gone',
        'This file is no longer where it was; open the folder again.',
        { where: file.path, cause },
      );
    }
    if (!isAsIndexed(fd, file)) {
      closeSync(fd);
      throw changed(file.path);
    }
    this.#open.set(file.id, fd);
    return fd;
  }

  close(): void {
    for (const fd of this.#open.values()) closeSync(fd);
    this.#open.clear();
  }
}

/** Whether what was indexed of a file still stands in it: it did not change, or has only grown. */
function isAsIndexed(fd: number, file: FileMeta): boolean {
  const { size, mtimeMs } = fstatSync(fd);
  if (size >= file.bytes && Math.round(mtimeMs * 1000) === file.modified_us) return true;
  const checked = file.checked_bytes;
  return checked !== null && size > checked && contentCheckOf(fd, checked) === file.content_check;
}

function changed(path: string): PostrunError {
  return new PostrunError(
    'environment',
    'file_changed',
    'This file changed after it was indexed; open the folder again to index what changed.',
    { where: path },
  );
}
