/** An epoch time is a count of seconds, milliseconds, microseconds or nanoseconds since 1970. */
import type { LinePrefix } from '../types.ts';
import { isDigit } from './digits.ts';
import { EPOCH } from './time-forms.ts';
import { seen } from './time-rules.ts';

/**
 * Reads seconds (10 digits, with or without a fraction), milliseconds (13), microseconds (16) or
 * nanoseconds (19) since the epoch that no letter or digit follows. Accepts only 2001..2040,
 * because most lines of numbers have no time at all.
 */
export function readEpoch(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  let next = start;
  let value = 0;
  let rest = 0;
  while (next < end && next - start < 20 && isDigit(bytes[next] ?? 0)) {
    if (next - start < 16) value = value * 10 + (bytes[next] ?? 0) - 48;
    else rest = rest * 10 + (bytes[next] ?? 0) - 48;
    next++;
  }
  const digits = next - start;
  let micros = 0;
  let nanos = 0;
  if (digits === 10) micros = value * 1_000_000;
  else if (digits === 13) micros = value * 1000;
  else if (digits === 16) micros = value;
  else if (digits === 19) {
    micros = value;
    nanos = rest;
  } else return -1;
  if (micros < 978_307_200_000_000 || micros > 2_208_988_800_000_000) return -1;
  seen.mark = 0;
  seen.digits = 0;
  if (next + 1 < end && bytes[next] === 46 && isDigit(bytes[next + 1] ?? 0)) {
    next++;
    const from = next;
    let billionths = 0;
    let scale = digits === 10 ? 100_000_000 : digits === 13 ? 100_000 : 100;
    while (next < end && next - from < 9 && isDigit(bytes[next] ?? 0)) {
      billionths += Math.floor(scale) * ((bytes[next] ?? 0) - 48);
      scale = scale < 1 ? 0 : scale / 10;
      next++;
    }
    const whole = Math.floor(billionths / 1000);
    micros += whole;
    nanos += billionths - whole * 1000;
    seen.mark = 46;
    seen.markAt = from - 1;
    seen.digits = next - from;
  }
  const after = next < end ? (bytes[next] ?? 0) : 32;
  const isApart =
    after === 32 ||
    after === 9 ||
    after === 124 ||
    after === 93 ||
    after === 44 ||
    after === 58 ||
    after === 59 ||
    after === 34 ||
    after === 125 ||
    after === 41;
  if (!isApart) return -1;
  seen.form = EPOCH;
  seen.zone = 'none';
  seen.foldUs = 0;
  out.timeUs = micros;
  out.nanos = nanos;
  return next;
}
