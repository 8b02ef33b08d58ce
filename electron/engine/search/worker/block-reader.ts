/** Reads the text of blocks, from their file or from the case. */
import { PostrunError } from '../../../contract/errors.ts';
import { decompress } from '../../base/codec.ts';
import { diskPath } from '../../base/disk-path.ts';
import { dropOldest } from '../../base/drop-oldest.ts';
import { contentCheck } from '../../source/content-check.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { ReadableDb } from '../../store/open.ts';
import { namesOf, type RowOf, selectRows, word } from '../../store/select.ts';
import type { BlockRef } from '../plan/block-ref.ts';

const MAX_OPEN = 256;

const fileMetaColumns = {
  id: 'number',
  path: 'text',
  kind: 'text',
  format: 'text',
  node: 'text?',
  process: 'text?',
  pid: 'number?',
  bytes: 'number',
  modified_us: 'number?',
  checked_bytes: 'number?',
  content_check: 'text?',
  /** First time of its lines; null if they have none or are not fully indexed. */
  first_us: 'number?',
  shape: word<'lines' | 'csv' | 'binary'>(),
  /** How its lines are read (JSON); null if undecided. */
  reading: 'text?',
  choice: 'text?',
} as const;
export type FileMeta = RowOf<typeof fileMetaColumns>;

/** Blocks and their place in their file. */
type StoredBlocks = Pick<BlockRef, 'fileId' | 'blockId' | 'span' | 'start' | 'bytes' | 'isStored' | 'startsInLine'>;

/**
 * Reads the text of blocks. For a folder it reads in place, and checks size and modification time,
 * or for a grown file its beginning and end. For a zip it reads from the case.
 */
export class BlockReader {
  readonly #db: ReadableDb;
  /** Folder of the run's root; null for a zip. */
  readonly #folder: string | null;
  readonly #open = new Map<number, SourceFile>();
  readonly #files = new Map<number, FileMeta>();
  /** The last read that went beyond the requested block. */
  #ahead: { fileId: number; start: number; bytes: Buffer } | null = null;

  constructor(db: ReadableDb, folder: string | null) {
    this.#db = db;
    this.#folder = folder;
  }

  file(fileId: number): FileMeta {
    let file = this.#files.get(fileId);
    if (file === undefined) {
      file = selectRows(this.#db, `SELECT ${namesOf(fileMetaColumns)} FROM file WHERE id = ?`, fileMetaColumns).get(
        fileId,
      );
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

  /** Drops what may have changed through further indexing. */
  forget(): void {
    this.#files.clear();
    this.close();
  }

  /**
   * Returns the bytes of a chain of blocks, without the rest of a line that is not searched to its
   * end. Throws {@link PostrunError} `file_changed`, `file_gone`. With `into`, the result may use
   * that memory and is valid until its next use. `ahead` is the number of bytes after the blocks
   * that the caller reads next; they may be read at once.
   */
  read(blocks: StoredBlocks, into?: Buffer, ahead = 0): Buffer {
    const all = this.#read(blocks, into, ahead);
    if (!blocks.startsInLine) return all;
    const lineEnd = all.indexOf(10);
    return all.subarray(lineEnd === -1 ? all.length : lineEnd + 1);
  }

  #read({ fileId, blockId, span, start, bytes, isStored }: StoredBlocks, into?: Buffer, ahead = 0): Buffer {
    if (this.#folder === null || isStored) return this.#stored(fileId, blockId, span);
    const from = start - (this.#ahead?.start ?? 0);
    if (this.#ahead?.fileId === fileId && from >= 0 && from + bytes <= this.#ahead.bytes.length)
      return this.#ahead.bytes.subarray(from, from + bytes);
    this.#ahead = null;
    const file = this.file(fileId);
    const open = this.#opened(file, this.#folder);
    const room = into !== undefined && into.length >= bytes ? into : undefined;
    const got = open.read(start, Math.min(room?.length ?? bytes, bytes + ahead), room);
    if (got.length < bytes) throw changed(file.path);
    if (got.length > bytes) this.#ahead = { fileId, start, bytes: got };
    return got.subarray(0, bytes);
  }

  /** Drops bytes that were read ahead, because the file may change before they are requested. */
  forgetAhead(): void {
    this.#ahead = null;
  }

  #stored(fileId: number, blockId: number, span: number): Buffer {
    const rows = selectRows(
      this.#db,
      `SELECT id AS blockId, start, bytes, data FROM block LEFT JOIN block_text ON block_id = id
         WHERE id >= ? AND id < ? ORDER BY id`,
      { blockId: 'number', start: 'number', bytes: 'number', data: 'bytes?' },
    ).all(blockId, blockId + span);
    const parts = rows.map(({ data, ...block }) =>
      data === null ? this.read({ ...block, fileId, span: 1, isStored: false, startsInLine: false }) : decompress(data),
    );
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  #opened(file: FileMeta, folder: string): SourceFile {
    const known = this.#open.get(file.id);
    if (known !== undefined) return known;
    dropOldest(this.#open, MAX_OPEN - 1, (oldest) => oldest.close());
    let open: SourceFile;
    try {
      open = new SourceFile(diskPath(folder, file.path));
    } catch (cause) {
      throw new PostrunError(
        'environment',
        'file_gone',
        'This file is no longer where it was; open the folder again.',
        { where: file.path, cause },
      );
    }
    if (!isAsIndexed(open, file)) {
      open.close();
      throw changed(file.path);
    }
    this.#open.set(file.id, open);
    return open;
  }

  close(): void {
    for (const open of this.#open.values()) open.close();
    this.#open.clear();
  }
}

/**
 * Returns true if the indexed part of a file is still there: the file is unchanged or has only
 * grown.
 */
function isAsIndexed(open: SourceFile, file: FileMeta): boolean {
  const { size, mtimeMs } = open.stat();
  if (size >= file.bytes && Math.round(mtimeMs * 1000) === file.modified_us) return true;
  const checked = file.checked_bytes;
  return checked !== null && size > checked && contentCheck(open, checked) === file.content_check;
}

function changed(path: string): PostrunError {
  return new PostrunError(
    'environment',
    'file_changed',
    'This file changed after it was indexed; open the folder again to index what changed.',
    { where: path },
  );
}
