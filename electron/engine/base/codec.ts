/** The codec of a case compresses what it keeps: text of blocks and pages of the vocabulary. */
import { constants, deflateRawSync, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * The compression of what a case keeps: Zstandard where the platform's zlib has it (Node ≥ 22.15,
 * so also Electron's), else raw deflate. The first byte says which, so that a case can be read by
 * either.
 */
const hasZstd = typeof zstdCompressSync === 'function';
const ZSTD = 1;
const DEFLATE = 2;
const AS_IT_IS = 3;
/**
 * Less than this is kept as it is: it hardly shrinks, and to begin a compression costs more than
 * all else that is done for a small file.
 */
const LEAST_BYTES = 512;
/** A block comes in one piece: twice as fast as in pieces of 16 KB that are joined. */
const BLOCK_CHUNK = 64 * 1024;
const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Compress bytes; the result carries its codec. */
export function compress(bytes: Uint8Array): Uint8Array {
  if (bytes.length < LEAST_BYTES) return marked(AS_IT_IS, bytes);
  return hasZstd
    ? marked(ZSTD, zstdCompressSync(bytes, zstdOptions))
    : marked(DEFLATE, deflateRawSync(bytes, { level: 1 }));
}

function marked(codec: number, bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + 1);
  out[0] = codec;
  out.set(bytes, 1);
  return out;
}

/**
 * Undo {@link compress}; fastest where the result has no more than `chunkSize` bytes. Throws on
 * damaged data.
 */
export function decompress(data: Uint8Array, chunkSize = BLOCK_CHUNK): Buffer {
  const body = data.subarray(1);
  if (data[0] === AS_IT_IS) return Buffer.from(body);
  return data[0] === ZSTD ? zstdDecompressSync(body, { chunkSize }) : inflateRawSync(body, { chunkSize });
}
