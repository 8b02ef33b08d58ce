/**
 * Time zones as they follow a time: offsets (`+09:00`, `-03`, `GMT+3`), `Z`, and the abbreviations
 * of the tz database and RFC 5322. An abbreviation that several zones share means the one most used
 * in logs (`CST` is North America's, `IST` India's).
 */

/** Minutes east of UTC. */
const named: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  UCT: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  MET: 60,
  WAT: 60,
  CEST: 120,
  MEST: 120,
  EET: 120,
  SAST: 120,
  CAT: 120,
  EEST: 180,
  MSK: 180,
  TRT: 180,
  EAT: 180,
  AST: -240,
  MSD: 240,
  SAMT: 240,
  GST: 240,
  AMST: -180,
  IRST: 210,
  IRDT: 270,
  AFT: 270,
  PKT: 300,
  UZT: 300,
  YEKT: 300,
  IST: 330,
  SLST: 330,
  NPT: 345,
  BDT: 360,
  OMST: 360,
  MMT: 390,
  ICT: 420,
  WIB: 420,
  KRAT: 420,
  HKT: 480,
  SGT: 480,
  MYT: 480,
  PHT: 480,
  AWST: 480,
  WITA: 480,
  IRKT: 480,
  KST: 540,
  JST: 540,
  WIT: 540,
  YAKT: 540,
  ACST: 570,
  ACDT: 630,
  AEST: 600,
  VLAT: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  NST: -210,
  NDT: -150,
  ADT: -180,
  BRT: -180,
  ART: -180,
  UYT: -180,
  CLST: -180,
  CLT: -240,
  VET: -240,
  BOT: -240,
  EST: -300,
  COT: -300,
  PET: -300,
  ECT: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  HDT: -540,
  SST: -660,
};
const byCode = new Map(Object.entries(named).map(([name, minutes]) => [codeOf(name), minutes]));

/** Packs an abbreviation of at most five letters. */
function codeOf(name: string): number {
  let code = 0;
  for (let index = 0; index < name.length; index++) code = code * 32 + (name.charCodeAt(index) - 64);
  return code;
}

/** Returns the offset of an abbreviation in minutes east of UTC; null if it is unknown. */
function zoneMinutes(name: string): number | null {
  return /^[A-Z]{1,5}$/.test(name) ? (byCode.get(codeOf(name)) ?? null) : null;
}

/** The abbreviation that {@link zoneWordAt} found. */
export const zoneWord = { end: -1, minutes: 0, isKnown: false };

/**
 * Decides whether one to five capital letters stand at `index`, with no letter, digit or `_` after
 * them. Sets `zoneWord`.
 */
export function zoneWordAt(bytes: Uint8Array, index: number, end: number): boolean {
  let code = 0;
  let at = index;
  let byte = at < end ? (bytes[at] ?? 0) : 0;
  while (byte >= 65 && byte <= 90 && at - index < 6) {
    code = code * 32 + (byte - 64);
    at++;
    byte = at < end ? (bytes[at] ?? 0) : 0;
  }
  if (at === index || at - index > 5) return false;
  if ((byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122) || byte === 95 || byte >= 128) return false;
  const minutes = byCode.get(code);
  zoneWord.end = at;
  zoneWord.isKnown = minutes !== undefined;
  zoneWord.minutes = minutes ?? 0;
  return true;
}

/** A zone as a person or a file names it: minutes east of UTC, or a place of the tz database. */
export type Zone = { minutes: number } | { place: string };

/** Parses `UTC`, `KST`, `+09:00`, `-03`, `GMT+3`, `Asia/Seoul`; null if the text is not a zone. */
export function parseZone(text: string): Zone | null {
  const trimmed = text.trim();
  const offset = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d\d))?$/i.exec(trimmed);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return Number(offset[2]) > 14 || Number(offset[3] ?? 0) > 59
      ? null
      : { minutes: offset[1] === '-' ? -minutes : minutes };
  }
  const minutes = zoneMinutes(trimmed.toUpperCase());
  if (minutes !== null) return { minutes };
  if (!/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/.test(trimmed)) return null;
  try {
    return { place: new Intl.DateTimeFormat('en', { timeZone: trimmed }).resolvedOptions().timeZone };
  } catch {
    return null;
  }
}

/** Formats an offset: `+09:00`, `-03:30`, `+00:00`. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.trunc(size / 60))}:${two(size % 60)}`;
}

const HOUR_US = 3_600_000_000;

/** The offsets of a place of the tz database, cached by the quarter of an hour. */
export class PlaceClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  constructor(place: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: place,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  }

  /** Returns the minutes east of UTC at an instant in microseconds. */
  offsetAt(us: number): number {
    const slot = Math.floor(us / (HOUR_US / 4));
    let minutes = this.#offsets.get(slot);
    if (minutes === undefined) {
      const at = slot * (HOUR_US / 4000);
      const parts: Record<string, number> = {};
      for (const { type, value } of this.#format.formatToParts(at)) parts[type] = Number(value);
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
      minutes = Math.round((Date.UTC(year, month - 1, day, hour, minute) - at) / 60_000);
      if (this.#offsets.size > 10_000) this.#offsets.clear();
      this.#offsets.set(slot, minutes);
    }
    return minutes;
  }

  /**
   * Returns the minutes east of UTC at an instant (microseconds) whose local time came twice; null
   * if it came once.
   */
  offsetInFold(us: number): number | null {
    const minutes = this.offsetAt(us);
    return this.instantOf(us + minutes * 60_000_000).foldUs === 0 ? null : minutes;
  }

  /**
   * Returns the instant of a local time. If clocks were put back and it came twice, returns the
   * earlier one, and how much later the other is (microseconds; 0 if there is only one).
   */
  instantOf(localUs: number): { us: number; foldUs: number } {
    const before = this.offsetAt(localUs - 24 * HOUR_US);
    const after = this.offsetAt(localUs + 24 * HOUR_US);
    const early = localUs - before * 60_000_000;
    const late = localUs - after * 60_000_000;
    if (before === after) return { us: early, foldUs: 0 };
    const isEarly = this.offsetAt(early) === before;
    const isLate = this.offsetAt(late) === after;
    if (isEarly && isLate && late > early) return { us: early, foldUs: late - early };
    return { us: isEarly || !isLate ? early : late, foldUs: 0 };
  }
}
