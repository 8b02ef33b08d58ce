/**
 * A line part is a stretch of a line that is drawn alike: prefix, search match, coloured word,
 * escape sequence, or invisible character. Offsets refer to the original text.
 */
import { formatNumber } from '../../../base/format.ts';
import { isUnsafe, textSegments } from '../../../base/safe-text.ts';
import { ansiRuns } from './ansi.ts';

export interface LinePart {
  start: number;
  text: string;
  isPrefix: boolean;
  /** Found by the filter's search. */
  isMatch: boolean;
  /** Found in this file by “find”. */
  isFound: boolean;
  /** A sign that stands for an invisible character. */
  isEscaped: boolean;
  /** Part of an escape sequence. */
  isCode: boolean;
  /** The colour of a highlighted word, 1 … 9, or 0 for none. */
  colour: number;
  /** A style as in `ansi.ts`. */
  ansi: number;
}

export interface Overlay {
  prefix: number;
  matches: readonly (readonly [number, number])[];
  found: readonly (readonly [number, number])[];
  colours: readonly { colour: number; ranges: readonly (readonly [number, number])[] }[];
  /** Shows escape sequences as text as well as applying them. */
  showsCodes: boolean;
}

const PREFIX = 1;
const MATCH = 2;
const FOUND = 4;
const ESCAPED = 8;
const CODE = 16;
const COLOUR_SHIFT = 5;
const ANSI_SHIFT = 9;
const MOST_SIGNS = 8;

/**
 * Decides whether columns can stand in for the prefix. They cannot if something in it was found or
 * coloured.
 */
export function canHidePrefix(overlay: Omit<Overlay, 'showsCodes'>): boolean {
  const isInPrefix = ([start]: readonly [number, number]) => start < overlay.prefix;
  return (
    overlay.prefix > 0 &&
    !overlay.matches.some(isInPrefix) &&
    !overlay.found.some(isInPrefix) &&
    !overlay.colours.some(({ ranges }) => ranges.some(isInPrefix))
  );
}

export function lineParts(text: string, overlay: Overlay): LinePart[] {
  return plainParts(text, overlay) ?? paintedParts(text, overlay);
}

/**
 * Returns the parts of a line with nothing but a prefix, which nearly all lines are, or null for
 * any other.
 */
function plainParts(text: string, { prefix, matches, found, colours }: Overlay): LinePart[] | null {
  if (matches.length > 0 || found.length > 0 || colours.some(({ ranges }) => ranges.length > 0)) return null;
  if (isUnsafe(text)) return null;
  const end = Math.min(Math.max(prefix, 0), text.length);
  const parts: LinePart[] = [];
  if (end > 0) parts.push({ ...plain, text: text.slice(0, end), isPrefix: true });
  if (end < text.length) parts.push({ ...plain, start: end, text: text.slice(end) });
  return parts;
}

const plain: LinePart = {
  start: 0,
  text: '',
  isPrefix: false,
  isMatch: false,
  isFound: false,
  isEscaped: false,
  isCode: false,
  colour: 0,
  ansi: 0,
};

function paintedParts(text: string, overlay: Overlay): LinePart[] {
  const looks = new Uint16Array(text.length);
  const paint = (start: number, end: number, bits: number) => {
    for (let i = Math.max(0, start); i < end && i < looks.length; i++) looks[i] = (looks[i] ?? 0) | bits;
  };
  paint(0, overlay.prefix, PREFIX);
  for (const { colour, ranges } of overlay.colours) {
    for (const [start, end] of ranges) {
      // The latest colour wins.
      for (let i = Math.max(0, start); i < end && i < looks.length; i++)
        looks[i] = ((looks[i] ?? 0) & ~(15 << COLOUR_SHIFT)) | (colour << COLOUR_SHIFT);
    }
  }
  for (const [start, end] of overlay.matches) paint(start, end, MATCH);
  for (const [start, end] of overlay.found) paint(start, end, FOUND);
  for (const run of ansiRuns(text)) paint(run.start, run.end, run.isCode ? CODE : run.style << ANSI_SHIFT);

  const signs = new Map<number, { text: string; end: number }>();
  for (const segment of textSegments(text)) {
    if (!segment.escaped) continue;
    paint(segment.start, segment.end, ESCAPED);
    signs.set(segment.start, segment);
  }
  const parts: LinePart[] = [];
  let at = 0;
  while (at < text.length) {
    const look = looks[at] ?? 0;
    let end = at;
    let drawn = '';
    let same = 0;
    let plain = at;
    while (end < text.length && looks[end] === look) {
      const sign = signs.get(end);
      if (sign === undefined) end++;
      else {
        drawn += text.slice(plain, end);
        same = drawn.endsWith(sign.text) ? same + 1 : 1;
        drawn += sign.text;
        end = sign.end;
        plain = end;
      }
    }
    drawn += text.slice(plain, end);
    const isCode = (look & CODE) !== 0;
    if (!isCode || overlay.showsCodes)
      parts.push({
        start: at,
        text: counted(drawn, same),
        isPrefix: (look & PREFIX) !== 0,
        isMatch: (look & MATCH) !== 0,
        isFound: (look & FOUND) !== 0,
        isEscaped: (look & ESCAPED) !== 0,
        isCode,
        colour: (look >> COLOUR_SHIFT) & 15,
        ansi: look >> ANSI_SHIFT,
      });
    at = end;
  }
  return parts;
}

/** Replaces a long run of one sign by its count, so that a file of NULs says so in one word. */
function counted(drawn: string, same: number): string {
  if (same <= MOST_SIGNS || drawn.length % same !== 0) return drawn;
  const sign = drawn.slice(0, drawn.length / same);
  return sign.repeat(same) === drawn ? `${sign} × ${formatNumber(same)}` : drawn;
}

/**
 * Returns a literal as the engine's `fixed` mode reads it: anywhere in the line, and case matters
 * only if the literal has a capital letter.
 */
export function literalPattern(literal: string, matchCase: 'smart' | 'yes' | 'no' = 'smart'): RegExp {
  const isCased = matchCase === 'yes' || (matchCase === 'smart' && literal !== literal.toLowerCase());
  return new RegExp(literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), isCased ? 'gu' : 'giu');
}

export function rangesOf(text: string, pattern: RegExp): [number, number][] {
  const ranges: [number, number][] = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0] !== '') ranges.push([match.index, match.index + match[0].length]);
  }
  return ranges;
}
