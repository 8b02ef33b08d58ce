/**
 * Puts scanners together for an expression: what leads, what is asked of its lines, what is found
 * at once.
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
/** Searching for more literals, each on its own, takes longer than an expression. */
const MAX_LEADS = 3;
/** From so many literals on, one expression for all of them is faster; measured. */
const MIN_JOINED = 6;
const MAX_JOINED_LENGTH = 4_000;

type Literal = Extract<Expr, { type: 'literal' }>;

/**
 * The scanner of an expression. Throws `bad_query` where a regular expression in it is not valid.
 */
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
 * A regular expression. Where each of its alternatives has a text that must be in the line, a
 * search for these leads, and the expression has to be tried on the lines with one of them only.
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

/** Literals that mind case, or do not, are one expression if they are many. */
function anyOf(items: Expr[]): LineScanner {
  const scanners: LineScanner[] = [];
  let rest = items;
  for (const caseSensitive of [false, true]) {
    const literals = joinable(items, caseSensitive);
    if (literals.length < MIN_JOINED) continue;
    const joined = new Set<Expr>(literals);
    rest = rest.filter((item) => !joined.has(item));
    // Whether words end where the texts do is asked of the lines that have one of them.
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

/** The expression alone. */
export function plainRegexScanner(source: string, caseSensitive: boolean): LineScanner {
  const parsed = parseRegex(source);
  return new RegexScanner((alphabet) => rewriteRegex(parsed, { alphabet, purpose: 'finding', caseSensitive }));
}

/**
 * Whether it is of use to keep lines that need a larger alphabet apart: regular expressions are
 * much slower on these.
 */
export function usesExpressions(expr: Expr): boolean {
  if (expr.type === 'not') return usesExpressions(expr.item);
  if (expr.type === 'and' || expr.type === 'or') {
    return expr.items.length >= MIN_JOINED || expr.items.some(usesExpressions);
  }
  return expr.type === 'regex';
}
