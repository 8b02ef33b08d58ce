/**
 * Type-ahead moves the cursor of a list to the row whose label starts with the letters that are
 * typed.
 */
import { foldedText } from '../../../base/folded-text.ts';

const PAUSE_MS = 700;

/**
 * The row that typed letters lead to: one letter goes to the next label that starts with it,
 * several within a short while to one that has them all, at its start or after a separator. `typed`
 * is kept between presses.
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
  // A longer word may still fit where one stands; a single letter, or the same again, goes on.
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
