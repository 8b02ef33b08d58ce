/**
 * The text of a segment's distinct tokens in pages, each with the set of characters that its tokens have: a part of a token need only be
 * looked for in pages that have all its characters. Tokens of a kind share pages, so that these sets tell much: most tokens of logs are
 * numbers, digests and addresses, most parts that are searched are of words.
 */
import { compress } from '../base/codec.ts';

export interface VocabularyPage {
  /** Sum of 2^n over the characters it has: n 0–25 for letters, 26–35 for digits, 36 for `_`. */
  letters: number;
  /** Compressed: a line end, and tokens that each end in one. */
  data: Uint8Array;
}

/** Most that a page has, not compressed. */
export const VOCABULARY_PAGE_BYTES = 512 * 1024;
/** Of so little text a single page is made. */
const SMALL_BYTES = 32 * 1024;
const LINE_END = 10;

const DIGIT = 1;
const HEX_LETTER = 2;
const OTHER = 4;
/** What a character tells of its token; 0 for none of a token. */
const TRAIT = new Uint8Array(128);
for (let byte = 48; byte <= 57; byte++) TRAIT[byte] = DIGIT;
for (let byte = 97; byte <= 122; byte++) TRAIT[byte] = byte <= 102 ? HEX_LETTER : OTHER;
TRAIT[95] = OTHER;

const WORDS = 0;
const NUMBERS = 1;
const DIGESTS = 2;
const ADDRESSES = 3;
const MIXED = 4;
const KINDS = 5;
/** By the traits that its characters have. */
const KIND_OF = [WORDS, NUMBERS, WORDS, DIGESTS, WORDS, MIXED, WORDS, MIXED];

function bitOf(byte: number): number {
  if (byte === 95) return 36;
  return byte <= 57 ? 26 + byte - 48 : byte - 97;
}

/** The set of characters of a folded text, as in {@link VocabularyPage}. */
export function lettersOf(text: string): number {
  let sum = 0;
  for (const letter of new Set(text)) sum += 2 ** bitOf(letter.charCodeAt(0));
  return sum;
}

const HALF = 2 ** 32;

/** Does a set have all characters of another? */
export function hasLetters(letters: number, wanted: number): boolean {
  const high = Math.floor(wanted / HALF);
  return (letters & wanted) === (wanted | 0) && (Math.floor(letters / HALF) & high) === high;
}

class PageBuffer {
  readonly bytes = new Uint8Array(VOCABULARY_PAGE_BYTES);
  readonly #seen = new Uint8Array(128);
  length = 0;

  constructor() {
    this.#clear();
  }

  #clear(): void {
    this.#seen.fill(0);
    this.bytes[0] = LINE_END;
    this.length = 1;
  }

  /** Add the token `text[from, to)` with its line end; the page has room for it. */
  add(text: Uint8Array, from: number, to: number): void {
    const { bytes } = this;
    const seen = this.#seen;
    let at = this.length;
    for (let k = from; k < to; k++) {
      const byte = text[k] as number;
      seen[byte] = 1;
      bytes[at++] = byte;
    }
    bytes[at++] = LINE_END;
    this.length = at;
  }

  finish(): VocabularyPage {
    let letters = 0;
    for (let byte = 48; byte < 128; byte++) if (this.#seen[byte] === 1) letters += 2 ** bitOf(byte);
    const data = compress(this.bytes.subarray(0, this.length));
    this.#clear();
    return { letters, data };
  }
}

let buffers: PageBuffer[] | null = null;

/** The pages of the tokens of a text, each of at most 64 folded ASCII characters with a line end behind it. */
export function encodeVocabulary(text: Uint8Array): VocabularyPage[] {
  const { length } = text;
  buffers ??= Array.from({ length: KINDS }, () => new PageBuffer());
  const pages: VocabularyPage[] = [];
  const isSmall = length <= SMALL_BYTES;
  for (let from = 0; from < length; ) {
    let traits = 0;
    let to = from;
    for (let byte = text[to] as number; byte !== LINE_END; byte = text[++to] as number) traits |= TRAIT[byte] as number;
    const kind = isSmall ? MIXED : kindOf(text, from, to, traits);
    const buffer = buffers[kind] as PageBuffer;
    if (buffer.length + to - from + 1 > VOCABULARY_PAGE_BYTES) pages.push(buffer.finish());
    buffer.add(text, from, to);
    from = to + 1;
  }
  for (const buffer of buffers) if (buffer.length > 1) pages.push(buffer.finish());
  return pages;
}

function kindOf(text: Uint8Array, from: number, to: number, traits: number): number {
  const kind = KIND_OF[traits] as number;
  if (kind !== MIXED || text[from] !== 48 || text[from + 1] !== 120) return kind;
  for (let k = from + 2; k < to; k++) if (TRAIT[text[k] as number] === OTHER) return MIXED;
  return ADDRESSES;
}
