/**
 * Parses the text of the go-to box, a line or a time: `1234`, `+100`, `50%`, `15:31`,
 * `15:31:07.101`, `2021-06-09 15:31:07`, ISO.
 */
import type { Zone } from '../../../base/format-time.ts';

export type GoTo = { to: 'line'; line: number } | { to: 'time'; timeUs: number } | { to: 'nothing'; reason: string };

export interface GoToContext {
  total: number;
  /** 1-based. Relative steps start here. */
  line: number;
  zone: Zone;
  /** The time range of the lines, which decides the day of a bare time of day. */
  firstUs: number | null;
  lastUs: number | null;
}

const DAY_US = 86_400e6;
const HINT = 'Type a line (1234, +100, 50%) or a time (15:31:07, 2021-06-09 15:31).';

export function parseGoTo(input: string, context: GoToContext): GoTo {
  const text = input.trim();
  if (text === '') return { to: 'nothing', reason: HINT };
  const clampLine = (line: number): GoTo =>
    context.total === 0
      ? { to: 'nothing', reason: 'There are no lines.' }
      : { to: 'line', line: Math.min(Math.max(Math.round(line), 1), context.total) };

  const number = /^([+-]?)(\d[\d,_ ]*)$/.exec(text);
  if (number !== null) {
    const value = Number((number[2] ?? '').replace(/[,_ ]/g, ''));
    return clampLine(number[1] === '+' ? context.line + value : number[1] === '-' ? context.line - value : value);
  }
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text);
  if (percent !== null) return clampLine((Number(percent[1]) / 100) * context.total);

  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?$/.exec(text);
  if (clock !== null) {
    const [hour, minute, second] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    if (hour > 23 || minute > 59 || second > 60) return { to: 'nothing', reason: 'There is no such time of day.' };
    const us = (hour * 3600 + minute * 60 + second) * 1e6 + Number((clock[4] ?? '').padEnd(6, '0'));
    return timeOfDay(us, context);
  }
  const date =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    );
  if (date === null) return { to: 'nothing', reason: HINT };
  const part = (at: number) => Number(date[at] ?? 0);
  const fraction = Number((date[7] ?? '').padEnd(6, '0'));
  const [year, month, day] = [part(1), part(2) - 1, part(3)];
  const zone = date[8]?.toUpperCase();
  const wholeMs =
    zone === undefined && context.zone === 'local'
      ? new Date(year, month, day, part(4), part(5), part(6)).getTime()
      : Date.UTC(year, month, day, part(4), part(5), part(6)) - offsetMs(zone);
  const isReal = new Date(Date.UTC(year, month, day)).getUTCDate() === day && part(4) < 24 && part(5) < 60;
  if (!isReal || !Number.isFinite(wholeMs)) return { to: 'nothing', reason: 'There is no such date.' };
  return { to: 'time', timeUs: wholeMs * 1000 + fraction };
}

function offsetMs(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

/**
 * Returns the first day on which the time of day lies within the lines, otherwise the day on which
 * they start.
 */
function timeOfDay(sinceMidnightUs: number, context: GoToContext): GoTo {
  const { firstUs, lastUs, zone } = context;
  if (firstUs === null || lastUs === null) return { to: 'nothing', reason: 'These lines bear no time.' };
  const midnight = (us: number) => {
    const date = new Date(Math.floor(us / 1000));
    if (zone === 'utc') return Math.floor(us / DAY_US) * DAY_US;
    return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime() * 1000;
  };
  const start = midnight(firstUs);
  for (let day = start; day <= lastUs; day += DAY_US) {
    const us = day + sinceMidnightUs;
    if (us >= firstUs && us <= lastUs) return { to: 'time', timeUs: us };
  }
  return { to: 'time', timeUs: start + sinceMidnightUs };
}
