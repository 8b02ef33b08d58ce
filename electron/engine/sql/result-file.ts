/** The rows of a result, in an unnamed file: chunks as the thread wrote them, read by range. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlCell } from '../../contract/sql-records.ts';
import { dropOldest } from '../base/drop-oldest.ts';
import type { ResultChunk } from './messages.ts';

/** Number of chunks whose rows are cached. */
const CACHED = 16;

export class ResultFile {
  readonly fd: number;
  rows = 0;
  readonly #path: string;
  readonly #chunks: ResultChunk[] = [];
  readonly #cache = new Map<number, SqlCell[][]>();
  #isClosed = false;

  constructor() {
    this.#path = join(tmpdir(), `postrun-result-${process.pid}-${randomUUID()}`);
    this.fd = openSync(this.#path, 'wx+', 0o600);
    // Where the system allows it, the file disappears with the last process that has it open, even
    // if that is killed.
    if (process.platform !== 'win32') rmSync(this.#path);
  }

  add(chunk: ResultChunk): void {
    this.#chunks.push(chunk);
    this.rows += chunk.rows;
  }

  /** Reads rows [start, start + count), as far as they exist by now. Cuts texts at `maxChars`. */
  read(start: number, count: number, maxChars: number): SqlCell[][] {
    const rows: SqlCell[][] = [];
    const end = Math.min(this.rows, start + count);
    for (let at = start; at < end; ) {
      const index = this.#chunkAt(at);
      const chunk = this.#chunks[index];
      if (chunk === undefined) break;
      const from = at - chunk.firstRow;
      const part = this.#rowsOf(index, chunk).slice(from, from + end - at);
      for (const row of part) rows.push(row.map((cell) => cut(cell, maxChars)));
      at += part.length;
    }
    return rows;
  }

  #chunkAt(row: number): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#chunks[middle] as ResultChunk).firstRow <= row) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #rowsOf(index: number, chunk: ResultChunk): SqlCell[][] {
    const known = this.#cache.get(index);
    if (known !== undefined) return known;
    const bytes = Buffer.allocUnsafe(chunk.bytes);
    for (let at = 0; at < bytes.length; ) {
      const got = readSync(this.fd, bytes, at, bytes.length - at, chunk.start + at);
      if (got === 0) throw new Error('the result is cut short');
      at += got;
    }
    const rows = JSON.parse(bytes.toString('utf8')) as SqlCell[][];
    this.#cache.set(index, rows);
    dropOldest(this.#cache, CACHED);
    return rows;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.fd);
    if (process.platform === 'win32') rmSync(this.#path, { force: true });
  }
}

function cut(cell: SqlCell, maxChars: number): SqlCell {
  return typeof cell === 'string' && cell.length > maxChars ? cell.slice(0, maxChars) : cell;
}
