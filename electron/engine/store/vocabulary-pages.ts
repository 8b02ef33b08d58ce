/**
 * The text of a segment's distinct tokens in pages, each with the set of characters that its tokens
 * have: a part of a token need only be looked for in pages that have all its characters. Made by
 * the kernel (kernel/assembly/vocabulary.ts), by kinds of tokens.
 */
export interface VocabularyPage {
  /** Sum of 2^n over the characters it has: n 0–25 for letters, 26–35 for digits, 36 for `_`. */
  letters: number;
  /** Compressed: a line end, and tokens that each end in one. */
  data: Uint8Array;
}

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
