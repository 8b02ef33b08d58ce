/**
 * Decodes bytes in encodings other than UTF-8 with the platform's `TextDecoder`. Its `euc-kr`
 * should include CP949 (WHATWG Encoding, 14.1), but Node's has only the 2,350 syllables of KS X
 * 1001; this module adds the others.
 */

/**
 * Decodes bytes. Invalid bytes become U+FFFD; with `isStrict`, the result is null instead. Throws
 * RangeError for an unknown label.
 */
export function decodeLegacy(label: string, bytes: Buffer, isStrict = false): string | null {
  if (label === 'euc-kr') return decodeKorean(bytes, isStrict);
  if (!isStrict) return decoder(label).decode(bytes);
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    return null;
  }
}

type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<string, Decoder>();

function decoder(label: string): Decoder {
  const known = decoders.get(label) ?? new TextDecoder(label);
  decoders.set(label, known);
  return known;
}

/** Decides whether the platform can decode it. */
export function isKnownEncoding(label: string): boolean {
  try {
    decoder(label);
    return true;
  } catch {
    return false;
  }
}

const DAMAGED = 0xfffd;
/** The character for each pair of bytes, or 0. Created on first use. */
let korean: Uint16Array | null = null;

function makeKorean(): Uint16Array {
  const table = new Uint16Array(0x10000);
  const known = new Set<number>();
  const plain = new TextDecoder('euc-kr');
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const text = plain.decode(Uint8Array.of(lead, trail));
      const code = text.charCodeAt(0);
      if (text.length !== 1 || code === DAMAGED) continue;
      table[(lead << 8) | trail] = code;
      known.add(code);
    }
  }
  // The other syllables follow in Unicode order, row by row; rows from 0xa1 on share their second
  // half with KS X 1001.
  let syllable = 0xac00;
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (let trail = 0x41; trail <= (lead < 0xa1 ? 0xfe : 0xa0); trail++) {
      if ((trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81)) continue;
      while (known.has(syllable)) syllable++;
      if (syllable > 0xd7a3) return table;
      table[(lead << 8) | trail] = syllable++;
    }
  }
  return table;
}

function decodeKorean(bytes: Buffer, isStrict: boolean): string | null {
  korean ??= makeKorean();
  const codes = new Uint16Array(bytes.length);
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) {
      codes[count++] = lead;
      continue;
    }
    const code = korean[(lead << 8) | (bytes[at + 1] ?? 0)] as number;
    if (code === 0 && isStrict) return null;
    codes[count++] = code === 0 ? DAMAGED : code;
    // A byte that cannot be a second half stands for itself.
    if (code !== 0 || (bytes[at + 1] ?? 0) >= 0x80) at++;
  }
  return Buffer.from(codes.buffer, 0, 2 * count).toString('utf16le');
}
