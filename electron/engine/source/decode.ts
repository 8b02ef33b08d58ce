/**
 * Decodes compressed files as a stream: all members of a gzip file (RFC 1952) and all frames of a
 * zstd file (RFC 8878). Damage loses what comes after it, never what comes before: see {@link
 * FinePlace}.
 */
import type { Transform } from 'node:stream';
import { crc32, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { FREE_BYTES, MOST_FOLD } from './limits.ts';
import { isGzip, isZstd, PackedInput, readGzipHeader, ZstdFrame } from './packed-input.ts';

/** Bytes given to a decoder at a time, which bounds what one piece can expand to. */
const PIECE_BYTES = 16 * 1024;
const OUTPUT_BYTES = 256 * 1024;

/**
 * A decoder that fails withholds what it decoded of the offending piece, up to megabytes of text. A
 * second pass feeds it that piece byte by byte, so that it returns everything before the damage.
 * `step` is the decoder's position in a chain.
 */
export interface FinePlace {
  step: number;
  at: number;
}

/**
 * The rest of the bytes cannot be read; what came before is good. The message is part of a
 * sentence.
 */
export class DamageError extends Error {
  readonly kind: 'damaged' | 'size_differs' | 'expands';
  /** The place where a second pass can recover more; null if nothing is left to recover. */
  readonly finePlace: FinePlace | null;

  constructor(kind: DamageError['kind'], message: string, finePlace: FinePlace | null = null) {
    super(message);
    this.kind = kind;
    this.finePlace = finePlace;
  }
}

/** Why the bytes of an entry end early; what came before is good. */
export interface ReadDamage {
  kind: DamageError['kind'];
  /** A sentence. */
  message: string;
}

export function damageOf({ kind, message }: DamageError): ReadDamage {
  return { kind, message: `The file could not be read to its end: ${message}.` };
}

export type Codec = 'gzip' | 'zstd' | 'deflate';

/** One run of a decoder, over one member or frame. */
class Decoder {
  readonly #stream: Transform & { bytesWritten?: number };
  #ready: Buffer[] = [];
  failure: Error | null = null;

  constructor(codec: 'zstd' | 'deflate') {
    const options = { chunkSize: OUTPUT_BYTES };
    this.#stream = codec === 'zstd' ? createZstdDecompress(options) : createInflateRaw(options);
    this.#stream.on('data', (chunk: Buffer) => this.#ready.push(chunk));
    this.#stream.on('error', (error: Error) => {
      this.failure = error;
    });
  }

  /** Compressed bytes that the decoder used. */
  get consumed(): number {
    return this.#stream.bytesWritten ?? 0;
  }

  async write(piece: Buffer): Promise<Buffer[]> {
    const stream = this.#stream;
    await new Promise<void>((resolve) => {
      if (stream.destroyed || stream.readableEnded) return resolve();
      stream.once('close', resolve);
      stream.write(piece, () => {
        stream.off('close', resolve);
        resolve();
      });
    });
    return this.#take();
  }

  async end(): Promise<Buffer[]> {
    const stream = this.#stream;
    await new Promise<void>((resolve) => {
      if (stream.destroyed || stream.readableEnded) return resolve();
      stream.once('end', resolve);
      stream.once('close', resolve);
      stream.end();
    });
    return this.#take();
  }

  #take(): Buffer[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  destroy(): void {
    this.#stream.destroy();
  }
}

/** Decodes one stream and counts bytes in and out. */
class Decoding {
  readonly #input: PackedInput;
  readonly #step: number;
  readonly #fineFrom: number;
  #unpacked = 0;

  constructor(input: PackedInput, step: number, fine: FinePlace | null) {
    this.#input = input;
    this.#step = step;
    this.#fineFrom = fine !== null && fine.step === step ? fine.at : Number.POSITIVE_INFINITY;
  }

  /** Returns how many of the available bytes the decoder gets next. */
  #pieceLength(available: number): number {
    const { at } = this.#input;
    return at >= this.#fineFrom ? 1 : Math.min(available, PIECE_BYTES, this.#fineFrom - at);
  }

  /**
   * Throws if the decoder has failed, with the place of the offending piece unless that was a
   * single byte.
   */
  #check(decoder: Decoder): void {
    if (decoder.failure === null) return;
    const { at } = this.#input;
    const isFine = at >= this.#fineFrom;
    throw new DamageError('damaged', reasonOf(decoder.failure), isFine ? null : { step: this.#step, at });
  }

  #count(chunks: Buffer[]): Buffer[] {
    for (const chunk of chunks) this.#unpacked += chunk.length;
    return chunks;
  }

  #checkSize(): void {
    if (this.#unpacked <= FREE_BYTES || this.#unpacked <= this.#input.at * MOST_FOLD) return;
    const megabytes = Math.round(this.#unpacked / 1024 / 1024);
    throw new DamageError(
      'expands',
      `it expands more than ${MOST_FOLD}-fold; only its first ${megabytes} MB were read, unpack it yourself if that is meant`,
    );
  }

  /** Decodes the self-terminating deflate stream (RFC 1951) at the current place. */
  async *deflate(): AsyncGenerator<Buffer> {
    const input = this.#input;
    const decoder = new Decoder('deflate');
    try {
      while (await input.fill(1)) {
        const piece = input.rest.subarray(0, this.#pieceLength(input.rest.length));
        const before = decoder.consumed;
        yield* this.#count(await decoder.write(piece));
        this.#check(decoder);
        const used = decoder.consumed - before;
        input.skip(used);
        this.#checkSize();
        if (used < piece.length) return;
      }
      yield* this.#count(await decoder.end());
      if (decoder.failure !== null) throw new DamageError('damaged', 'its end is missing');
    } finally {
      decoder.destroy();
    }
  }

  async *gzip(): AsyncGenerator<Buffer> {
    const input = this.#input;
    let wrong = 0;
    for (let member = 1; await input.fill(1); member++) {
      await input.fill(10);
      if (!isGzip(input.rest)) {
        await endOfMembers(input);
        break;
      }
      if (!(await readGzipHeader(input))) throw new DamageError('damaged', 'its end is missing');
      let crc = 0;
      let size = 0;
      for await (const chunk of this.deflate()) {
        crc = crc32(chunk, crc);
        size += chunk.length;
        yield chunk;
      }
      if (!(await input.fill(8))) throw new DamageError('damaged', 'its end is missing');
      const isRight = input.rest.readUInt32LE(0) === crc && input.rest.readUInt32LE(4) === size % 2 ** 32;
      if (!isRight && wrong === 0) wrong = member;
      input.skip(8);
    }
    if (wrong !== 0)
      throw new DamageError('damaged', `the checksum of its member ${wrong} differs; some of its lines may be damaged`);
  }

  async *zstd(): AsyncGenerator<Buffer> {
    const input = this.#input;
    while (await input.fill(1)) {
      await input.fill(8);
      if (!isZstd(input.rest)) return endOfMembers(input);
      const frame = new ZstdFrame();
      const decoder = new Decoder('zstd');
      try {
        while (!frame.isDone && (await input.fill(1))) {
          let length = frame.take(input.rest.subarray(0, this.#pieceLength(input.rest.length)));
          if (length === 0) {
            // A header cut off by the end of the buffered bytes, or of the file.
            const hasMore = await input.fill(ZstdFrame.LONGEST_HEADER);
            length = frame.take(input.rest.subarray(0, ZstdFrame.LONGEST_HEADER));
            if (length === 0 && hasMore) length = 1;
            if (length === 0) length = input.rest.length;
          }
          if (!frame.isSkippable) {
            yield* this.#count(await decoder.write(input.rest.subarray(0, length)));
            this.#check(decoder);
          }
          input.skip(length);
          this.#checkSize();
        }
        if (!frame.isSkippable) yield* this.#count(await decoder.end());
        if (!frame.isDone) throw new DamageError('damaged', 'its end is missing');
        this.#check(decoder);
      } finally {
        decoder.destroy();
      }
    }
  }
}

/**
 * Decodes a stream. Data in another format passes unchanged: the file was unpacked on its way and
 * kept its name. See {@link FinePlace} for `step` and `fine`. Throws {@link DamageError} after all
 * bytes that could be recovered.
 */
export async function* decode(
  codec: Codec,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  step = 0,
  fine: FinePlace | null = null,
): AsyncGenerator<Buffer> {
  const input = new PackedInput(chunks);
  const decoding = new Decoding(input, step, fine);
  try {
    await input.fill(4);
    if (codec === 'deflate') {
      yield* decoding.deflate();
      if (await input.fill(1))
        throw new DamageError('size_differs', 'its compressed bytes end before the size that is stated for them');
      return;
    }
    const isPacked = codec === 'gzip' ? isGzip(input.rest) : isZstd(input.rest);
    yield* isPacked ? decoding[codec]() : input.all();
  } finally {
    await input.close();
  }
}

/** Reads what follows the last member or frame: zeros are padding, anything else is an error. */
async function endOfMembers(input: PackedInput): Promise<void> {
  let bytes = 0;
  let isPadding = true;
  for await (const chunk of input.all()) {
    bytes += chunk.length;
    isPadding &&= chunk.every((byte) => byte === 0);
  }
  if (!isPadding)
    throw new DamageError('damaged', `after its compressed data come ${bytes} bytes that are none; they were not read`);
}

function reasonOf(error: Error): string {
  return error.message === 'unexpected end of file' ? 'its end is missing' : error.message;
}
