/**
 * The vocabulary is the text of a segment's distinct tokens, in pages. Each page has the set of
 * characters that its tokens use, so a part of a token can only occur in pages that have all its
 * characters (store/vocabulary-pages.ts). Tokens of one kind share pages, which makes the sets
 * selective: most tokens of logs are numbers, digests and addresses, while most searches are for
 * parts of words.
 */
import { take } from './memory.ts';
import { VOCABULARY_PAGE_BYTES } from './numbers.ts';
import { text, textLength, tokens } from './segment.ts';

/** A vocabulary up to this size becomes one page. */
const SMALL_BYTES: i32 = 32 * 1024;
const LINE_END: u8 = 10;

/** Sets of characters: bits 0–25 for letters, 26–35 for digits, 36 for `_`. */
const HEX_LETTERS: u64 = 0x3f;
const DIGITS: u64 = 0x3ff << 26;
const X: u64 = 1 << 23;
const OTHERS: u64 = ~(HEX_LETTERS | DIGITS);

const WORDS: i32 = 0;
const NUMBERS: i32 = 1;
const DIGESTS: i32 = 2;
const ADDRESSES: i32 = 3;
const MIXED: i32 = 4;
const KINDS: i32 = 5;

/** Number of pages, and for each page its start and end, 32 bits each, and its set, 64 bits. */
export let vocabularyPages: i32 = 0;
export let vocabularyTable: usize = 0;

/**
 * For each kind, 8 bytes each: its size, where to put its next token, where its page begins, and
 * the set of that page.
 */
let kinds: usize = 0;

/** Makes the pages; their memory is released with that of `encode`. */
export function encodeVocabulary(): void {
  vocabularyPages = 0;
  const sets = take(8 * tokens);
  kinds = take(32 * KINDS);
  memory.fill(kinds, 0, 32 * KINDS);
  const isSmall = textLength <= SMALL_BYTES;
  const end = text + textLength;
  let token = sets;
  for (let at = text; at < end; at++) {
    let set: u64 = 0;
    const from = at;
    for (let byte = load<u8>(at); byte !== LINE_END; byte = load<u8>(++at)) set |= (<u64>1) << bitOf(byte);
    const kind = isSmall ? MIXED : kindOf(set, load<u16>(from));
    // Store the kind in the bits that no character uses.
    store<u64>(token, set | ((<u64>kind) << 40));
    token += 8;
    const bytes = kinds + 32 * kind;
    store<i32>(bytes, load<i32>(bytes) + <i32>(at - from) + 1);
  }
  let pages = 0;
  for (let kind = 0; kind < KINDS; kind++) {
    const bytes = load<i32>(kinds + 32 * kind);
    const most = bytes / (VOCABULARY_PAGE_BYTES - 128) + 1;
    pages += most;
    // Tokens are copied in steps of 16 bytes.
    const place = take(bytes + most + 16);
    store<usize>(kinds + 32 * kind, place, 8);
    store<usize>(kinds + 32 * kind, place, 16);
  }
  vocabularyTable = take(16 * pages);
  token = sets;
  for (let at = text; at < end; ) {
    const noted = load<u64>(token);
    token += 8;
    let next = at;
    while (load<u8>(next) !== LINE_END) next++;
    next++;
    putToken(kinds + 32 * <usize>(noted >>> 40), at, <i32>(next - at), noted & 0xff_ffff_ffff);
    at = next;
  }
  for (let kind = 0; kind < KINDS; kind++) endPage(kinds + 32 * kind);
}

@inline
function bitOf(byte: u8): u8 {
  return byte === 95 ? 36 : byte <= 57 ? byte - 22 : byte - 97;
}

/** Returns the kind of a token from its characters and its first two bytes. */
@inline
function kindOf(set: u64, first: u16): i32 {
  if ((set & DIGITS) === 0) return WORDS;
  if ((set & ~DIGITS) === 0) return NUMBERS;
  if ((set & OTHERS) === 0) return DIGESTS;
  return first === 0x7830 && (set & OTHERS) === X ? ADDRESSES : MIXED;
}

/** Adds a token and its line end to the page of its kind. */
function putToken(kind: usize, from: usize, length: i32, set: u64): void {
  let at = load<usize>(kind, 8);
  if (<i32>(at - load<usize>(kind, 16)) + length > VOCABULARY_PAGE_BYTES) {
    endPage(kind);
    at = load<usize>(kind, 8);
  }
  if (at === load<usize>(kind, 16)) store<u8>(at++, LINE_END);
  for (let k = 0; k < length; k += 16) v128.store(at + k, v128.load(from + k));
  store<usize>(kind, at + length, 8);
  store<u64>(kind, load<u64>(kind, 24) | set, 24);
}

function endPage(kind: usize): void {
  const from = load<usize>(kind, 16);
  const to = load<usize>(kind, 8);
  if (from === to) return;
  const entry = vocabularyTable + 16 * vocabularyPages;
  store<u32>(entry, <u32>from);
  store<u32>(entry, <u32>to, 4);
  store<u64>(entry, load<u64>(kind, 24), 8);
  vocabularyPages++;
  store<usize>(kind, to, 16);
  store<u64>(kind, 0, 24);
}
