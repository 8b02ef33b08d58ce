/**
 * Folded text is what names are compared by: lower case, and composed, because macOS writes names
 * decomposed (Unicode Standard Annex 15).
 */
export function foldedText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
