/**
 * Composes scanners for an expression: what leads, what checks the led lines, and which literals
 * join into one expression.
 */
import type { Expr } from '../query/query.ts';
import { rewriteRegex } from '../query/regex-rewrite.ts';
import { escapeCodePoint } from '../query/regex-sets.ts';
import { parseRegex } from '../query/regex-syntax.ts';
import { longestText, piecesOfRegex } from '../query/required-text.ts';
import {
  AllScanner,
  AndScanner,
  type LineScanner,
  LiteralScanner,
  NotScanner,
  OrScanner,
  RegexScanner,
} from './line-scanner.ts';

/** Shorter texts are in too many lines to lead. */
const MIN_LEAD_LENGTH = 3;
/** Searching for more literals one by one takes longer than one expression. */
const MAX_LEADS = 3;
/** From this number of literals on, one expression for all of them is faster (measured). */
const MIN_JOINED = 6;
const MAX_JOINED_LENGTH = 4_000;

type Literal = Extract<Expr, { type: 'literal' }>;

/** Returns the scanner of an expression. Throws `bad_query` for an invalid regular expression. */
export function scannerOf(expr: Expr): LineScanner {
  switch (expr.type) {
    case 'all':
      return new AllScanner();
    case 'literal':
      if (expr.text === '') return new AllScanner();
      return new LiteralScanner(expr.text, expr.wholeStart, expr.wholeEnd, expr.caseSensitive);
    case 'regex':
      return regexScanner(expr.source, expr.caseSensitive);
    case 'not':
      return new NotScanner(scannerOf(expr.item));
    case 'or':
      return anyOf(expr.items);
    case 'and': {
      const excluded = expr.items.flatMap((item) => (item.type === 'not' ? [item.item] : []));
      const wanted = expr.items.filter((item) => item.type !== 'not').map(scannerOf);
      if (wanted.length === 0) return new NotScanner(anyOf(excluded));
      const sorted = wanted.sort((a, b) => b.selectivity - a.selectivity);
      const [lead, ...others] = [...sorted, ...excluded.map((item) => new NotScanner(scannerOf(item)))];
      return lead === undefined || others.length === 0 ? (lead ?? new AllScanner()) : new AndScanner(lead, others);
    }
  }
}

/**
 * Returns the scanner of a regular expression. If each alternative has a text that the line must
 * contain, a search for these texts leads, and the expression runs only on lines with one of them.
 */
function regexScanner(source: string, caseSensitive: boolean): LineScanner {
  const parsed = parseRegex(source);
  const scanner = new RegexScanner((alphabet) => rewriteRegex(parsed, { alphabet, purpose: 'finding', caseSensitive }));
  const choices = piecesOfRegex(parsed, caseSensitive);
  const texts = choices.map((pieces) => longestText(pieces, MIN_LEAD_LENGTH));
  const leads = texts.flatMap((text) => (text === null ? [] : [text]));
  if (leads.length < choices.length || leads.length > MAX_LEADS) return scanner;
  const literals = leads.map((one) => new LiteralScanner(one.text, false, false, one.caseSensitive, true));
  const [only, ...others] = literals;
  if (only === undefined) return scanner;
  return new AndScanner(others.length === 0 ? only : new OrScanner(literals), [scanner]);
}

/**
 * Joins many literals into one expression, separately for those that ignore case and those that do
 * not.
 */
function anyOf(items: Expr[]): LineScanner {
  const scanners: LineScanner[] = [];
  let rest = items;
  for (const caseSensitive of [false, true]) {
    const literals = joinable(items, caseSensitive);
    if (literals.length < MIN_JOINED) continue;
    const joined = new Set<Expr>(literals);
    rest = rest.filter((item) => !joined.has(item));
    // Check word boundaries only on lines with one of the texts.
    const lead = plainRegexScanner(joinLiterals(literals), caseSensitive);
    scanners.push(new AndScanner(lead, [new OrScanner(literals.map(scannerOf))]));
  }
  scanners.push(...rest.map(scannerOf));
  const [only, ...others] = scanners;
  return only !== undefined && others.length === 0 ? only : new OrScanner(scanners);
}

function joinable(items: Expr[], caseSensitive: boolean): Literal[] {
  let length = 0;
  return items.filter((item): item is Literal => {
    if (item.type !== 'literal' || item.text === '' || item.caseSensitive !== caseSensitive) return false;
    length += item.text.length;
    return length <= MAX_JOINED_LENGTH;
  });
}

function joinLiterals(literals: Literal[]): string {
  const escaped = (letter: string) => escapeCodePoint(letter.codePointAt(0) ?? 0, 'unicode');
  return literals.map(({ text }) => [...text].map(escaped).join('')).join('|');
}

/** Returns a scanner for the expression alone. */
export function plainRegexScanner(source: string, caseSensitive: boolean): LineScanner {
  const parsed = parseRegex(source);
  return new RegexScanner((alphabet) => rewriteRegex(parsed, { alphabet, purpose: 'finding', caseSensitive }));
}

/**
 * Returns true if lines that need a larger alphabet should be kept apart, because regular
 * expressions are much slower on them.
 */
export function usesExpressions(expr: Expr): boolean {
  if (expr.type === 'not') return usesExpressions(expr.item);
  if (expr.type === 'and' || expr.type === 'or') {
    return expr.items.length >= MIN_JOINED || expr.items.some(usesExpressions);
  }
  return expr.type === 'regex';
}
