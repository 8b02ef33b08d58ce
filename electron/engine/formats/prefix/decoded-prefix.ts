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
const scratch = new Uint8Array(longestPrefix);
const decoded = createPrefix();

/**
 * Decodes the prefix of a line. It uses the code of `parsePrefix`, so both give the same result.
 */
export function decodePrefix(text: string): DecodedPrefix | null {
  const size = Math.min(text.length, longestPrefix);
  for (let index = 0; index < size; index++) {
    const code = text.charCodeAt(index);
    scratch[index] = code < 128 ? code : 0x80;
  }
  // A byte order mark is three bytes but one character, so skip it here.
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  clearFields();
  parsePrefix(scratch, start, size, decoded);
  if (!hasPrefix(decoded)) return null;
  const { loggerStart, loggerEnd, threadStart, threadEnd, funcStart, funcEnd } = fields;
  return {
    timeUs: Number.isNaN(decoded.timeUs) ? null : decoded.timeUs,
    level: decoded.level,
    pid: decoded.pid < 0 ? null : decoded.pid,
    thread: threadStart < 0 ? null : text.slice(threadStart, threadEnd),
    logger: loggerStart < 0 ? null : text.slice(loggerStart, loggerEnd),
    func: funcStart < 0 ? null : text.slice(funcStart, funcEnd),
    length: decoded.length > 0 ? decoded.length + start : 0,
  };
}
