/**
 * The limits of the design, measured without storing anything: `tokens` reads a folder, splits it
 * into lines and tokenises it; `inflate` inflates the entries of a zip. It runs the requested
 * number of threads, which take pieces from a shared counter. `node baseline.ts tokens|inflate
 * THREADS PATH` prints `{ bytes, lines, tokens }`.
 *
 * This file repeats the tokeniser's loop with its constants: in unbundled modules, an imported
 * binding is no constant to the compiler, and a slower baseline would flatter us.
 */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';
import { listSource } from '../../electron/engine/source/source.ts';

interface Piece {
  path: string;
  start: number;
  end: number;
  isPacked: boolean;
  /** Bytes after inflating. */
  size: number;
}

interface Totals {
  bytes: number;
  lines: number;
  tokens: number;
}

const PIECE_BYTES = 8 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;

async function pieces(mode: string, path: string): Promise<Piece[]> {
  if (mode === 'inflate') {
    const listing = await listSource(path);
    return listing.entries
      .flatMap((entry) => (entry.zip === null ? [] : [{ entry, zip: entry.zip }]))
      .sort((a, b) => b.zip.compressedBytes - a.zip.compressedBytes)
      .map(({ entry, zip }) => ({
        path,
        start: zip.offset,
        end: zip.offset + zip.compressedBytes,
        isPacked: zip.method === 8,
        size: entry.bytes,
      }));
  }
  return readdirSync(path, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const file = join(entry.parentPath, entry.name);
    const { size } = statSync(file);
    const found: Piece[] = [];
    for (let start = 0; start < size; start += PIECE_BYTES)
      found.push({ path: file, start, end: Math.min(size, start + PIECE_BYTES), isPacked: false, size: 0 });
    return found;
  });
}

function tokenizePiece(piece: Piece, totals: Totals): number {
  const wordByte = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) wordByte[byte] = /\w/.test(String.fromCharCode(byte)) || byte >= 128 ? 1 : 0;
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  const fd = openSync(piece.path, 'r');
  let mixed = 0;
  for (let at = piece.start; at < piece.end; ) {
    const got = readSync(fd, buffer, 0, Math.min(READ_BYTES, piece.end - at), at);
    if (got === 0) break;
    at += got;
    mixed ^= tokenizeBytes(buffer, got, wordByte, totals);
  }
  closeSync(fd);
  return mixed;
}

function tokenizeBytes(bytes: Uint8Array, end: number, wordByte: Uint8Array, totals: Totals): number {
  let lines = 0;
  let tokens = 0;
  let mixed = 0;
  let i = 0;
  while (i < end) {
    let byte = bytes[i] as number;
    if (wordByte[byte] === 0) {
      if (byte === 10) lines++;
      i++;
      continue;
    }
    let a = 0x811c9dc5 | 0;
    let b = 0x1234567;
    do {
      byte |= 0x20;
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x5bd1e995);
      i++;
      if (i >= end) break;
      byte = bytes[i] as number;
    } while (wordByte[byte] === 1);
    tokens++;
    mixed ^= a + b;
  }
  totals.bytes += end;
  totals.lines += lines;
  totals.tokens += tokens;
  return mixed;
}

function inflatePiece(piece: Piece, totals: Totals): void {
  const fd = openSync(piece.path, 'r');
  const header = Buffer.alloc(30);
  readSync(fd, header, 0, 30, piece.start);
  const packed = Buffer.allocUnsafe(piece.end - piece.start);
  readSync(fd, packed, 0, packed.length, piece.start + 30 + header.readUInt16LE(26) + header.readUInt16LE(28));
  totals.bytes += piece.isPacked
    ? inflateRawSync(packed, { chunkSize: Math.max(64, piece.size + 1) }).length
    : packed.length;
  closeSync(fd);
}

if (isMainThread) {
  const [mode = 'tokens', threads = '1', path = '.'] = process.argv.slice(2);
  const shared = { mode, pieces: await pieces(mode, path), next: new Int32Array(new SharedArrayBuffer(4)) };
  const all: Totals = { bytes: 0, lines: 0, tokens: 0 };
  await Promise.all(
    Array.from({ length: Number(threads) }, () => {
      const worker = new Worker(new URL(import.meta.url), { workerData: shared });
      worker.on('message', (totals: Totals) => {
        all.bytes += totals.bytes;
        all.lines += totals.lines;
        all.tokens += totals.tokens;
      });
      return new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject));
    }),
  );
  process.stdout.write(`${JSON.stringify(all)}\n`);
} else {
  const shared: { mode: string; pieces: Piece[]; next: Int32Array } = workerData;
  const totals: Totals = { bytes: 0, lines: 0, tokens: 0 };
  for (;;) {
    const piece = shared.pieces[Atomics.add(shared.next, 0, 1)];
    if (piece === undefined) break;
    if (shared.mode === 'inflate') inflatePiece(piece, totals);
    else tokenizePiece(piece, totals);
  }
  parentPort?.postMessage(totals);
}
