/** Type-ahead moves the cursor of a list to the row whose label starts with the typed letters. */
import { foldedText } from '../../../base/folded-text.ts';

const PAUSE_MS = 700;

/**
 * Returns the row that typed letters lead to. One letter goes to the next label that starts with
 * it. Several within a short while go to a label that starts with them, otherwise to one that
 * contains them. `typed` is kept between presses.
 */
export function typeAhead(
  labels: readonly string[],
  active: number,
  typed: { text: string; at: number },
  key: string,
  now: number,
): number | null {
  typed.text = now - typed.at > PAUSE_MS ? key.toLowerCase() : typed.text + key.toLowerCase();
  typed.at = now;
  const isRepeat = typed.text.length > 1 && [...typed.text].every((each) => each === typed.text[0]);
  const wanted = isRepeat ? (typed.text[0] ?? '') : typed.text;
  // A longer word may still match the current row; a single letter, even a repeated one, moves on.
  const from = wanted.length === 1 ? active + 1 : active;
  for (const test of [startsWith, contains]) {
    for (let step = 0; step < labels.length; step++) {
      const index = (from + step) % labels.length;
      if (test(labels[index] ?? '', wanted)) return index;
    }
  }
  return null;
}

const startsWith = (label: string, wanted: string) => foldedText(label).startsWith(foldedText(wanted));
const contains = (label: string, wanted: string) => wanted.length > 1 && foldedText(label).includes(foldedText(wanted));
