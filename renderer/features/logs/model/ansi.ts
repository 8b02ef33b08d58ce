/**
 * Reads from a line's text the colours that a program asked its terminal for. The result is
 * numbers, never markup.
 */

/**
 * A style as a number: bits 0–3 hold a colour 1…8 (0 for none), then come bold, faint and
 * underlined.
 */
export const ANSI_BOLD = 16;
export const ANSI_FAINT = 32;
export const ANSI_UNDERLINE = 64;
const COLOUR_BITS = 15;

export const ansiColours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

export interface AnsiRun {
  start: number;
  end: number;
  /** The stretch is an escape sequence, not text. */
  isCode: boolean;
  style: number;
}

// CSI sequences, OSC sequences (titles, links) with either end, and the few two-character escapes.
const SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds escape sequences
  /\u001b(?:\[([0-?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][0-9A-Za-z]|[=>78DEHM])/g;

/**
 * Returns the stretches of a line with their style. Nearly every line has no escape sequence and
 * returns an empty list.
 */
export function ansiRuns(text: string): AnsiRun[] {
  if (!text.includes('\u001b')) return [];
  const runs: AnsiRun[] = [];
  let style = 0;
  let from = 0;
  for (const match of text.matchAll(SEQUENCE)) {
    if (match.index > from) runs.push({ start: from, end: match.index, isCode: false, style });
    from = match.index + match[0].length;
    runs.push({ start: match.index, end: from, isCode: true, style: 0 });
    if (match[2] === 'm') style = nextStyle(style, match[1] ?? '');
  }
  if (from < text.length) runs.push({ start: from, end: text.length, isCode: false, style });
  return runs;
}

export function ansiColour(style: number): (typeof ansiColours)[number] | null {
  return ansiColours[(style & COLOUR_BITS) - 1] ?? null;
}

function nextStyle(before: number, parameters: string): number {
  let style = before;
  const codes = parameters.split(/[;:]/).map((part) => (part === '' ? 0 : Number(part)));
  const paint = (colour: number) => (style & ~COLOUR_BITS) | colour;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 0) style = 0;
    else if (code === 1) style |= ANSI_BOLD;
    else if (code === 2) style |= ANSI_FAINT;
    else if (code === 4) style |= ANSI_UNDERLINE;
    else if (code === 22) style &= ~(ANSI_BOLD | ANSI_FAINT);
    else if (code === 24) style &= ~ANSI_UNDERLINE;
    else if (code >= 30 && code <= 37) style = paint(code - 29);
    else if (code >= 90 && code <= 97) style = paint(code - 89);
    else if (code === 39) style = paint(0);
    else if (code === 38 || code === 48) {
      // 256 colours and true colour are not drawn, but their parameters must not be read as codes.
      const isIndexed = codes[i + 1] === 5;
      const index = codes[i + 2] ?? 16;
      if (code === 38 && isIndexed) style = paint(index < 16 ? (index % 8) + 1 : 0);
      i += isIndexed ? 2 : codes[i + 1] === 2 ? 4 : 0;
    }
  }
  return style;
}
