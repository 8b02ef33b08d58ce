/**
 * A mutation is a small damage to bytes or text that keeps most of it unchanged. Random bytes alone
 * fail the first check and never reach the code behind it. Every mutation is drawn from a seeded
 * generator, so a seed repeats a run exactly.
 */
import type { Random } from '../../electron/sample/random.ts';

/**
 * Bytes that mean something to a format: magic numbers, sizes at their limits, line ends, byte
 * order marks.
 */
const TELLING_BYTES: readonly (readonly number[])[] = [
  [0],
  [10],
  [13, 10],
  [0xff],
  [0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0x80],
  [0xff, 0xff, 0xff, 0x7f],
  [0xfe, 0xff],
  [0xff, 0xfe],
  [0xef, 0xbb, 0xbf],
  [0xed, 0xa0, 0x80],
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 1, 2],
  [0x50, 0x4b, 5, 6],
  [0x1f, 0x8b, 8],
  [0x28, 0xb5, 0x2f, 0xfd],
];

/** Texts that replace figures, times and names. */
const TELLING_TEXTS: readonly string[] = [
  '',
  '-1',
  '0',
  '1e308',
  '-1e308',
  'NaN',
  'inf',
  '9e12',
  '4294967296',
  '9007199254740993',
  '99999999999999999999',
  '0000-00-00 00:00:00,000',
  '9999-12-31 23:59:59,999',
  '1969-12-31T23:59:59Z',
  'constructor',
  '__proto__',
  'toString',
  '"',
  "'",
  ',',
  '\t',
  '\u0000',
  '\u001b[31m',
  '\u202e',
  '\ud800',
  '오류',
  '😀',
  '{',
  '}',
  '(',
  '[',
  '%',
  '\\',
  '../../x',
  '=1+1',
  'Traceback (most recent call last):',
];

const MOST_BYTES = 4 * 1024 * 1024;

/** Damages bytes in one to four places. */
export function mutateBytes(random: Random, bytes: Buffer): Buffer {
  let out: Buffer = Buffer.from(bytes);
  for (let left = 1 + random.int(4); left > 0; left--) out = damage(random, out);
  return out.subarray(0, MOST_BYTES);
}

function damage(random: Random, bytes: Buffer): Buffer {
  const at = random.int(bytes.length + 1);
  const length = 1 + random.int(random.chance(0.8) ? 16 : Math.max(1, bytes.length));
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random.int(8)) {
    case 0:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(8));
      return bytes;
    case 1:
      if (at < bytes.length) bytes[at] = random.int(256);
      return bytes;
    case 2:
      return Buffer.concat([before, Buffer.from(random.pick(TELLING_BYTES)), after]);
    case 3: {
      const telling = Buffer.from(random.pick(TELLING_BYTES));
      return Buffer.concat([before, telling, after.subarray(telling.length)]);
    }
    case 4:
      return Buffer.concat([before, after.subarray(length)]);
    case 5:
      return Buffer.concat([before, after.subarray(0, length), after]);
    case 6:
      return Buffer.concat([before, bytes.subarray(random.int(bytes.length + 1)).subarray(0, length), after]);
    default:
      return random.chance(0.5)
        ? Buffer.from(before)
        : Buffer.from(mutateText(random, bytes.toString('latin1')), 'latin1');
  }
}

/**
 * Damages a text in one to three places: inserts a text, replaces a word or figure, or removes,
 * duplicates or swaps pieces.
 */
export function mutateText(random: Random, text: string): string {
  let out = text;
  for (let left = 1 + random.int(3); left > 0; left--) {
    const at = random.int(out.length + 1);
    const length = 1 + random.int(random.chance(0.7) ? 8 : Math.max(1, out.length));
    const [before, after] = [out.slice(0, at), out.slice(at)];
    const kind = random.int(6);
    if (kind === 0) out = before + random.pick(TELLING_TEXTS) + after;
    else if (kind === 1) out = before + after.slice(length);
    else if (kind === 2) out = before + after.slice(0, length) + after;
    else if (kind === 3) out = before + after.replace(/-?\d+(?:\.\d+)?/, () => random.pick(TELLING_TEXTS));
    else if (kind === 4) out = before + after.replace(/[A-Za-z_]+/, () => random.pick(TELLING_TEXTS));
    else out = before + after.slice(length) + after.slice(0, length);
    if (out.length > 2_000_000) out = out.slice(0, 2_000_000);
  }
  return out;
}
