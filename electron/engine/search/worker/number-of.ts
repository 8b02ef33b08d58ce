/**
 * A number pattern extracts one number from a line: the user's regular expression, with or without
 * a group.
 */
import { rewriteRegex } from '../query/regex-rewrite.ts';
import { parseRegex } from '../query/regex-syntax.ts';

const NUMBER = /[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?|[-+]?\.\d+/;
/** A number, optionally followed by a unit. */
const WHOLE = new RegExp(`^\\s*(${NUMBER.source})\\s*(?:[\\p{L}%°/]+)?\\s*$`, 'u');
const CLOCK = /^\s*(?:(\d+) days?, )?(\d+):([0-5]?\d):([0-5]?\d(?:\.\d+)?)\s*$/;

/** `undefined` if the line does not match; null if the match is not a number. */
export type NumberOf = (line: string) => number | null | undefined;

/** Compiles a pattern. Throws `bad_query` if it is not a valid regular expression. */
export function numberPattern(source: string, caseSensitive: boolean): NumberOf {
  const pattern = rewriteRegex(parseRegex(source), {
    alphabet: 'unicode',
    purpose: 'showing',
    caseSensitive,
    keepsGroups: true,
  });
  return (line) => {
    pattern.lastIndex = 0;
    const match = pattern.exec(line);
    if (match === null) return undefined;
    const caught = match.groups?.value ?? match.slice(1).find((group) => group !== undefined);
    return caught === undefined ? numberIn(match[0]) : readNumber(caught);
  };
}

/**
 * Parses `12`, `1,234.5 ms`, `-3e5`, `45 %`, and durations such as `0:01:23.4` as seconds; null for
 * anything else.
 */
export function readNumber(text: string): number | null {
  const clock = CLOCK.exec(text);
  if (clock !== null) {
    const [, days = '0', hours, minutes, seconds] = clock;
    return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  }
  const whole = WHOLE.exec(text)?.[1];
  return whole === undefined ? null : toNumber(whole);
}

function numberIn(text: string): number | null {
  const found = NUMBER.exec(text)?.[0];
  return found === undefined ? null : toNumber(found);
}

function toNumber(text: string): number | null {
  const value = Number(text.replaceAll(',', ''));
  return Number.isFinite(value) ? value : null;
}
