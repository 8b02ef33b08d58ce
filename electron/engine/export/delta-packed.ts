/**
 * DELTA_BINARY_PACKED of Apache Parquet (Encodings.md of parquet-format): differences of integers,
 * each packed into as few bits as its block needs.
 */
import type { ByteSink } from './byte-sink.ts';

const BLOCK = 128;
const MINIBLOCKS = 4;
const MINIBLOCK = BLOCK / MINIBLOCKS;

/**
 * Widest range of values (largest minus smallest) for {@link writeDeltaPacked}. Within it,
 * differences are exact as numbers.
 */
export const WIDEST_RANGE = 2 ** 52;

/** Appends `count` integers, all safe and within {@link WIDEST_RANGE} of each other. */
export function writeDeltaPacked(out: ByteSink, values: Float64Array, count: number): void {
  varint(out, BigInt(BLOCK));
  varint(out, BigInt(MINIBLOCKS));
  varint(out, BigInt(count));
  zigzag(out, count === 0 ? 0 : (values[0] as number));
  const deltas = new Float64Array(BLOCK);
  for (let at = 1; at < count; at += BLOCK) {
    const length = Math.min(BLOCK, count - at);
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < length; k++) {
      const delta = (values[at + k] as number) - (values[at + k - 1] as number);
      deltas[k] = delta;
      if (delta < least) least = delta;
    }
    zigzag(out, least);
    writeBlock(out, deltas, length, least);
  }
}

function writeBlock(out: ByteSink, deltas: Float64Array, length: number, least: number): void {
  out.reserve(MINIBLOCKS + BLOCK * 8);
  const widths = out.length;
  out.length += MINIBLOCKS;
  for (let m = 0; m < MINIBLOCKS; m++) {
    const from = m * MINIBLOCK;
    const to = Math.min(length, from + MINIBLOCK);
    let most = 0;
    for (let k = from; k < to; k++) most = Math.max(most, (deltas[k] as number) - least);
    const width = bitsOf(most);
    out.buffer[widths + m] = width;
    if (to > from && width > 0) pack(out, deltas, from, to, least, width);
  }
}

/** Returns how many bits an integer from 0 to 2^53 takes. */
function bitsOf(value: number): number {
  return value < 2 ** 31 ? 32 - Math.clz32(value) : 63 - Math.clz32(Math.floor(value / 2 ** 31));
}

/** Packs one miniblock, least significant bit first, padded with zeros to 32 values. */
function pack(out: ByteSink, deltas: Float64Array, from: number, to: number, least: number, width: number): void {
  const { buffer } = out;
  let at = out.length;
  let bits = 0;
  let held = 0;
  for (let k = from; k < from + MINIBLOCK; k++) {
    let value = k < to ? (deltas[k] as number) - least : 0;
    for (let left = width; left > 0; left -= 24) {
      const part = left > 24 ? value % 0x1000000 : value;
      if (left > 24) value = (value - part) / 0x1000000;
      held |= part << bits;
      bits += Math.min(24, left);
      while (bits >= 8) {
        buffer[at++] = held & 0xff;
        held >>>= 8;
        bits -= 8;
      }
    }
  }
  out.length = at;
}

function zigzag(out: ByteSink, value: number): void {
  const whole = BigInt(value);
  varint(out, whole >= 0n ? whole << 1n : (-whole << 1n) - 1n);
}

function varint(out: ByteSink, value: bigint): void {
  let rest = value;
  while (rest > 0x7fn) {
    out.byte(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.byte(Number(rest));
}
