/**
 * Canonical equivalence (Unicode Standard Annex 15): the same text can be composed (NFC, `é`, `오`)
 * or decomposed (NFD, as macOS writes names). Comparing characters would treat the two forms as
 * different.
 */

const ASCII = /^[\0-\x7f]*$/;

/** Returns the form in which to compare two names. */
export function comparable(text: string): string {
  return ASCII.test(text) ? text : text.normalize('NFC');
}

/** Returns every form a text can have: itself, composed, decomposed, without duplicates. */
export function formsOf(text: string): string[] {
  return ASCII.test(text) ? [text] : [...new Set([text.normalize('NFC'), text.normalize('NFD'), text])];
}

/**
 * Decides whether a character would become part of the one before it, as a mark or the last
 * consonant of a syllable does.
 */
export function composes(before: string, next: string): boolean {
  const whole = (before + next).normalize('NFC');
  return whole !== before.normalize('NFC') + next.normalize('NFC');
}
