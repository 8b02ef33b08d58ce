/** The codec compresses what a case stores: text of blocks and pages of the vocabulary. */
import { constants, deflateRawSync, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * Zstandard if the platform's zlib has it (Node ≥ 22.15, and so Electron's), otherwise raw deflate.
 * The first byte says which.
 */
const hasZstd = typeof zstdCompressSync === 'function';
const ZSTD = 1;
const DEFLATE = 2;
const AS_IT_IS = 3;
/**
 * Smaller data is stored uncompressed: it hardly shrinks, and starting a compression costs more
 * than everything else done for a small file.
 */
const LEAST_BYTES = 512;
/** Decompresses a block in one piece: twice as fast as joining pieces of 16 KB. */
const BLOCK_CHUNK = 64 * 1024;
const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Compresses bytes; the result names its codec. */
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
 * Reverses {@link compress}; fastest if the result has at most `chunkSize` bytes. Throws on damaged
 * data.
 */
export function decompress(data: Uint8Array, chunkSize = BLOCK_CHUNK): Buffer {
  const body = data.subarray(1);
  if (data[0] === AS_IT_IS) return Buffer.from(body);
  return data[0] === ZSTD ? zstdDecompressSync(body, { chunkSize }) : inflateRawSync(body, { chunkSize });
}
