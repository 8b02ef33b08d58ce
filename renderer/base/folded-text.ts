/**
 * Folded text is the form in which names are compared: lower case and composed, because macOS
 * writes names decomposed (Unicode Standard Annex 15).
 */
export function foldedText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
