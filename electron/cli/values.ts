/** Values as people write and read them: times, sizes, durations. */
import { PostrunError } from '../contract/errors.ts';

const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/** Read an ISO 8601 time into microseconds; without a zone it is UTC, as in the logs. Error `bad_time`. */
export function parseTime(text: string): number {
  const match = isoPattern.exec(text.trim());
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match ?? [];
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const isRealDate = match !== null && new Date(ms).toISOString().slice(0, 10) === `${year}-${month}-${day}`;
  if (!isRealDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) {
    throw new PostrunError(
      'user',
      'bad_time',
      'Not a time. Write it in ISO 8601, such as 2020-05-06T05:50:21.118Z; without a zone it is UTC.',
      { where: text },
    );
  }
  const micros = Math.floor(Number(`0.${fraction || '0'}`) * 1e6 + 1e-6);
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  const offsetMinutes = offset === null ? 0 : Number(offset[2]) * 60 + Number(offset[3] ?? '0');
  return ms * 1000 + micros - (offset?.[1] === '-' ? -1 : 1) * offsetMinutes * 60e6;
}

/** `1.2 GB`, decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${['B', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

/** `1 h 02 min`, `2 min 05 s`, `12.3 s`; '' for an unknown one. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole / 60) % 60)} min`;
}

/** `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
