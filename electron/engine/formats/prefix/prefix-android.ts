/**
 * The short form of Android's log has no time: a line begins with the letter of its level, a tag
 * and a process id.
 */
import type { LinePrefix } from '../types.ts';
import { isDigit } from './digits.ts';
import { levelOfLetter } from './prefix-level.ts';
import { isTokenByte, skipBlanks } from './prefix-scan.ts';

/**
 * Reads Android's short form `E/Tag ( 123): msg`. Returns where the message begins, or -1 if the
 * line has another form.
 */
export function readAndroidTag(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  const level = levelOfLetter(bytes[start] ?? 0);
  if (level === 0 || bytes[start + 1] !== 47) return -1;
  let at = start + 2;
  while (at < end && at - start < 80 && isTokenByte(bytes[at] ?? 0)) at++;
  if (at === start + 2) return -1;
  at = skipBlanks(bytes, at, end);
  if (bytes[at] !== 40) return -1;
  at = skipBlanks(bytes, at + 1, end);
  const from = at;
  let pid = 0;
  while (at < end && at - from < 10 && isDigit(bytes[at] ?? 0)) {
    pid = pid * 10 + (bytes[at] ?? 0) - 48;
    at++;
  }
  if (at === from || bytes[at] !== 41 || bytes[at + 1] !== 58) return -1;
  out.level = level;
  out.pid = pid;
  return skipBlanks(bytes, at + 2, end);
}
