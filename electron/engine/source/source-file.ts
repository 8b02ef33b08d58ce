/** A source file is an open file of a source, which can be read at any place. */
import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** Bytes that are read in one go. */
const READ_BYTES = 512 * 1024;

/** Bytes from `start` up to `end`, which is not one of them. */
export interface ByteRange {
  start: number;
  end: number;
}

/** An open file; whoever opens it closes it. */
export class SourceFile {
  readonly #fd: number;

  /** Throws where it cannot be opened. */
  constructor(path: string | Buffer) {
    this.#fd = openSync(path, 'r');
  }

  /** Size and time of change, as they are at the moment. */
  stat(): Stats {
    return fstatSync(this.#fd);
  }

  get size(): number {
    return this.stat().size;
  }

  /**
   * The bytes at a place, fewer where the file ends. `into`: memory for them, of `length` at least.
   */
  read(at: number, length: number, into: Buffer = Buffer.allocUnsafe(length)): Buffer {
    return into.subarray(0, readSync(this.#fd, into, 0, length, at));
  }

  /**
   * The bytes of a range one after another, fewer where the file ends. `into`: memory for a chunk,
   * which is then good until the next one.
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
 * What `use` makes of the file at a path, which is closed after that. Throws where it cannot be
 * opened.
 */
export function withFile<T>(path: string | Buffer, use: (file: SourceFile) => T): T {
  const file = new SourceFile(path);
  try {
    return use(file);
  } finally {
    file.close();
  }
}
