/** Salvage finds the entries of a zip whose directory is missing or damaged. */
import type { SourceEntry } from './entry.ts';
import { type SourceFile, withFile } from './source-file.ts';

const LOCAL_HEADER = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const SCAN_BYTES = 4 * 1024 * 1024;

/**
 * Finds the entries by their local headers, in file order (APPNOTE 4.3.7). An entry whose size is
 * only in its data descriptor ends where the next header begins. Returns null if the file does not
 * begin like a zip.
 */
export function salvageEntries(path: string, size: number): SourceEntry[] | null {
  return withFile(path, (file) => entriesOf(file, size));
}

function entriesOf(file: SourceFile, size: number): SourceEntry[] | null {
  const entries: SourceEntry[] = [];
  if (!file.read(0, 4).equals(LOCAL_HEADER)) return null;
  let offset: number | null = 0;
  while (offset !== null) {
    const header = file.read(offset, 30);
    if (header.length < 30 || !header.subarray(0, 4).equals(LOCAL_HEADER)) break;
    const flags = header.readUInt16LE(6);
    const method = header.readUInt16LE(8);
    const nameLength = header.readUInt16LE(26);
    const nameBytes = file.read(offset + 30, nameLength);
    const dataStart: number = offset + 30 + nameLength + header.readUInt16LE(28);
    let compressed = header.readUInt32LE(18);
    let bytes = header.readUInt32LE(22);
    let crc = header.readUInt32LE(14);
    let next: number | null;
    const isStreamed = (flags & 8) !== 0 || compressed === 0xffffffff;
    if (isStreamed) {
      next = findHeader(file, dataStart, size);
      compressed = (next ?? size) - dataStart;
      // Unknown, so use an upper bound; a deflate stream ends itself.
      bytes = compressed * 20;
      crc = 0;
      const descriptor = readDescriptor(file, dataStart, compressed);
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
}

function findHeader(file: SourceFile, from: number, size: number): number | null {
  const buffer = Buffer.allocUnsafe(SCAN_BYTES);
  for (let at = from; at < size; at += SCAN_BYTES - 3) {
    const window = file.read(at, SCAN_BYTES, buffer);
    for (
      let k = window.indexOf('PK', 0, 'latin1');
      k !== -1 && k + 4 <= window.length;
      k = window.indexOf('PK', k + 1, 'latin1')
    ) {
      const signature = window.readUInt32LE(k);
      if (signature === 0x04034b50 || signature === CENTRAL) return at + k;
    }
    if (window.length < SCAN_BYTES) break;
  }
  return null;
}

function readDescriptor(
  file: SourceFile,
  dataStart: number,
  length: number,
): { compressed: number; bytes: number; crc: number } | null {
  if (length < 16) return null;
  const tail = file.read(dataStart + length - 16, 16);
  if (tail.length < 16 || tail.readUInt32LE(0) !== DESCRIPTOR) return null;
  return { crc: tail.readUInt32LE(4), compressed: tail.readUInt32LE(8), bytes: tail.readUInt32LE(12) };
}
