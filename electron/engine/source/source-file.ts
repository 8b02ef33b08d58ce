/** A source file is an open file of a source with random access. */
import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** Bytes per read. */
const READ_BYTES = 512 * 1024;

/** Bytes from `start` up to, but not including, `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

/** An open file; whoever opens it closes it. */
export class SourceFile {
  readonly #fd: number;

  /** Throws if the file cannot be opened. */
  constructor(path: string | Buffer) {
    this.#fd = openSync(path, 'r');
  }

  /** Returns the current size and modification time. */
  stat(): Stats {
    return fstatSync(this.#fd);
  }

  get size(): number {
    return this.stat().size;
  }

  /**
   * Reads the bytes at an offset, fewer if the file ends. `into` is memory for at least `length`
   * bytes.
   */
  read(at: number, length: number, into: Buffer = Buffer.allocUnsafe(length)): Buffer {
    return into.subarray(0, readSync(this.#fd, into, 0, length, at));
  }

  /**
   * Yields the bytes of a range, fewer if the file ends. `into` is memory for the chunks, each of
   * which is then valid until the next one.
   */
  *chunks({ start, end }: ByteRange, into?: Buffer): Generator<Buffer> {
    for (let at = start; at < end; ) {
      const chunk = this.read(at, Math.min(into?.length ?? READ_BYTES, end - at), into);
      if (chunk.length === 0) return;
      at += chunk.length;
      yield chunk;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/**
 * Opens the file at a path, returns the result of `use`, and closes the file. Throws if it cannot
 * be opened.
 */
export function withFile<T>(path: string | Buffer, use: (file: SourceFile) => T): T {
  const file = new SourceFile(path);
  try {
    return use(file);
  } finally {
    file.close();
  }
}
