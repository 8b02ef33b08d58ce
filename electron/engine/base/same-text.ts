/**
 * Canonical equivalence (Unicode Standard Annex 15): the same text can be composed (NFC, `é`, `오`)
 * or decomposed (NFD, as macOS writes names). Neither is taken for the other by its characters.
 */

const ASCII = /^[\0-\x7f]*$/;

/** The form in which two names are compared. */
export function comparable(text: string): string {
  return ASCII.test(text) ? text : text.normalize('NFC');
}

/**
 * Every form in which a text may stand: itself, composed, decomposed; one where these are the same.
 */
export function formsOf(text: string): string[] {
  return ASCII.test(text) ? [text] : [...new Set([text.normalize('NFC'), text.normalize('NFD'), text])];
}

/**
 * Would a character become a part of the one before it, as a mark or the last consonant of a
 * syllable does?
 */
export function composes(before: string, next: string): boolean {
  const whole = (before + next).normalize('NFC');
  return whole !== before.normalize('NFC') + next.normalize('NFC');
}
