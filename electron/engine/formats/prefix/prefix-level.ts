/** Words and letters for levels. */
import { isOf, WORD } from './byte-kinds.ts';

/**
 * Level words of logging libraries: Python, log4j, java.util.logging, syslog, Serilog, .NET,
 * PostgreSQL, zap, loguru. A level is a number: 1 debug, 2 info, 3 warning, 4 error, 5 critical.
 */
const words: Readonly<Record<string, number>> = {
  TRACE: 1,
  TRC: 1,
  TRCE: 1,
  VERBOSE: 1,
  VRB: 1,
  FINEST: 1,
  FINER: 1,
  FINE: 1,
  DEBUG: 1,
  DEBUG1: 1,
  DEBUG2: 1,
  DEBUG3: 1,
  DEBUG4: 1,
  DEBUG5: 1,
  DBG: 1,
  DBUG: 1,
  CONFIG: 2,
  INFO: 2,
  INF: 2,
  INFORMATION: 2,
  NOTICE: 2,
  SUCCESS: 2,
  WARNING: 3,
  WARN: 3,
  WRN: 3,
  ERROR: 4,
  ERR: 4,
  SEVERE: 4,
  FAIL: 4,
  FAILURE: 4,
  CRITICAL: 5,
  CRIT: 5,
  CRT: 5,
  FATAL: 5,
  FTL: 5,
  ALERT: 5,
  EMERG: 5,
  EMERGENCY: 5,
  PANIC: 5,
};

/**
 * For each first letter of a level word, ignoring case, the possible second letters, which rule out
 * nearly all other words.
 */
const secondLetters = new Int32Array(32);
/** Words by their first three letters, the longest first. */
const byStart = new Map<number, { letters: Uint8Array; packed: number }[]>();
for (const [word, level] of Object.entries(words)) {
  const letters = Uint8Array.from(word, (letter) => letter.charCodeAt(0));
  const key = startOf(letters, 0);
  const first = (letters[0] as number) & 31;
  secondLetters[first] = (secondLetters[first] as number) | (1 << ((letters[1] as number) & 31));
  byStart.set(key, [...(byStart.get(key) ?? []), { letters, packed: level * 16 + word.length }]);
}
for (const list of byStart.values()) list.sort((a, b) => b.letters.length - a.letters.length);

function startOf(bytes: Uint8Array, index: number): number {
  return ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
}

/**
 * Returns the number of the level word at `index` times 16 plus its length, or 0 if there is none.
 * Words are upper case, or any case with `anyCase`; a letter, digit or `_` after the word makes it
 * part of another one.
 */
export function levelAt(bytes: Uint8Array, index: number, end: number, anyCase: boolean): number {
  if (end - index < 3) return 0;
  const first = bytes[index] ?? 0;
  if (first < 65 || first > 122) return 0;
  if ((((secondLetters[first & 31] as number) >>> ((bytes[index + 1] ?? 0) & 31)) & 1) === 0) return 0;
  const start = startOf(bytes, index);
  const list = byStart.get(anyCase ? start & 0xdfdfdf : start);
  if (list === undefined) return 0;
  for (const { letters, packed } of list) {
    if (isWord(bytes, index, end, letters, anyCase)) return packed;
  }
  return 0;
}

function isWord(bytes: Uint8Array, index: number, end: number, letters: Uint8Array, anyCase: boolean): boolean {
  const after = index + letters.length;
  if (after > end || (after < end && isWordByte(bytes[after] ?? 0))) return false;
  for (let offset = 3; offset < letters.length; offset++) {
    const byte = bytes[index + offset] ?? 0;
    if ((anyCase && byte >= 97 ? byte & 0xdf : byte) !== letters[offset]) return false;
  }
  return true;
}

/** Returns the level of a letter as Android, glog and .NET write it; 0 for other letters. */
export function levelOfLetter(letter: number): number {
  switch (letter) {
    case 86: // V
    case 84: // T
    case 68: // D
      return 1;
    case 73: // I
      return 2;
    case 87: // W
      return 3;
    case 69: // E
      return 4;
    case 67: // C
    case 70: // F
      return 5;
    default:
      return 0;
  }
}

/** Returns the level of a syslog number, as in `<34>` or GELF's `"level": 3`. */
export function levelOfSeverity(severity: number): number {
  return [5, 5, 5, 4, 3, 2, 2, 1][severity] ?? 0;
}

export function isWordByte(byte: number): boolean {
  return isOf(byte, WORD);
}
