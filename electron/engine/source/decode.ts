import type { Transform } from 'node:stream';
import { createGunzip, createInflateRaw, createZstdDecompress } from 'node:zlib';

/** Data that expands further than {@link MOST_FOLD} is read no further, once it is larger than this. */
const FREE_BYTES = 256 * 1024 * 1024;
const MOST_FOLD = 250;
/** Given to the decoder in one go: bounds what one piece can expand to. */
const PIECE_BYTES = 16 * 1024;

/** Bytes that cannot be read on; what came before is good. The message is a part of a sentence. */
export class DamageError extends Error {
  readonly kind: 'damaged' | 'size_differs' | 'expands';

  constructor(kind: 'damaged' | 'size_differs' | 'expands', message: string) {
    super(message);
    this.kind = kind;
  }
}

export type Codec = 'gzip' | 'zstd' | 'deflate';

function decoderOf(codec: Codec): Transform {
  if (codec === 'gzip') return createGunzip({ chunkSize: 256 * 1024 });
  if (codec === 'deflate') return createInflateRaw({ chunkSize: 256 * 1024 });
  return createZstdDecompress({ chunkSize: 256 * 1024 });
}

/**
 * Decode a stream piece by piece, so that everything before a damage comes out. Data that is not of the codec at all (a file that was
 * unpacked on its way and kept its name) passes as it is. Throws {@link DamageError}.
 */
export async function* decode(codec: Codec, input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: Transform | null = null;
  let isPlain = false;
  let packed = 0;
  let unpacked = 0;
  let failure: Error | null = null;
  let ready: Buffer[] = [];
  const start = (): Transform => {
    const made = decoderOf(codec);
    made.on('data', (chunk: Buffer) => ready.push(chunk));
    made.on('error', (error: Error) => {
      failure = error;
    });
    return made;
  };
  try {
    for await (const chunk of input) {
      if (packed === 0) isPlain = !looksLike(codec, chunk);
      if (isPlain) {
        packed += chunk.length;
        yield chunk;
        continue;
      }
      decoder ??= start();
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
        const piece = chunk.subarray(at, at + PIECE_BYTES);
        packed += piece.length;
        await write(decoder, piece);
        for (const out of ready) {
          unpacked += out.length;
          yield out;
        }
        ready = [];
        if (failure !== null) throw new DamageError('damaged', reasonOf(failure));
        if (unpacked > FREE_BYTES && unpacked > packed * MOST_FOLD) {
          const megabytes = Math.round(unpacked / 1024 / 1024);
          throw new DamageError(
            'expands',
            `it expands more than ${MOST_FOLD}-fold; only its first ${megabytes} MB were read, unpack it yourself if that is meant`,
          );
        }
      }
    }
    if (decoder === null) return;
    await end(decoder);
    yield* ready;
    if (failure !== null) throw new DamageError('damaged', reasonOf(failure));
  } finally {
    decoder?.destroy();
  }
}

function reasonOf(error: Error): string {
  return error.message === 'unexpected end of file' ? 'its end is missing' : error.message;
}

function looksLike(codec: Codec, head: Buffer): boolean {
  if (codec === 'deflate' || head.length < 4) return true;
  return codec === 'gzip' ? head[0] === 0x1f && head[1] === 0x8b : isZstd(head);
}

/** A frame, or a frame to be skipped. */
function isZstd(head: Buffer): boolean {
  const magic = head.readUInt32LE(0);
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}

function write(decoder: Transform, piece: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (decoder.destroyed || decoder.readableEnded) return resolve();
    decoder.once('close', resolve);
    decoder.write(piece, () => {
      decoder.off('close', resolve);
      resolve();
    });
  });
}

function end(decoder: Transform): Promise<void> {
  return new Promise((resolve) => {
    if (decoder.destroyed || decoder.readableEnded) return resolve();
    decoder.once('end', resolve);
    decoder.once('close', resolve);
    decoder.end();
  });
}
