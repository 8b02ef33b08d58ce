/**
 * What every line that matches an expression has as it stands: a search for it over bytes leads,
 * the rest looks at its lines only.
 */

import type { Expr } from '../query/query.ts';
import { parseRegex } from '../query/regex-syntax.ts';
import { piecesOfRegex, requiredTexts } from '../query/required-text.ts';
import { isKernelText, type KernelLiteral } from './literal-kernel.ts';

export interface Lead {
  /** Each is in every line that matches; the longest first. */
  literals: [KernelLiteral, ...KernelLiteral[]];
  /** A line of ASCII characters with them matches: there is nothing more to look at. */
  isAll: boolean;
  /**
   * Letters beyond ASCII fold to letters of them: they are not to be found by their bytes in texts
   * that have these.
   */
  foldsBeyond: boolean;
}

/** Shorter texts are in too many lines to lead, unless they are all that is asked. */
const MIN_LENGTH = 3;
const MAX_LITERALS = 4;

/** The texts that lead; null where there is none that every matching line has. */
export function leadOf(expr: Expr): Lead | null {
  const { literals, isAll } = literalsOf(expr);
  const led = isAll ? literals : literals.filter(({ text }) => text.length >= MIN_LENGTH);
  const [first, ...others] = led.sort((a, b) => b.text.length - a.text.length);
  if (first === undefined) return null;
  const kept: Lead['literals'] = [first, ...others.slice(0, MAX_LITERALS - 1)];
  return { literals: kept, isAll: isAll && kept.length === literals.length, foldsBeyond: kept.some(foldsBeyond) };
}

function literalsOf(expr: Expr): { literals: KernelLiteral[]; isAll: boolean } {
  switch (expr.type) {
    case 'literal': {
      const { text, wholeStart, wholeEnd, caseSensitive } = expr;
      if (!isKernelText(text)) return { literals: [], isAll: false };
      const borderBefore = wholeStart && /^\w/.test(text);
      const borderAfter = wholeEnd && /\w$/.test(text);
      return { literals: [{ text, caseSensitive, borderBefore, borderAfter }], isAll: true };
    }
    case 'regex': {
      const [only, ...others] = piecesOfRegex(parseRegex(expr.source), expr.caseSensitive);
      const texts = only === undefined || others.length > 0 ? [] : requiredTexts(only);
      const literals = texts
        .filter(({ text }) => isKernelText(text))
        .map((required) => ({ ...required, borderBefore: false, borderAfter: false }));
      return { literals, isAll: false };
    }
    case 'and': {
      const items = expr.items.map(literalsOf);
      return { literals: items.flatMap((item) => item.literals), isAll: items.every((item) => item.isAll) };
    }
    default:
      return { literals: [], isAll: false };
  }
}

/** U+017F is an `s` and U+212A a `k` where case does not matter. */
function foldsBeyond({ text, caseSensitive }: KernelLiteral): boolean {
  return !caseSensitive && /[ks]/i.test(text);
}

/** Whether bytes have letters beyond ASCII that fold to ASCII. */
export function hasFoldingLetters(bytes: Buffer): boolean {
  return bytes.includes('\u017f') || bytes.includes('\u212a');
}
