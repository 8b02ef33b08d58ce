/** Salvage finds the entries of a zip whose directory is missing or damaged. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { SourceEntry } from './entry.ts';

const LOCAL_HEADER = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const SCAN_BYTES = 4 * 1024 * 1024;

/**
 * Find the entries of a zip without its directory, by the local headers in the order they stand
 * (APPNOTE 4.3.7). An entry whose size is only in its data descriptor ends where the next header
 * begins. Returns null when the file does not begin like a zip.
 */
export function salvageEntries(path: string, size: number): SourceEntry[] | null {
  const fd = openSync(path, 'r');
  try {
    const entries: SourceEntry[] = [];
    const first = Buffer.alloc(4);
    if (readSync(fd, first, 0, 4, 0) < 4 || !first.equals(LOCAL_HEADER)) return null;
    let offset: number | null = 0;
    while (offset !== null) {
      const header = Buffer.alloc(30);
      if (readSync(fd, header, 0, 30, offset) < 30 || !header.subarray(0, 4).equals(LOCAL_HEADER)) break;
      const flags = header.readUInt16LE(6);
      const method = header.readUInt16LE(8);
      const nameLength = header.readUInt16LE(26);
      const nameBytes = Buffer.alloc(nameLength);
      readSync(fd, nameBytes, 0, nameLength, offset + 30);
      const dataStart: number = offset + 30 + nameLength + header.readUInt16LE(28);
      let compressed = header.readUInt32LE(18);
      let bytes = header.readUInt32LE(22);
      let crc = header.readUInt32LE(14);
      let next: number | null;
      const isStreamed = (flags & 8) !== 0 || compressed === 0xffffffff;
      if (isStreamed) {
        next = findHeader(fd, dataStart, size);
        compressed = (next ?? size) - dataStart;
        // Not known: an upper bound; a deflate stream ends itself.
        bytes = compressed * 20;
        crc = 0;
        const descriptor = readDescriptor(fd, dataStart, compressed);
        if (next !== null && descriptor !== null) ({ compressed, bytes, crc } = descriptor);
      } else {
        next = dataStart + compressed;
      }
      const available = Math.max(0, Math.min(compressed, size - dataStart));
      const name = nameBytes.toString('utf8');
      const isReadable = (flags & 1) === 0 && (method === 0 || method === 8) && available > 0;
      if (isReadable && !name.endsWith('/')) {
        if (isStreamed && method === 0) bytes = available;
        entries.push({
          path: name,
          bytes,
          modifiedUs: null,
          zip: { offset, compressedBytes: available, method, crc },
          inside: null,
        });
      }
      offset = next !== null && next < size ? next : null;
    }
    return entries;
  } finally {
    closeSync(fd);
  }
}

function findHeader(fd: number, from: number, size: number): number | null {
  const buffer = Buffer.allocUnsafe(SCAN_BYTES);
  for (let at = from; at < size; at += SCAN_BYTES - 3) {
    const got = readSync(fd, buffer, 0, SCAN_BYTES, at);
    const window = buffer.subarray(0, got);
    for (
      let k = window.indexOf('PK', 0, 'latin1');
      k !== -1 && k + 4 <= got;
      k = window.indexOf('PK', k + 1, 'latin1')
    ) {
      const signature = window.readUInt32LE(k);
      if (signature === 0x04034b50 || signature === CENTRAL) return at + k;
    }
    if (got < SCAN_BYTES) break;
  }
  return null;
}

function readDescriptor(
  fd: number,
  dataStart: number,
  length: number,
): { compressed: number; bytes: number; crc: number } | null {
  if (length < 16) return null;
  const tail = Buffer.alloc(16);
  readSync(fd, tail, 0, 16, dataStart + length - 16);
  if (tail.readUInt32LE(0) !== DESCRIPTOR) return null;
  return { crc: tail.readUInt32LE(4), compressed: tail.readUInt32LE(8), bytes: tail.readUInt32LE(12) };
}
