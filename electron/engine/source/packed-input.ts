/**
 * Packed input is a stream of compressed bytes that can be examined before they are taken, and the
 * headers that frame compressed data in it.
 */

export class PackedInput {
  readonly #chunks: AsyncIterator<Buffer> | Iterator<Buffer>;
  #isEnded = false;
  /** Bytes read but not taken. */
  rest: Buffer = Buffer.alloc(0);
  /** Offset of the rest in the stream. */
  at = 0;

  constructor(chunks: AsyncIterable<Buffer> | Iterable<Buffer>) {
    this.#chunks = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  /**
   * Reads until at least `count` bytes are available; false if the stream ends first. Throws what
   * the stream throws.
   */
  async fill(count: number): Promise<boolean> {
    while (this.rest.length < count && !this.#isEnded) {
      const next = await this.#chunks.next();
      if (next.done === true) this.#isEnded = true;
      else this.rest = this.rest.length === 0 ? next.value : Buffer.concat([this.rest, next.value]);
    }
    return this.rest.length >= count;
  }

  skip(count: number): void {
    this.rest = this.rest.subarray(count);
    this.at += count;
  }

  /** Yields everything up to the end unchanged. */
  async *all(): AsyncGenerator<Buffer> {
    while (await this.fill(1)) {
      const chunk = this.rest;
      this.skip(chunk.length);
      yield chunk;
    }
  }

  async close(): Promise<void> {
    this.#isEnded = true;
    await this.#chunks.return?.();
  }
}

/** Decides whether a gzip member begins here, with deflate as its method, the only one there is. */
export function isGzip(head: Buffer): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** Decides whether a zstd frame or a skippable frame begins here. */
export function isZstd(head: Buffer): boolean {
  if (head.length < 4) return false;
  const magic = head.readUInt32LE(0);
  return magic === 0xfd2fb528 || isSkippable(magic);
}

function isSkippable(magic: number): boolean {
  return (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}

const HAS_HEADER_CRC = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;

/** Takes the header of a gzip member (RFC 1952, 2.3); false if the stream ends within it. */
export async function readGzipHeader(input: PackedInput): Promise<boolean> {
  if (!(await input.fill(10))) return false;
  const flags = input.rest[3] as number;
  input.skip(10);
  if (flags & HAS_EXTRA) {
    if (!(await input.fill(2))) return false;
    const length = 2 + input.rest.readUInt16LE(0);
    if (!(await input.fill(length))) return false;
    input.skip(length);
  }
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    for (;;) {
      const end = input.rest.indexOf(0);
      input.skip(end === -1 ? input.rest.length : end + 1);
      if (end !== -1) break;
      if (!(await input.fill(1))) return false;
    }
  }
  if (flags & HAS_HEADER_CRC) {
    if (!(await input.fill(2))) return false;
    input.skip(2);
  }
  return true;
}

/** Finds the end of a zstd frame (RFC 8878, 3.1) from the sizes of its blocks. */
export class ZstdFrame {
  static readonly LONGEST_HEADER = 18;
  /** Bytes left of the current part. */
  #left = 0;
  #part: 'header' | 'blocks' | 'checksum' = 'header';
  #hasChecksum = false;
  #isLastBlock = false;
  isSkippable = false;
  isDone = false;

  /**
   * Returns how many of the next bytes belong to the frame; 0 if a header is cut off and more bytes
   * are needed.
   */
  take(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && !this.isDone) {
      if (this.#left === 0 && !this.#next(bytes.subarray(at))) break;
      const step = Math.min(this.#left, bytes.length - at);
      this.#left -= step;
      at += step;
      if (this.#left === 0) this.#endPart();
    }
    return at;
  }

  /** Reads the header of the next part; false if it is cut off. */
  #next(bytes: Buffer): boolean {
    if (this.#part === 'header') return this.#readHeader(bytes);
    if (bytes.length < 3) return false;
    const header = bytes.readUIntLE(0, 3);
    this.#isLastBlock = (header & 1) === 1;
    const type = (header >>> 1) & 3;
    // A block of one repeated byte contains just that byte.
    this.#left = 3 + (type === 1 ? 1 : header >>> 3);
    return true;
  }

  #readHeader(bytes: Buffer): boolean {
    if (bytes.length < 5) return false;
    if (isSkippable(bytes.readUInt32LE(0))) {
      if (bytes.length < 8) return false;
      this.isSkippable = true;
      this.#left = 8 + bytes.readUInt32LE(4);
      return true;
    }
    const descriptor = bytes[4] as number;
    const isSingle = (descriptor & 0x20) !== 0;
    this.#hasChecksum = (descriptor & 4) !== 0;
    const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >>> 6] as number;
    this.#left = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] as number) + sizeBytes;
    return true;
  }

  #endPart(): void {
    if (this.isSkippable || this.#part === 'checksum') this.isDone = true;
    else if (this.#part === 'header') this.#part = 'blocks';
    else if (this.#isLastBlock) {
      if (!this.#hasChecksum) this.isDone = true;
      this.#part = 'checksum';
      this.#left = this.#hasChecksum ? 4 : 0;
    }
  }
}
