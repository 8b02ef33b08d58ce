/**
 * A zone follows a clock, as an offset or a word, and determines the instant of the time.
 * `zones.ts` has the names of zones and the clocks of places.
 */
import type { LinePrefix } from '../types.ts';
import { byteAt, isDigitAt, twoDigits } from './digits.ts';
import { seen, type TimeRules } from './time-rules.ts';
import { zoneWord, zoneWordAt } from './zones.ts';

const MINUTE_US = 60_000_000;

/** Sets the instant of a time without a zone. */
export function setLocal(out: LinePrefix, localUs: number, { zone }: TimeRules): void {
  if (typeof zone === 'number') out.timeUs = localUs - zone * MINUTE_US;
  else {
    const { us, foldUs } = zone.instantOf(localUs);
    out.timeUs = us;
    seen.foldUs = foldUs;
  }
}

/**
 * Reads `Z`, `+01:00`, `+0100`, `+09`, `UTC`, `KST`, `GMT+3`, directly after the time or after a
 * blank. After a blank, only `UTC`, `GMT` and offsets with minutes are zones in every file; words
 * and plain hours are zones only if the file's rules say so. Returns -1 if there is none.
 */
export function readZone(
  bytes: Uint8Array,
  index: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
  localUs: number,
): number {
  if (index >= end) return -1;
  let at = index;
  let byte = bytes[at] ?? 0;
  const isApart = byte === 32;
  if (isApart) {
    at++;
    byte = at < end ? (bytes[at] ?? 0) : 0;
  }
  if (byte === 40 && isApart) {
    if (!rules.hasZoneAfterBlank) return -1;
    let offsetAt = at + 1;
    if (zoneWordAt(bytes, at + 1, end)) {
      if (bytes[zoneWord.end] === 41) return takeWord(at + 1, zoneWord.end + 1, out, rules, localUs);
      offsetAt = zoneWord.end;
    }
    const after = isOffset(bytes, offsetAt, end) ? readOffset(bytes, offsetAt, end, out, localUs, true) : -1;
    return after !== -1 && bytes[after] === 41 ? after + 1 : -1;
  }
  if (byte === 43 || byte === 45) return readOffset(bytes, at, end, out, localUs, !isApart || rules.hasZoneAfterBlank);
  if (byte < 65 || byte > 90 || !zoneWordAt(bytes, at, end)) return -1;
  const after = zoneWord.end;
  const length = after - at;
  const isUniversal = zoneWord.isKnown && zoneWord.minutes === 0 && (length === 3 || (length === 1 && !isApart));
  if (isUniversal && length === 3) {
    const sign = bytes[after] ?? 0;
    if ((sign === 43 || sign === 45) && after < end) {
      const offsetEnd = readOffset(bytes, after, end, out, localUs, true);
      if (offsetEnd !== -1) return offsetEnd;
    }
  }
  if (!isUniversal && (isApart ? !rules.hasZoneAfterBlank : !zoneWord.isKnown)) return -1;
  return takeWord(at, after, out, rules, localUs);
}

function takeWord(start: number, after: number, out: LinePrefix, rules: TimeRules, localUs: number): number {
  seen.zone = 'word';
  seen.zoneStart = start;
  seen.zoneEnd = zoneWord.end;
  seen.isZoneKnown = zoneWord.isKnown;
  if (zoneWord.isKnown) out.timeUs = localUs - zoneWord.minutes * MINUTE_US;
  else setLocal(out, localUs, rules);
  return after;
}

/** Reads `+01:00`, `+0100`; with `canBeHours` also `+09`, `-3`. */
function readOffset(
  bytes: Uint8Array,
  at: number,
  end: number,
  out: LinePrefix,
  localUs: number,
  canBeHours: boolean,
): number {
  const sign = bytes[at] === 43 ? 1 : -1;
  let hours = end - at >= 3 ? twoDigits(bytes, at + 1) : -1;
  let minutes = 0;
  let after = at + 3;
  if (hours >= 0) {
    const colon = bytes[after] === 58 ? 1 : 0;
    const found = end - at >= 5 + colon ? twoDigits(bytes, after + colon) : -1;
    if (found >= 0 && found <= 59 && !isDigitAt(bytes, at + 5 + colon, end)) {
      minutes = found;
      after = at + 5 + colon;
    } else if (!canBeHours || colon === 1 || isDigitAt(bytes, after, end)) return -1;
  } else {
    if (!canBeHours || !isDigitAt(bytes, at + 1, end)) return -1;
    hours = byteAt(bytes, at + 1) - 48;
    after = at + 2;
    if (bytes[after] === 46) return -1;
  }
  if (hours > 14) return -1;
  seen.zone = 'offset';
  seen.zoneStart = at;
  seen.zoneEnd = after;
  seen.isZoneKnown = true;
  out.timeUs = localUs - sign * (hours * 60 + minutes) * MINUTE_US;
  return after;
}

export function isOffset(bytes: Uint8Array, index: number, end: number): boolean {
  return (bytes[index] === 43 || bytes[index] === 45) && isDigitAt(bytes, index + 1, end);
}

const zoned = new WeakMap<TimeRules, TimeRules>();

/**
 * Returns rules that take what follows the clock after a blank as its zone: between the clock and
 * the year it can be nothing else.
 */
export function withZone(rules: TimeRules): TimeRules {
  let found = zoned.get(rules);
  if (found === undefined || found.latestUs !== rules.latestUs) {
    found = { ...rules, hasZoneAfterBlank: true };
    zoned.set(rules, found);
  }
  return found;
}
