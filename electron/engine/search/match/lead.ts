/**
 * The lead of an expression: literals that every matching line has as written. A byte search for it
 * comes first, and the rest looks only at its lines.
 */

import type { Expr } from '../query/query.ts';
import { parseRegex } from '../query/regex-syntax.ts';
import { piecesOfRegex, requiredTexts } from '../query/required-text.ts';
import { isKernelText, type KernelLiteral } from './literal-kernel.ts';

export interface Lead {
  /** Every matching line has each of these. The longest comes first. */
  literals: [KernelLiteral, ...KernelLiteral[]];
  /** An ASCII line with all of them matches without a further look. */
  isAll: boolean;
  /**
   * Some letters beyond ASCII fold to letters of the lead. A byte search misses it in texts with
   * such letters.
   */
  foldsBeyond: boolean;
}

/** Shorter texts are in too many lines to lead, unless they are the whole query. */
const MIN_LENGTH = 3;
const MAX_LITERALS = 4;

/** Returns the lead; null if no literal is in every matching line. */
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

/** Without case, U+017F equals `s` and U+212A equals `k`. */
function foldsBeyond({ text, caseSensitive }: KernelLiteral): boolean {
  return !caseSensitive && /[ks]/i.test(text);
}

/** Returns true if the bytes have letters beyond ASCII that fold to ASCII. */
export function hasFoldingLetters(bytes: Buffer): boolean {
  return bytes.includes('\u017f') || bytes.includes('\u212a');
}
