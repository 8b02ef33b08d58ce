/**
 * Tokens are what the index knows of a text. A token is
 * - a run of ASCII letters, digits and `_`, folded to lower case, in pieces of at most
 *   {@link TOKEN_MAX} bytes, or
 * - one character beyond ASCII, folded.
 * Folding follows the case-insensitive matching of ECMAScript's `/iu` (Unicode simple case
 * folding), where U+017F is an `s` and U+212A a `k`: both are part of ASCII runs. Indexing
 * distinguishes tokens by 64-bit hashes; the index stores the upper half. The kernel finds the
 * tokens of a text; this module has what queries need.
 */
import { HASH_CHARACTER, HASH_FIRST, HASH_LAST, HASH_SECOND, LOWER_CASE_BITS, TOKEN_MAX } from './kernel-numbers.ts';

/** 1 for bytes of ASCII runs, 2 for bytes beyond ASCII, 0 for separators. */
export const BYTE_CLASS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const isWord = (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95;
  BYTE_CLASS[byte] = isWord ? 1 : byte >= 128 ? 2 : 0;
}

/** Created on first use: four megabytes that many threads never need. */
let folded: Int32Array | null = null;

function makeFolded(): Int32Array {
  const table = new Int32Array(0x110000).fill(-1);
  // `/iu` treats the first three as the same letters, although their upper case is two letters. It
  // does not treat dotless i as i, although its upper case is I.
  table[0x1fd3] = 0x390;
  table[0x1fe3] = 0x3b0;
  table[0xfb05] = 0xfb06;
  table[0x131] = 0x131;
  return table;
}

/** Returns the representative of all code points that `/iu` treats as the same letter. */
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

/** Decides whether a character is part of a word: the same set as ripgrep's Unicode `\w`. */
export function isWordCharacter(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 128) return BYTE_CLASS[code] === 1;
  return /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]/u.test(character);
}

/** Scripts written without spaces between words, or with particles attached to them. */
const UNSPACED =
  /[\p{scx=Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/**
 * Decides whether a character forms one word with its neighbours. Letters of unspaced scripts do
 * not: they match anywhere, and a run of Latin letters or digits next to them is a word of its own.
 */
export function joinsWords(character: string): boolean {
  return isWordCharacter(character) && (character.charCodeAt(0) < 128 || !UNSPACED.test(character));
}

function finish(value: bigint): bigint {
  const h = BigInt.asUintN(64, value);
  const mixed = BigInt.asUintN(64, (h ^ (h >> 32n)) * HASH_LAST);
  return mixed ^ (mixed >> 29n);
}

/**
 * Returns the key of the posting list of an ASCII run of 1 to {@link TOKEN_MAX} letters, digits and
 * `_`: the upper half of its hash (kernel/assembly/hash.ts).
 */
export function keyOfRun(text: string): number {
  const bytes = new DataView(new ArrayBuffer(TOKEN_MAX + 16));
  for (let k = 0; k < text.length; k++) bytes.setUint8(k, text.charCodeAt(k));
  let h = BigInt(text.length);
  for (let at = 0; at < text.length; at += 16) {
    const piece = (from: number) => {
      const kept = BigInt(Math.max(0, Math.min(8, text.length - from)));
      return (bytes.getBigUint64(from, true) | LOWER_CASE_BITS) & ((1n << (8n * kept)) - 1n);
    };
    h = finish((h ^ piece(at)) * HASH_FIRST + (h ^ piece(at + 8)) * HASH_SECOND);
  }
  return Number(h >> 32n);
}

/** Returns the key of the posting list of a folded character beyond ASCII. */
export function keyOfCharacter(codePoint: number): number {
  return Number(finish((HASH_CHARACTER ^ BigInt(codePoint)) * HASH_FIRST) >> 32n);
}

/** A token of a query: its key in the index, and its text if it is an ASCII run. */
export interface QueryToken {
  key: number;
  text: string;
  /** Character offsets in the query's literal. */
  start: number;
  end: number;
}

/**
 * Returns the tokens of a literal as the index would see it on its own. The first and the last may
 * be parts of longer runs in the text; the caller must allow for that. A run longer than {@link
 * TOKEN_MAX} comes in pieces. U+FFFD and lone surrogates give no token.
 */
export function queryTokens(literal: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let run = '';
  let runStart = 0;
  let index = 0;
  const flush = () => {
    for (let at = 0; at < run.length; at += TOKEN_MAX) {
      const text = run.slice(at, at + TOKEN_MAX);
      tokens.push({ key: keyOfRun(text), text, start: runStart + at, end: runStart + at + text.length });
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
          key: keyOfCharacter(codePoint),
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
