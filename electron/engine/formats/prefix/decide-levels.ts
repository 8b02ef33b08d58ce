/**
 * The level of a line can come after several fields, in a word, or as a single letter. A sample of
 * lines decides, once per file, where levels are and which lines begin a record.
 */
import { compileReading, type FileReading } from './file-reading.ts';
import { parsePrefix } from './prefix.ts';
import { seenLevel } from './prefix-fields.ts';
import { objectAt, readInnerJson } from './prefix-json.ts';
import { levelAt } from './prefix-level.ts';
import { bareClockEnd, wordStart } from './prefix-scan.ts';
import type { Reading } from './reading.ts';
import type { SamplePrefixes } from './sample-prefixes.ts';
import { latin, prefix } from './sample-times.ts';

/** Decides where levels are: after which fields, in which word, as letters. */
export function decideLevels(file: FileReading, prefixes: SamplePrefixes): void {
  const { lines } = prefixes;
  file.hasLowerLevels = beginWithLevels(lines);
  const reading = compileReading(file);
  prefixes.bound(reading, file.hasLowerLevels);
  const counts = new Uint32Array(8);
  let timed = 0;
  let leveled = 0;
  const bare: Uint8Array[] = [];
  for (const [index, line] of lines.entries()) {
    if (!prefixes.isTimed(index) && !hasBareClock(line)) continue;
    timed++;
    if (prefixes.levels[index] === 0) bare.push(line);
    else {
      leveled++;
      const field = prefixes.levelFields[index] as number;
      if (field >= 0) counts[field] = (counts[field] ?? 0) + 1;
    }
  }
  const least = timed < 30 ? 1 : 0.05 * timed;
  let bits = 0;
  counts.forEach((count, field) => {
    if (count >= least && count > 0) bits |= 1 << field;
  });
  file.levelFields = bits;
  if (timed === 0 || leveled >= 0.5 * timed) return;
  const letters = letterField(bare, reading);
  if (letters.count >= 0.8 * timed && letters.kinds >= 2) {
    file.hasLetterLevels = true;
    file.levelFields |= 1 << letters.field;
    return;
  }
  const inner = bare.filter((line) => hasInnerLevel(line)).length;
  if (inner > 0 && inner >= 0.05 * timed) file.hasInnerJson = true;
  else file.levelWord = levelWordOf(bare, timed);
}

function hasBareClock(line: Uint8Array): boolean {
  return bareClockEnd(line, line[0] === 91 ? 1 : 0, line.length) !== -1;
}

/**
 * Decides whether several lines begin with a lower-case level and a colon (`error: …`, `fail: …`),
 * as compilers and .NET write it.
 */
function beginWithLevels(lines: readonly Uint8Array[]): boolean {
  const kinds = new Set<number>();
  let count = 0;
  for (const line of lines) {
    const first = line[0] ?? 0;
    const level = first >= 97 && first <= 122 ? levelAt(line, 0, line.length, true) : 0;
    const after = level & 15;
    if (level === 0 || line[after] !== 58 || (line.length > after + 1 && line[after + 1] !== 32)) continue;
    kinds.add(level >> 4);
    count++;
  }
  return count >= 2 && (kinds.size >= 2 || count >= 0.2 * lines.length);
}

/**
 * Returns the number of fields before a single-letter level in most lines, and how many different
 * levels there are.
 */
function letterField(lines: readonly Uint8Array[], reading: Reading): { field: number; count: number; kinds: number } {
  const lettered: Reading = { ...reading, hasLetterLevels: true, levelFields: 0xff };
  const counts = new Uint32Array(8);
  const kinds = new Set<number>();
  for (const line of lines) {
    seenLevel.fields = -1;
    parsePrefix(line, 0, line.length, prefix, lettered);
    if (prefix.level === 0 || !seenLevel.isLetter) continue;
    kinds.add(prefix.level);
    counts[Math.max(0, seenLevel.fields)] = (counts[Math.max(0, seenLevel.fields)] ?? 0) + 1;
  }
  const count = Math.max(...counts);
  return { field: counts.indexOf(count), count, kinds: kinds.size };
}

function hasInnerLevel(line: Uint8Array): boolean {
  if (objectAt(line, 0, line.length) === -1) return false;
  prefix.level = 0;
  prefix.pid = -1;
  readInnerJson(line, 0, line.length, prefix);
  return prefix.level > 0;
}

/** A word typical of sentences. */
const prose = /^[A-Za-z]?[a-z']+[,.;:]?$/;

/**
 * Returns the word that is a level in most lines, with no sentence before it; -1 if there is none.
 */
function levelWordOf(lines: readonly Uint8Array[], timed: number): number {
  const MOST = 14;
  const upper = new Uint32Array(MOST);
  const any = new Uint32Array(MOST);
  for (const line of lines) {
    for (let word = 0; word < MOST; word++) {
      let at = wordStart(line, 0, line.length, word);
      if (at === -1) break;
      const open = line[at];
      if (open === 91 || open === 40 || open === 60) at++;
      const level = levelAt(line, at, line.length, true);
      if (level === 0) {
        const space = line.indexOf(32, at);
        if (prose.test(latin.decode(line.subarray(at, space === -1 ? line.length : Math.min(space, at + 40))))) break;
        continue;
      }
      const after = line[at + (level & 15)] ?? 32;
      if (
        after !== 32 &&
        after !== 93 &&
        after !== 41 &&
        after !== 62 &&
        after !== 58 &&
        after !== 44 &&
        after !== 124 &&
        after !== 9
      )
        continue;
      any[word] = (any[word] ?? 0) + 1;
      if (levelAt(line, at, line.length, false) !== 0) upper[word] = (upper[word] ?? 0) + 1;
    }
  }
  for (let word = 0; word < MOST; word++) {
    const count = any[word] as number;
    if (count < 2) continue;
    if ((upper[word] as number) >= 0.6 * timed || count >= 0.9 * timed) return word;
  }
  return -1;
}

/**
 * Decides which lines begin a record, and whether messages are JSON objects. `keyed` is the number
 * of lines whose time has a key.
 */
export function decideRecords(file: FileReading, prefixes: SamplePrefixes, keyed: number): void {
  const { lines } = prefixes;
  const reading = compileReading(file);
  const isMore = file.hasInnerJson || file.hasLetterLevels || file.levelWord !== -1;
  const inner = file.hasInnerJson ? [] : lines.map(hasInnerTime);
  let timed = keyed;
  let leveled = 0;
  for (let index = 0; index < lines.length; index++) {
    // The place of levels was decided since, and may give a line without a time a level.
    if (!prefixes.isTimed(index) && (isMore || prefixes.levels[index] !== 0)) prefixes.read(index, reading);
    if (prefixes.isTimed(index)) timed++;
    else if ((prefixes.levels[index] as number) > 0) leveled++;
    else if (inner[index] === true) timed++;
  }
  if (timed > 0 && timed >= 0.05 * lines.length) file.records = 'timed';
  else file.records = leveled >= 0.3 * lines.length && leveled > 0 ? 'leveled' : 'indented';
  if (!file.hasInnerJson && inner.filter(Boolean).length >= Math.max(1, 0.05 * lines.length)) file.hasInnerJson = true;
}

/** Decides whether a line has a JSON object after a few words, as container logs do. */
function hasInnerTime(line: Uint8Array): boolean {
  return objectAt(line, 0, line.length) > 0 && hasInnerLevel(line);
}
