/**
 * The query language. A query becomes an expression over the text of a line, and filter words that
 * are joined into the filter.
 *
 *   query  = group { OR group }          group = part { [AND] part }
 *   part   = { - | NOT } ( word | "phrase" | /regex/[i] | filter | ( query ) )
 *
 * A word or a phrase matches whole words; `*` at one end lets that end be inside a word. Letters of
 * scripts without spaces (Hangul, Han, Kana, Thai) match anywhere. Words match composed and
 * decomposed text alike; regular expressions do not. Filters are allowed only at the top level.
 */
import { PostrunError } from '../../../contract/errors.ts';
import type { Filter } from '../../../contract/filter.ts';
import { formsOf } from '../../base/same-text.ts';
import { joinsWords } from '../../base/tokens.ts';
import { type JoinedFilter, joinedFilter, joinFilterWord } from './query-filters.ts';
import { badQuery, lexQuery, type QueryToken } from './query-lexer.ts';
import { rewriteRegex } from './regex-rewrite.ts';
import { parseRegex } from './regex-syntax.ts';

/**
 * What a line must satisfy to match, as plain data. Word characters are those of `isWordCharacter`.
 */
export type Expr =
  | { type: 'all' }
  /**
   * The line contains the text. With `wholeStart` or `wholeEnd`, that end of the text must be the
   * end of a word if its character joins words.
   */
  | { type: 'literal'; text: string; wholeStart: boolean; wholeEnd: boolean; caseSensitive: boolean }
  | { type: 'regex'; source: string; caseSensitive: boolean }
  | { type: 'and' | 'or'; items: Expr[] }
  | { type: 'not'; item: Expr };

export interface ParsedQuery {
  expr: Expr;
  /**
   * The filter with the query's filter words joined in by AND, and query ''. If nothing remains, a
   * facet includes and excludes the same value.
   */
  typed: JoinedFilter;
  /**
   * The query with its whole words open at their ends, to offer when nothing is found; null if that
   * is the same query.
   */
  suggestion: string | null;
}

type TextToken = Extract<QueryToken, { type: 'text' }>;
const MAX_DEPTH = 100;
const UPPER_CASE = /[\p{Uppercase}\p{Lt}]/u;

class Parser {
  readonly #tokens: QueryToken[];
  readonly #caseSensitive: boolean;
  readonly #length: number;
  #next = 0;
  #depth = 0;
  #firstFilter: number | null = null;
  typed: JoinedFilter;
  /** Words and phrases that are not under a negation. */
  readonly wanted: TextToken[] = [];

  constructor(tokens: QueryToken[], caseSensitive: boolean, typed: JoinedFilter, length: number) {
    this.#tokens = tokens;
    this.#caseSensitive = caseSensitive;
    this.typed = typed;
    this.#length = length;
  }

  parse(): Expr {
    if (this.#tokens.length === 0) return { type: 'all' };
    const expr = this.#query(false);
    const rest = this.#tokens[this.#next];
    if (rest !== undefined) {
      throw badQuery(rest.at, 'this parenthesis closes none; remove it, or put the text in quotes.');
    }
    return expr;
  }

  #query(isNegated: boolean): Expr {
    const items = [this.#group(isNegated)];
    while (this.#tokens[this.#next]?.type === 'or') {
      if (this.#depth === 0 && this.#firstFilter !== null) throw misplacedFilter(this.#firstFilter);
      this.#next++;
      items.push(this.#group(isNegated));
      if (this.#depth === 0 && this.#firstFilter !== null) throw misplacedFilter(this.#firstFilter);
    }
    return items.length === 1 ? (items[0] ?? { type: 'all' }) : { type: 'or', items };
  }

  #group(isNegated: boolean): Expr {
    const items: Expr[] = [];
    const first = this.#next;
    for (;;) {
      const token = this.#tokens[this.#next];
      if (token === undefined || token.type === 'or' || token.type === 'close') break;
      if (token.type === 'and') {
        const following = this.#tokens[this.#next + 1]?.type;
        const isBetween = this.#next > first && following !== undefined && !['or', 'and', 'close'].includes(following);
        if (!isBetween) throw missingOperand('AND', token.at);
        this.#next++;
        continue;
      }
      const part = this.#part(isNegated);
      if (part !== null && part.type !== 'all') items.push(part);
    }
    if (this.#next === first) {
      const previous = this.#tokens[first - 1];
      const here = this.#tokens[first];
      if (previous?.type === 'or') throw missingOperand('OR', previous.at);
      if (here?.type === 'or') throw missingOperand('OR', here.at);
      if (here?.type === 'close' && previous?.type === 'open') {
        throw badQuery(previous.at, 'there is nothing in these parentheses; to search for “()”, put it in quotes.');
      }
    }
    if (items.length === 0) return { type: 'all' };
    return items.length === 1 ? (items[0] ?? { type: 'all' }) : { type: 'and', items };
  }

  /** Returns null for a filter. */
  #part(isNegatedOutside: boolean): Expr | null {
    let isNegated = false;
    let token = this.#tokens[this.#next++];
    const start = token;
    while (token?.type === 'not') {
      isNegated = !isNegated;
      token = this.#tokens[this.#next++];
    }
    if (token?.type === 'filter') {
      if (this.#depth > 0) throw misplacedFilter(token.at);
      this.#firstFilter ??= token.at;
      this.typed = joinFilterWord(this.typed, { ...token, isExcluded: isNegated });
      return null;
    }
    const expr = token === undefined ? null : this.#operand(token, isNegated !== isNegatedOutside);
    if (expr === null) throw missingOperand('NOT', start?.at ?? this.#length);
    return isNegated ? { type: 'not', item: expr } : expr;
  }

  /** Returns null if the token is not an operand. */
  #operand(token: QueryToken, isNegated: boolean): Expr | null {
    if (token.type === 'text') {
      if (!isNegated) this.wanted.push(token);
      if (token.text === '') return { type: 'all' };
      return literalOf(token.text, !token.openStart, !token.openEnd, this.#caseSensitive);
    }
    if (token.type === 'regex') {
      return { type: 'regex', source: token.source, caseSensitive: this.#caseSensitive && !token.ignoreCase };
    }
    if (token.type !== 'open') return null;
    if (++this.#depth > MAX_DEPTH) throw badQuery(token.at, 'parentheses are nested too deeply.');
    const expr = this.#query(isNegated);
    if (this.#tokens[this.#next]?.type !== 'close') {
      throw badQuery(token.at, 'this parenthesis is not closed; add a ) at the end, or put the text in quotes.');
    }
    this.#next++;
    this.#depth--;
    return expr;
  }
}

/** Makes an expression for a text, composed and decomposed. */
function literalOf(text: string, wholeStart: boolean, wholeEnd: boolean, caseSensitive: boolean): Expr {
  const forms = formsOf(text).map(
    (form): Expr => ({ type: 'literal', text: form, wholeStart, wholeEnd, caseSensitive }),
  );
  return forms.length === 1 ? (forms[0] ?? { type: 'all' }) : { type: 'or', items: forms };
}

function misplacedFilter(at: number): PostrunError {
  return badQuery(
    at,
    'a filter such as node:… holds for the whole query; take it out of parentheses, and put what is joined by OR in parentheses.',
  );
}

function missingOperand(word: string, at: number): PostrunError {
  const what = word === 'NOT' ? 'something after it' : 'something on both sides';
  return badQuery(at, `${word} needs ${what}; to search for the word, put it in quotes.`);
}

/** Throws if an expression is valid but too large to run. */
function checkRegex(source: string, at: number): boolean {
  const parsed = parseRegex(source, at);
  try {
    for (const alphabet of ['ascii', 'unicode'] as const) {
      rewriteRegex(parsed, { alphabet, purpose: 'showing', caseSensitive: false }).test('');
    }
  } catch (cause) {
    throw new PostrunError('user', 'bad_query', 'The regular expression is too large; search for a part of it.', {
      cause,
    });
  }
  return parsed.hasUpperCase;
}

function isCaseSensitive(filter: Filter, hasUpperCase: boolean): boolean {
  return filter.matchCase === 'smart' ? hasUpperCase : filter.matchCase === 'yes';
}

function suggest(query: string, wanted: TextToken[]): string | null {
  let text = '';
  let copied = 0;
  for (const token of wanted) {
    const opensStart = !token.openStart && joinsWords(String.fromCodePoint(token.text.codePointAt(0) ?? 32));
    const opensEnd = !token.openEnd && joinsWords([...token.text].at(-1) ?? ' ');
    text += `${query.slice(copied, token.at)}${opensStart ? '*' : ''}${query.slice(token.at, token.end)}${opensEnd ? '*' : ''}`;
    copied = token.end;
  }
  text += query.slice(copied);
  return text === query ? null : text;
}

function parseWords(filter: Filter, query: string, typed: JoinedFilter): ParsedQuery {
  const tokens = lexQuery(query);
  let hasUpperCase = false;
  for (const token of tokens) {
    if (token.type === 'text' && UPPER_CASE.test(token.text)) hasUpperCase = true;
    if (token.type === 'regex' && checkRegex(token.source, token.at + 1) && !token.ignoreCase) hasUpperCase = true;
  }
  const parser = new Parser(tokens, isCaseSensitive(filter, hasUpperCase), typed, query.length);
  const expr = parser.parse();
  return { expr, typed: parser.typed, suggestion: suggest(query, parser.wanted) };
}

/**
 * Parses the filter's query. Throws {@link PostrunError} `bad_query` that says what is wrong,
 * where, and what to do.
 */
export function parseQuery(filter: Filter): ParsedQuery {
  const typed = joinedFilter(filter);
  const query = filter.query.toWellFormed();
  if (filter.mode === 'words') return parseWords(filter, query, typed);
  if (query === '') return { expr: { type: 'all' }, typed, suggestion: null };
  if (filter.mode === 'regex') {
    const caseSensitive = isCaseSensitive(filter, checkRegex(query, 0));
    return { expr: { type: 'regex', source: query, caseSensitive }, typed, suggestion: null };
  }
  const lineEnd = query.indexOf('\n');
  if (lineEnd !== -1) {
    throw badQuery(lineEnd, 'a line end cannot be within a line; search for one line at a time.');
  }
  const caseSensitive = isCaseSensitive(filter, UPPER_CASE.test(query));
  return { expr: literalOf(query, false, false, caseSensitive), typed, suggestion: null };
}
