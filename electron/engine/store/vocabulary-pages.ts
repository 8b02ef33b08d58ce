/**
 * A page of the vocabulary: distinct tokens of a segment, with the set of characters they use. A
 * part of a token can only occur in pages that have all its characters. The kernel makes the pages
 * and groups tokens by kind (kernel/assembly/vocabulary.ts).
 */
export interface VocabularyPage {
  /** Sum of 2^n over its characters: n is 0–25 for letters, 26–35 for digits, 36 for `_`. */
  letters: number;
  /** Compressed: a line end, then tokens that each end in one. */
  data: Uint8Array;
}

function bitOf(byte: number): number {
  if (byte === 95) return 36;
  return byte <= 57 ? 26 + byte - 48 : byte - 97;
}

/** Returns the character set of a folded text, as in {@link VocabularyPage}. */
export function lettersOf(text: string): number {
  let sum = 0;
  for (const letter of new Set(text)) sum += 2 ** bitOf(letter.charCodeAt(0));
  return sum;
}

const HALF = 2 ** 32;

/** Decides whether a set contains all characters of another. */
export function hasLetters(letters: number, wanted: number): boolean {
  const high = Math.floor(wanted / HALF);
  return (letters & wanted) === (wanted | 0) && (Math.floor(letters / HALF) & high) === high;
}
