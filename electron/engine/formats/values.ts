/**
 * Values as logs write them: times, numbers, durations. Each reader returns null for text that it
 * does not understand (`N/A`, an empty cell).
 */
import { createPrefix } from './prefix/empty-prefix.ts';
import { epochMicros } from './prefix/prefix-json.ts';
import { readTime } from './prefix/prefix-time.ts';
import { usualRules } from './prefix/time-rules.ts';

const scratch = new Uint8Array(64);
const time = createPrefix();

/** Reads an ISO time, or an epoch in seconds, milliseconds or microseconds, as microseconds. */
export function parseTime(value: unknown): number | null {
  if (typeof value === 'number') return epochOf(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (text === '' || text.length > scratch.length) return null;
  for (let index = 0; index < text.length; index++) scratch[index] = Math.min(text.charCodeAt(index), 255);
  const end = readTime(scratch, 0, text.length, time, usualRules);
  if (end === text.length) return time.timeUs;
  return /^\d+(?:\.\d+)?$/.test(text) ? epochOf(Number(text)) : null;
}

function epochOf(value: number): number | null {
  const micros = epochMicros(value);
  return Number.isNaN(micros) ? null : micros;
}

/** Reads a finite number, which may have thousands separators or a percent sign. */
export function parseNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.length > 40) return null;
  const text = value.trim().replace(/%$/, '');
  if (!/^[+-]?(?:\d+(?:,\d{3})*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return null;
  return Number(text.replaceAll(',', ''));
}

/** Reads a whole number that is not negative. */
export function parseCount(value: unknown): number | null {
  const number = parseNumber(value);
  return number !== null && number >= 0 && Number.isInteger(number) ? number : null;
}

/** Reads Python's `str(timedelta)` as seconds: `5:02:14`, `1 day, 2:03:04`, `0:00:04.5`. */
export function parseDuration(text: string | undefined): number | null {
  const match = /^(?:(\d{1,6}) days?, )?(\d{1,4}):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text?.trim() ?? '');
  if (!match) return null;
  return Number(match[1] ?? 0) * 86_400 + Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4]);
}

/** Reads a mini-batch's id; null for none, `N/A` and the -1 that means "in init()". */
export function parseId(value: unknown): string | null {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? String(value) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' || text.length > 200 || /^(?:-\d+|n\/?a|none|null|nan)$/i.test(text) ? null : text;
}

/** Reads a text cell or field; null if it says that there is nothing. */
export function parseText(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' || /^(?:n\/a|none|null)$/i.test(text) ? null : text;
}

/**
 * Strips case, spaces and punctuation from the name of a column or key: `Mini-batch Id` and
 * `mini_batch_id` become the same.
 */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
