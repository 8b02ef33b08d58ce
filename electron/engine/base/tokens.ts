/**
 * Tokens: what the index knows of a text. A token is
 * - a run of ASCII letters, digits and `_`, letters folded to lower case, in pieces of at most {@link TOKEN_MAX} bytes, or
 * - one character beyond ASCII, folded.
 * Folding follows the case-insensitive matching of ECMAScript's `/iu` (Unicode simple case folding), in which U+017F is an `s` and
 * U+212A a `k`: they are part of ASCII runs. The index stores a 32-bit hash; two hashes of 32 bits tell tokens apart while indexing.
 */
export const TOKEN_MAX = 64;

export const HASH_SEED_A = 0x811c9dc5 | 0;
export const HASH_SEED_B = 0x1234567;
export const HASH_PRIME_A = 0x01000193;
export const HASH_PRIME_B = 0x5bd1e995;

/** 1 for bytes of ASCII runs, 2 for bytes beyond ASCII, 0 for what separates. */
export const BYTE_CLASS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const isWord = (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95;
  BYTE_CLASS[byte] = isWord ? 1 : byte >= 128 ? 2 : 0;
}

/** Made when first asked for: four megabytes that many threads never need. */
let folded: Int32Array | null = null;

function makeFolded(): Int32Array {
  const table = new Int32Array(0x110000).fill(-1);
  // Same letters to `/iu` whose upper case is two letters; and dotless i, whose upper case is I, is no i to it.
  table[0x1fd3] = 0x390;
  table[0x1fe3] = 0x3b0;
  table[0xfb05] = 0xfb06;
  table[0x131] = 0x131;
  return table;
}

/** The representative of all code points that `/iu` takes for the same letter. */
export function foldCodePoint(codePoint: number): number {
  folded ??= makeFolded();
  const known = folded[codePoint] ?? codePoint;
  if (known !== -1) return known;
  const single = (text: string, otherwise: string): string =>
    String.fromCodePoint(text.codePointAt(0) ?? 0) === text ? text : otherwise;
  const letter = String.fromCodePoint(codePoint);
  const upper = single(letter.toUpperCase(), letter);
  const result = single(upper.toLowerCase(), upper).codePointAt(0) ?? codePoint;
  folded[codePoint] = result;
  return result;
}

/** Is the character a part of a word? The same set as ripgrep's Unicode `\w`. */
export function isWordCharacter(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 128) return BYTE_CLASS[code] === 1;
  return /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]/u.test(character);
}

/** Final mix of the first hash: the key of a posting list, an unsigned 32-bit number. */
export function postingKey(hashA: number): number {
  let h = hashA ^ (hashA >>> 15);
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 12)) >>> 0;
}

/** Hash of one character beyond ASCII, already folded. */
function hashCodePointA(codePoint: number): number {
  return Math.imul(codePoint ^ HASH_SEED_A, 0x85ebca6b) ^ codePoint;
}
function hashCodePointB(codePoint: number): number {
  return Math.imul(codePoint ^ HASH_SEED_B, 0xc2b2ae35 | 0);
}

/** Receives each token of a text, as often as it stands there; `start…end` is its text, empty for a character beyond ASCII. */
export interface TokenSink {
  token(hashA: number, hashB: number, bytes: Uint8Array, start: number, end: number): void;
  /** The text has a run longer than {@link TOKEN_MAX}, whose pieces a substring search cannot rely on. */
  long(): void;
}

const pieceBuffer = new Uint8Array(TOKEN_MAX);

/** Give every token of `bytes[start, end)` to the sink. The hot loop of indexing: no allocation. */
export function tokenize(bytes: Uint8Array, start: number, end: number, sink: TokenSink): void {
  let i = start;
  while (i < end) {
    let byte = bytes[i] as number;
    const kind = BYTE_CLASS[byte];
    if (kind === 0) {
      i++;
      continue;
    }
    if (kind === 2) {
      i = tokenizeBeyondAscii(bytes, i, end, sink);
      continue;
    }
    const from = i;
    let a = HASH_SEED_A;
    let b = HASH_SEED_B;
    do {
      byte |= 0x20;
      a = Math.imul(a ^ byte, HASH_PRIME_A);
      b = Math.imul(b ^ byte, HASH_PRIME_B);
      i++;
      if (i >= end) break;
      byte = bytes[i] as number;
    } while (BYTE_CLASS[byte] === 1);
    // U+017F is C5 BF, U+212A is E2 84 AA: letters of the run.
    if (i - from > TOKEN_MAX || (i < end && (byte === 0xc5 || byte === 0xe2))) {
      i = tokenizeSlowly(bytes, from, end, sink);
    } else {
      sink.token(a, b, bytes, from, i);
    }
  }
}

function asciiOfLetter(bytes: Uint8Array, i: number, end: number): number {
  const byte = bytes[i] as number;
  if (BYTE_CLASS[byte] === 1) return byte;
  if (byte === 0xc5 && i + 1 < end && bytes[i + 1] === 0xbf) return 115;
  if (byte === 0xe2 && i + 2 < end && bytes[i + 1] === 0x84 && bytes[i + 2] === 0xaa) return 107;
  return -1;
}

/** The rest of {@link tokenize}: an ASCII run that is long or has letters beyond ASCII that fold into it. Returns where it ends. */
export function tokenizeSlowly(bytes: Uint8Array, start: number, end: number, sink: TokenSink): number {
  let i = start;
  let length = 0;
  let a = HASH_SEED_A;
  let b = HASH_SEED_B;
  let isLong = false;
  for (;;) {
    const letter = i < end ? asciiOfLetter(bytes, i, end) : -1;
    if (letter === -1 || length === TOKEN_MAX) {
      if (length > 0) sink.token(a, b, pieceBuffer, 0, length);
      if (letter === -1) break;
      isLong = true;
      length = 0;
      a = HASH_SEED_A;
      b = HASH_SEED_B;
    }
    pieceBuffer[length++] = letter;
    a = Math.imul(a ^ (letter | 0x20), HASH_PRIME_A);
    b = Math.imul(b ^ (letter | 0x20), HASH_PRIME_B);
    const byte = bytes[i] as number;
    i += byte === 0xc5 ? 2 : byte === 0xe2 ? 3 : 1;
  }
  if (isLong) sink.long();
  return i;
}

/** The rest of {@link tokenize}: what begins with a byte beyond ASCII. Returns where it ends. */
export function tokenizeBeyondAscii(bytes: Uint8Array, start: number, end: number, sink: TokenSink): number {
  if (asciiOfLetter(bytes, start, end) !== -1) return tokenizeSlowly(bytes, start, end, sink);
  const lead = bytes[start] as number;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  if (length === 1 || start + length > end) return start + 1;
  let codePoint = lead & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) {
    const next = bytes[start + k] as number;
    // Damaged UTF-8 is read as U+FFFD, which no query requires of the index.
    if ((next & 0xc0) !== 0x80) return start + 1;
    codePoint = (codePoint << 6) | (next & 0x3f);
  }
  if (codePoint <= 0x10ffff) {
    const letter = foldCodePoint(codePoint);
    sink.token(hashCodePointA(letter), hashCodePointB(letter), bytes, start, start);
  }
  return start + length;
}

/** A token of a query: its key in the index, and its text when it is an ASCII run. */
export interface QueryToken {
  key: number;
  text: string;
  /** Character offsets in the query's literal. */
  start: number;
  end: number;
}

/**
 * The tokens of a literal as the index would see them, were the literal alone. The first and the last may be parts of longer runs in the
 * text; the caller knows. A run longer than {@link TOKEN_MAX} comes in pieces. U+FFFD and lone surrogates give no token.
 */
export function queryTokens(literal: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let run = '';
  let runStart = 0;
  let index = 0;
  const flush = () => {
    for (let at = 0; at < run.length; at += TOKEN_MAX) {
      const text = run.slice(at, at + TOKEN_MAX);
      let a = HASH_SEED_A;
      for (let k = 0; k < text.length; k++) a = Math.imul(a ^ (text.charCodeAt(k) | 0x20), HASH_PRIME_A);
      tokens.push({ key: postingKey(a), text, start: runStart + at, end: runStart + at + text.length });
    }
    run = '';
  };
  for (const character of literal) {
    const codePoint = foldCodePoint(character.codePointAt(0) ?? 0);
    if (codePoint < 128) {
      if (BYTE_CLASS[codePoint] === 1) {
        if (run === '') runStart = index;
        run += String.fromCharCode(codePoint);
      } else flush();
    } else {
      flush();
      if (codePoint !== 0xfffd && (codePoint < 0xd800 || codePoint > 0xdfff)) {
        tokens.push({
          key: postingKey(hashCodePointA(codePoint)),
          text: '',
          start: index,
          end: index + character.length,
        });
      }
    }
    index += character.length;
  }
  flush();
  return tokens;
}
