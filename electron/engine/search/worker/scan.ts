import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { cutBlock } from '../../ingest/block-cutter.ts';
import { type DecidedRules, decideFromStart, type FileToDecide } from '../../ingest/decide-rules.ts';
import { type Chunks, decodeChunks, sniffEncoding } from '../../ingest/encoding.ts';
import { type Inside, offsetInside } from '../../source/inside.ts';
import { MAX_LINE_BYTES } from '../../source/limits.ts';
import type { SourceReader } from '../../source/source-reader.ts';
import { zipChunks } from '../../source/zip.ts';
import type { ZipPlace } from '../../source/zip-place.ts';

const READ_BYTES = 1024 * 1024;

/** A file that is not indexed yet. */
export interface ScanFile {
  fileId: number;
  path: string;
  bytes: number;
  zip: ZipPlace | null;
  inside: Inside | null;
}

/** How many bytes have to be read for it, about: of what is packed, all that lies before it and what it may expand to. */
export function scanCost(file: ScanFile): number {
  return file.inside === null ? file.bytes : offsetInside(file.inside) + file.bytes * 20;
}

/** Where its bytes are. */
export interface ScanSource {
  /** Folder of the run's root, null for a zip. */
  folder: string | null;
  zipPath: string | null;
  /** For what lies in archives. */
  archives: SourceReader;
}

/** How the lines of the file are read: known already, or to be decided from its beginning. */
export interface ScanRules {
  isKnown: boolean;
  file: FileToDecide;
  runUs: number | null;
  onDecided: (decided: DecidedRules) => void;
}

/**
 * Read a file that is not indexed yet as ingest would, in blocks of whole lines (a line longer than a block comes whole).
 * `onBlock` gets the bytes, where they stand in the file, and whether they stand there as they are; it returns false to stop.
 */
export async function scanFile(
  file: ScanFile,
  source: ScanSource,
  rules: ScanRules,
  onBlock: (bytes: Buffer, start: number, isOriginal: boolean) => boolean,
): Promise<void> {
  const isZip = source.folder === null;
  const inPlace = isZip || file.inside !== null ? null : join(source.folder ?? '', file.path);
  const fd =
    file.inside !== null ? -1 : openSync(isZip ? (source.zipPath ?? '') : join(source.folder ?? '', file.path), 'r');
  try {
    const chunks: Chunks = {
      start: 0,
      chunks: chunksOf(file, source, fd),
    };
    const sniffed = await sniffEncoding(chunks);
    const isOriginal = !isZip && file.inside === null && sniffed.encoding === 'utf-8';
    let position = sniffed.skip;
    let pending: Buffer = Buffer.alloc(0);
    /** Length of the beginning of `pending` that is within a line which goes on. */
    let joined = 0;
    /** Within a line of which as much was given as is searched. */
    let isSkipping = false;
    const take = (bytes: Buffer, isLast: boolean): Buffer | null => {
      let at = 0;
      if (isSkipping) {
        const lineEnd = bytes.indexOf(10);
        at = lineEnd === -1 ? bytes.length : lineEnd + 1;
        position += at;
        isSkipping = lineEnd === -1;
      }
      let cutAt = at + joined;
      while (cutAt < bytes.length) {
        const cut = cutBlock(bytes, cutAt, bytes.length, isLast);
        if (cut === null) break;
        cutAt = cut.end;
        if (cut.inLine && cutAt - at < MAX_LINE_BYTES) continue;
        if (!onBlock(bytes.subarray(at, cutAt), position, isOriginal)) return null;
        position += cutAt - at;
        at = cutAt;
        if (!cut.inLine) continue;
        const lineEnd = bytes.indexOf(10, at);
        isSkipping = lineEnd === -1;
        cutAt = lineEnd === -1 ? bytes.length : lineEnd + 1;
        position += cutAt - at;
        at = cutAt;
      }
      joined = cutAt - at;
      return bytes.subarray(at);
    };
    const { decided, chunks: text } = rules.isKnown
      ? { decided: null, chunks: decodeChunks(sniffed) }
      : await decideFromStart(sniffed, inPlace, rules.file, rules.runUs);
    if (decided !== null) rules.onDecided(decided);
    for await (const chunk of text) {
      const rest = take(pending.length === 0 ? chunk : Buffer.concat([pending, chunk]), false);
      if (rest === null) return;
      pending = rest;
    }
    const rest = take(pending, true);
    if (rest !== null && rest.length > 0) onBlock(rest, position, isOriginal);
  } finally {
    if (fd !== -1) closeSync(fd);
  }
}

function chunksOf(file: ScanFile, source: ScanSource, fd: number): AsyncGenerator<Buffer> {
  if (file.inside !== null) return source.archives.chunks({ zip: file.zip, inside: file.inside }, () => undefined);
  return source.folder === null && file.zip !== null
    ? zipChunks(fd, file.zip, file.bytes, () => undefined)
    : readAll(fd, file.bytes);
}

async function* readAll(fd: number, bytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes; ) {
    const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, bytes - at));
    const got = readSync(fd, buffer, 0, buffer.length, at);
    if (got === 0) return;
    at += got;
    yield buffer.subarray(0, got);
  }
}
