/**
 * Formats times for people: takes microseconds since the Unix epoch, returns text in the chosen
 * zone.
 */

import { formatDuration, UNKNOWN } from './format.ts';

export type Zone = 'utc' | 'local';

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

function partsOf(us: number, zone: Zone): Parts {
  const date = new Date(Math.floor(us / 1000));
  return zone === 'utc'
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        minute: date.getUTCMinutes(),
        second: date.getUTCSeconds(),
        ms: date.getUTCMilliseconds(),
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth() + 1,
        day: date.getDate(),
        hour: date.getHours(),
        minute: date.getMinutes(),
        second: date.getSeconds(),
        ms: date.getMilliseconds(),
      };
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** `15:31:07.101` */
export function formatClock(us: number | null, zone: Zone, precision: 'minute' | 'second' | 'ms' = 'ms'): string {
  if (us === null || !Number.isFinite(us)) return UNKNOWN;
  const p = partsOf(us, zone);
  const minutes = `${pad(p.hour)}:${pad(p.minute)}`;
  if (precision === 'minute') return minutes;
  return precision === 'second' ? `${minutes}:${pad(p.second)}` : `${minutes}:${pad(p.second)}.${pad(p.ms, 3)}`;
}

/** `2021-06-09` */
export function formatDate(us: number | null, zone: Zone): string {
  if (us === null || !Number.isFinite(us)) return UNKNOWN;
  const p = partsOf(us, zone);
  return `${pad(p.year, 4)}-${pad(p.month)}-${pad(p.day)}`;
}

/** `2021-06-09 15:31:07.101` */
export function formatDateTime(us: number | null, zone: Zone, precision: 'minute' | 'second' | 'ms' = 'ms'): string {
  if (us === null || !Number.isFinite(us)) return UNKNOWN;
  return `${formatDate(us, zone)} ${formatClock(us, zone, precision)}`;
}

/** Returns `UTC`, or the local zone's offset at that time: `UTC+2`, `UTC−3:30`. */
export function zoneName(zone: Zone, us: number): string {
  if (zone === 'utc') return 'UTC';
  const minutes = -new Date(us / 1000).getTimezoneOffset();
  const sign = minutes < 0 ? '−' : '+';
  const rest = Math.abs(minutes) % 60;
  return `UTC${sign}${Math.floor(Math.abs(minutes) / 60)}${rest === 0 ? '' : `:${pad(rest)}`}`;
}

/** Formats a time relative to the start of the run: `+1 h 04 m`. */
export function formatSince(us: number | null, startUs: number | null): string {
  if (us === null || startUs === null) return UNKNOWN;
  const text = formatDuration((us - startUs) / 1e6);
  return text.startsWith('−') ? text : `+${text}`;
}

/** Describes a time for a tooltip: in both zones and relative to the start of the run. */
export function describeTime(us: number, startUs: number | null): string {
  const lines = [`${formatDateTime(us, 'utc')} UTC`, `${formatDateTime(us, 'local')} ${zoneName('local', us)} (here)`];
  if (startUs !== null) lines.push(`${formatSince(us, startUs)} since the start of the run`);
  return lines.join('\n');
}

const SECOND = 1e6;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((ms) => ms * 1000),
  ...[1, 2, 5, 10, 15, 30].map((s) => s * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((m) => m * MINUTE),
  ...[1, 2, 3, 6, 12].map((h) => h * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 365].map((d) => d * DAY),
];

export interface Tick {
  us: number;
  label: string;
}

/** Returns at most `most` round times for an axis. A tick at midnight shows the date. */
export function timeTicks(fromUs: number, toUs: number, most: number, zone: Zone): Tick[] {
  const span = toUs - fromUs;
  if (!(span > 0) || most < 1) return [];
  const step = steps.find((candidate) => span / candidate <= most) ?? Math.ceil(span / most / DAY) * DAY;
  const offset = zone === 'utc' ? 0 : -new Date(fromUs / 1000).getTimezoneOffset() * MINUTE;
  const ticks: Tick[] = [];
  for (let us = Math.ceil((fromUs + offset) / step) * step - offset; us <= toUs; us += step) {
    ticks.push({ us, label: tickLabel(us, step, zone) });
  }
  return ticks;
}

function tickLabel(us: number, step: number, zone: Zone): string {
  const p = partsOf(us, zone);
  if (step >= DAY || (p.hour === 0 && p.minute === 0 && p.second === 0 && p.ms === 0)) return formatDate(us, zone);
  return formatClock(us, zone, step >= MINUTE ? 'minute' : step >= SECOND ? 'second' : 'ms');
}
