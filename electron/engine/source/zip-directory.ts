/**
 * The zip directory is the list of entries at the end of a zip (APPNOTE 6.3.10, 4.3.12 and after;
 * zip64 too). It is read to its end, not to the stated number of entries: without zip64 that number
 * has 16 bits, and writers let it wrap. Bytes before the zip (a self-extracting program) and after
 * it are allowed.
 */
import { crc32 } from 'node:zlib';

/**
 * Bytes that can be read at any offset, fewer than requested at the end. Throws if they are not
 * available.
 */
export interface RandomBytes {
  size: number;
  read(position: number, length: number): Buffer;
}

/** An entry as the directory has it. */
export interface ZipRecord {
  /**
   * The name, one character per byte. Its encoding is known only from the UTF-8 flag or a Unicode
   * field.
   */
  name: string;
  isUtf8: boolean;
  isEncrypted: boolean;
  isLink: boolean;
  method: number;
  crc: number;
  compressedBytes: number;
  bytes: number;
  /** Offset of the local header from the start of the bytes. */
  offset: number;
  modifiedUs: number | null;
}

export interface ZipDirectory {
  records: ZipRecord[];
  /** The directory breaks off because a record is damaged. */
  isCut: boolean;
  /** There are more entries than requested. */
  isFull: boolean;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const RECORD = 0x02014b50;
const RECORD_BYTES = 46;
const END_BYTES = 22;
/** A comment of 64 KB, and as much again for data appended to the zip. */
const LOOK_BACK = 128 * 1024;
const WINDOW = 1024 * 1024;

/** Reads the directory, up to `most` entries; null if there is none. */
export function readZipDirectory(source: RandomBytes, most: number): ZipDirectory | null {
  const found = findDirectory(source);
  if (found === null) return null;
  const { start, end, shift } = found;
  const records: ZipRecord[] = [];
  let window: Buffer = Buffer.alloc(0);
  let windowAt = start;
  for (let at = start; at < end; ) {
    const ensure = (length: number): Buffer => {
      if (at + length > windowAt + window.length) {
        window = source.read(at, Math.max(length, Math.min(WINDOW, end - at)));
        windowAt = at;
      }
      return window.subarray(at - windowAt, at - windowAt + length);
    };
    const head = ensure(RECORD_BYTES);
    if (head.length < RECORD_BYTES || head.readUInt32LE(0) !== RECORD) {
      // A digital signature may follow the last record.
      const isEnd = head.length < 4 || head.readUInt32LE(0) === 0x05054b50;
      return { records, isCut: !isEnd || records.length === 0, isFull: false };
    }
    const length = RECORD_BYTES + head.readUInt16LE(28) + head.readUInt16LE(30) + head.readUInt16LE(32);
    const whole = ensure(length);
    if (whole.length < length) return { records, isCut: true, isFull: false };
    if (records.length >= most) return { records, isCut: false, isFull: true };
    records.push(recordOf(whole, shift));
    at += length;
  }
  return { records, isCut: false, isFull: false };
}

/** Locates the directory, and how far all offsets in the zip are shifted. */
function findDirectory(source: RandomBytes): { start: number; end: number; shift: number } | null {
  const tailAt = Math.max(0, source.size - LOOK_BACK);
  const tail = source.read(tailAt, source.size - tailAt);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== END) continue;
    const commentEnd = at + END_BYTES + tail.readUInt16LE(at + 20);
    if (commentEnd > tail.length) continue;
    const place = placeOf(source, tailAt + at, tail.subarray(at, at + END_BYTES));
    if (place !== null) return place;
  }
  return null;
}

function placeOf(source: RandomBytes, endAt: number, record: Buffer) {
  let end = endAt;
  let size = record.readUInt32LE(12);
  let offset = record.readUInt32LE(16);
  const locator = endAt >= 20 ? source.read(endAt - 20, 20) : Buffer.alloc(0);
  if (locator.length === 20 && locator.readUInt32LE(0) === LOCATOR64) {
    const stated = Number(locator.readBigUInt64LE(8));
    for (const at of [stated, endAt - 20 - 56]) {
      if (at < 0 || at > endAt - 76) continue;
      const record64 = source.read(at, 56);
      if (record64.length < 56 || record64.readUInt32LE(0) !== END64) continue;
      end = at;
      size = Number(record64.readBigUInt64LE(40));
      offset = Number(record64.readBigUInt64LE(48));
      break;
    }
  }
  if (size === 0 && offset === end) return { start: end, end, shift: 0 };
  if (size === 0 && offset < end && !isRecord(source, offset)) return { start: end, end, shift: end - offset };
  // The directory is where the zip says, or right before its end if bytes were put before the zip.
  if (isRecord(source, offset) && offset < end) return { start: offset, end, shift: 0 };
  const start = end - size;
  return start >= 0 && isRecord(source, start) ? { start, end, shift: start - offset } : null;
}

function isRecord(source: RandomBytes, at: number): boolean {
  if (at < 0 || at + 4 > source.size) return false;
  const head = source.read(at, 4);
  return head.length === 4 && head.readUInt32LE(0) === RECORD;
}

function recordOf(bytes: Buffer, shift: number): ZipRecord {
  const flags = bytes.readUInt16LE(8);
  const nameEnd = RECORD_BYTES + bytes.readUInt16LE(28);
  const name = bytes.subarray(RECORD_BYTES, nameEnd);
  const attributes = bytes.readUInt32LE(38);
  const record: ZipRecord = {
    name: name.toString('latin1'),
    isUtf8: (flags & 0x800) !== 0,
    // Set too if the directory is encrypted and its local header masked.
    isEncrypted: (flags & 1) !== 0 || (flags & 0x2000) !== 0,
    isLink: bytes[5] === 3 && attributes >>> 28 === 0xa,
    method: bytes.readUInt16LE(10),
    crc: bytes.readUInt32LE(16),
    compressedBytes: bytes.readUInt32LE(20),
    bytes: bytes.readUInt32LE(24),
    offset: bytes.readUInt32LE(42),
    modifiedUs: dosTime(bytes.readUInt16LE(14), bytes.readUInt16LE(12)),
  };
  readExtraFields(bytes.subarray(nameEnd, nameEnd + bytes.readUInt16LE(30)), name, record);
  record.offset += shift;
  return record;
}

function readExtraFields(extra: Buffer, name: Buffer, record: ZipRecord): void {
  for (let at = 0; at + 4 <= extra.length; ) {
    const id = extra.readUInt16LE(at);
    const data = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    at += 4 + extra.readUInt16LE(at + 2);
    if (id === 1) readZip64(data, record);
    else if (id === 0x5455 && data.length >= 5 && ((data[0] as number) & 1) === 1)
      record.modifiedUs = data.readInt32LE(1) * 1_000_000;
    else if (id === 0x7075 && data.length > 5 && data[0] === 1 && data.readUInt32LE(1) === crc32(name)) {
      record.name = data.toString('latin1', 5);
      record.isUtf8 = true;
    }
  }
}

/**
 * Reads the fields that do not fit 32 bits, in this order, each only if its 32-bit field has all
 * bits set.
 */
function readZip64(data: Buffer, record: ZipRecord): void {
  let at = 0;
  const next = (): number | null => {
    if (at + 8 > data.length) return null;
    at += 8;
    return Number(data.readBigUInt64LE(at - 8));
  };
  if (record.bytes === 0xffffffff) record.bytes = next() ?? record.bytes;
  if (record.compressedBytes === 0xffffffff) record.compressedBytes = next() ?? record.compressedBytes;
  if (record.offset === 0xffffffff) record.offset = next() ?? record.offset;
}

/** Converts the local time of a DOS system, taken as UTC; null if it is not a date. */
function dosTime(date: number, time: number): number | null {
  const day = date & 31;
  const month = (date >>> 5) & 15;
  if (day === 0 || month === 0 || month > 12) return null;
  const at = Date.UTC(1980 + (date >>> 9), month - 1, day, time >>> 11, (time >>> 5) & 63, 2 * (time & 31));
  return at * 1000;
}
