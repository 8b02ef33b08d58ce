/**
 * Log text is hostile. React keeps it from becoming markup; this module keeps it from deceiving the
 * reader. Control characters, bidirectional overrides and invisible characters appear as visible
 * signs and have no effect.
 */

const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds control characters
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

/**
 * A stretch of a line. `start` and `end` are offsets in the original text, so that search matches
 * can be laid over it.
 */
export interface TextSegment {
  text: string;
  start: number;
  end: number;
  /** Replaces a character that would be invisible or would change how its neighbours show. */
  escaped: boolean;
}

/** Decides whether the text has characters that are drawn as signs. */
export function isUnsafe(text: string): boolean {
  return text.search(UNSAFE) !== -1;
}

export function textSegments(text: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let from = 0;
  for (const match of text.matchAll(UNSAFE)) {
    if (match.index > from)
      segments.push({ text: text.slice(from, match.index), start: from, end: match.index, escaped: false });
    from = match.index + match[0].length;
    segments.push({ text: signOf(match[0]), start: match.index, end: from, escaped: true });
  }
  if (from < text.length || segments.length === 0)
    segments.push({ text: text.slice(from), start: from, end: text.length, escaped: false });
  return segments;
}

/**
 * Returns the same as one string, for titles, accessible names and anything not drawn by segments.
 */
export function safeText(text: string): string {
  return text.replace(UNSAFE, signOf);
}

function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
