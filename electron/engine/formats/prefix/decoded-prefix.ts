/** The prefix of a line as text. */
import { createPrefix, hasPrefix } from './empty-prefix.ts';
import { parsePrefix } from './prefix.ts';
import { clearFields, fields } from './prefix-scan.ts';

/**
 * A prefix with its named fields, for parsers and views; `length` counts characters, like `text`.
 */
export interface DecodedPrefix {
  timeUs: number | null;
  level: number;
  pid: number | null;
  thread: string | null;
  logger: string | null;
  func: string | null;
  length: number;
}

/** Maximum length of a prefix, including a JSON line's keys. */
const longestPrefix = 8_192;
const encoder = new TextEncoder();
const scratch = new Uint8Array(longestPrefix);
const decoded = createPrefix();

/**
 * Decodes the prefix of a line. It uses the code of `parsePrefix`, so both give the same result.
 */
export function decodePrefix(text: string): DecodedPrefix | null {
  const { written } = encoder.encodeInto(text.slice(0, longestPrefix), scratch);
  clearFields();
  parsePrefix(scratch, 0, written, decoded);
  if (!hasPrefix(decoded)) return null;
  const { loggerStart, loggerEnd, threadStart, threadEnd, funcStart, funcEnd } = fields;
  const slice = (start: number, end: number) => text.slice(charactersIn(start), charactersIn(end));
  return {
    timeUs: Number.isNaN(decoded.timeUs) ? null : decoded.timeUs,
    level: decoded.level,
    pid: decoded.pid < 0 ? null : decoded.pid,
    thread: threadStart < 0 ? null : slice(threadStart, threadEnd),
    logger: loggerStart < 0 ? null : slice(loggerStart, loggerEnd),
    func: funcStart < 0 ? null : slice(funcStart, funcEnd),
    length: charactersIn(decoded.length),
  };
}

/** Counts the characters, as strings count them, in the first bytes of `scratch`. */
function charactersIn(bytes: number): number {
  let characters = 0;
  for (let index = 0; index < bytes; index++) {
    const byte = scratch[index] ?? 0;
    // The first byte of a letter counts; the first of four bytes stands for a pair of surrogates.
    if ((byte & 0xc0) !== 0x80) characters += byte >= 0xf0 ? 2 : 1;
  }
  return characters;
}
