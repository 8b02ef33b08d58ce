import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteSink } from './byte-sink.ts';
import { WIDEST_RANGE, writeDeltaPacked } from './delta-packed.ts';

/** Decodes with exact arithmetic, as Parquet's Encodings.md specifies. */
function decode(bytes: Uint8Array): number[] {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(bytes[at++] as number);
      value |= (byte & 0x7fn) << shift;
      if (byte < 0x80n) return value;
    }
  };
  const zigzag = () => {
    const value = varint();
    return (value >> 1n) ^ -(value & 1n);
  };
  const block = Number(varint());
  const miniblocks = Number(varint());
  const count = Number(varint());
  let value = zigzag();
  const values = count > 0 ? [Number(value)] : [];
  while (values.length < count) {
    const least = zigzag();
    const widths = bytes.slice(at, at + miniblocks);
    at += miniblocks;
    for (const width of widths) {
      if (values.length >= count) break;
      let packed = 0n;
      const length = (width * block) / miniblocks / 8;
      for (let k = length - 1; k >= 0; k--) packed = (packed << 8n) | BigInt(bytes[at + k] as number);
      at += length;
      for (let k = 0; k < block / miniblocks && values.length < count; k++) {
        value += least + (packed & ((1n << BigInt(width)) - 1n));
        packed >>= BigInt(width);
        values.push(Number(value));
      }
    }
  }
  expect(at).toBe(bytes.length);
  return values;
}

function encode(values: readonly number[]): Uint8Array {
  const out = new ByteSink();
  writeDeltaPacked(out, Float64Array.from(values), values.length);
  return out.view();
}

it.each([
  [[]],
  [[0]],
  [[-1]],
  [Array.from({ length: 129 }, (_, k) => k)],
  [Array.from({ length: 300 }, (_, k) => 1_588_744_221_118_000 + k * k * 1_000)],
  [[-(WIDEST_RANGE / 2), WIDEST_RANGE / 2 - 1, -(WIDEST_RANGE / 2), 0]],
])('gives back what was packed: %j', (values) => {
  expect(decode(encode(values))).toEqual(values);
});

it('gives back any whole numbers within the range', () => {
  const half = WIDEST_RANGE / 2 - 1;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer(), fc.integer({ min: -half, max: half })), { maxLength: 400 }),
      (values) => {
        expect(decode(encode(values))).toEqual(values);
      },
    ),
    { numRuns: 50 },
  );
});
