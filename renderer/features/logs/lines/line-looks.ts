/**
 * Line looks say how lines are drawn: coloured words, the pattern of find, escape codes, the
 * prefix. All lines share one object until a look changes.
 */
import type { HighlightedWord } from '../model/kept.ts';
import { literalPattern } from '../model/line-parts.ts';

export interface LineLooks {
  words: readonly { colour: number; pattern: RegExp }[];
  /** The text that “find” looks for, drawn in every line in view. */
  find: RegExp | null;
  showsCodes: boolean;
  /** Hides the prefix, because columns show its content, unless something in it was found. */
  hidesPrefix: boolean;
}

export function lineLooks(
  words: readonly HighlightedWord[],
  find: RegExp | null,
  showsCodes: boolean,
  hidesPrefix: boolean,
): LineLooks {
  return {
    words: words.filter((word) => word.isOn).map(({ text, colour }) => ({ colour, pattern: literalPattern(text) })),
    find,
    showsCodes,
    hidesPrefix,
  };
}
