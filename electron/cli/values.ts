/**
 * Times on the command line, as JSON writes them and options give them. `contract/format.ts`
 * formats values for people.
 */
import { PostrunError } from '../contract/errors.ts';

const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * Parses an ISO 8601 time into microseconds. Without a zone it is UTC, as in the logs. Error
 * `bad_time`.
 */
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
