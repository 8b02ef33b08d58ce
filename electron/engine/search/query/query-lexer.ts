/** Splits a query into words, phrases, expressions and operators. query.ts has the grammar. */
import { PostrunError } from '../../../contract/errors.ts';
import { type Facet, facetRow, facets } from '../../../contract/facets.ts';

/** Filter words that are not facets. */
const otherWords = ['level', 'is', 'from', 'to'] as const;
/** What a filter word constrains: a facet, or one of the others. */
export type FilterKey = Facet | (typeof otherWords)[number];

/** Filter words, as in `node:10.0.0.4`, and what they constrain. */
const filterWords: ReadonlyMap<string, FilterKey> = new Map<string, FilterKey>([
  ...facets.flatMap((facet) => facetRow(facet).words.map((word) => [word, facet] as const)),
  ...otherWords.map((word) => [word, word] as const),
]);

/** Position in the query, 0-based: from `at` to `end`. */
interface Place {
  at: number;
  end: number;
}
export type QueryToken = Place &
  (
    | { type: 'text'; text: string; openStart: boolean; openEnd: boolean }
    | { type: 'regex'; source: string; ignoreCase: boolean }
    | { type: 'filter'; key: FilterKey; word: string; values: string[] }
    | { type: 'open' | 'close' | 'or' | 'and' | 'not' }
  );

/** Makes an error of the query: what is wrong, where (counted from 1) and what to do. */
export function badQuery(at: number | null, what: string): PostrunError {
  return new PostrunError('user', 'bad_query', at === null ? what : `Character ${at + 1}: ${what}`);
}

const SPACE = /\s/u;
const FILTER_START = new RegExp(`(${[...filterWords.keys()].join('|')}):`, 'y');
const KEYWORDS: ReadonlyMap<string, 'or' | 'and' | 'not'> = new Map(
  Object.entries({ OR: 'or', AND: 'and', NOT: 'not' } satisfies Record<string, 'or' | 'and' | 'not'>),
);

class Lexer {
  readonly #query: string;
  #at = 0;

  constructor(query: string) {
    this.#query = query;
  }

  tokens(): QueryToken[] {
    const tokens: QueryToken[] = [];
    for (;;) {
      while (this.#at < this.#query.length && SPACE.test(this.#query.charAt(this.#at))) this.#at++;
      if (this.#at >= this.#query.length) return tokens;
      tokens.push(this.#next());
    }
  }

  #next(): QueryToken {
    const at = this.#at;
    const first = this.#query.charAt(at);
    if (first === '(' || first === ')') {
      this.#at++;
      return { type: first === '(' ? 'open' : 'close', at, end: this.#at };
    }
    if (first === '-' && !this.#isEnd(at + 1) && this.#query.charAt(at + 1) !== '-') {
      this.#at++;
      return { type: 'not', at, end: this.#at };
    }
    if (first === '"') return this.#phrase(false);
    if (first === '*' && this.#query.charAt(at + 1) === '"') {
      this.#at++;
      return this.#phrase(true);
    }
    return this.#regex() ?? this.#filter() ?? this.#word();
  }

  /** Returns true at the end of a word. */
  #isEnd(at: number): boolean {
    return at >= this.#query.length || SPACE.test(this.#query.charAt(at)) || this.#query.charAt(at) === ')';
  }

  /** Reads text between quotes, with the escapes `\"` and `\\`, and moves past it. */
  #quoted(): string {
    const start = this.#at;
    let text = '';
    for (let at = start + 1; at < this.#query.length; at++) {
      const character = this.#query.charAt(at);
      const next = this.#query.charAt(at + 1);
      if (character === '"') {
        this.#at = at + 1;
        return text;
      }
      if (character === '\n') throw badQuery(at, 'a line end cannot be within a line; search for one line at a time.');
      const isEscape = character === '\\' && (next === '"' || next === '\\');
      if (isEscape) at++;
      text += isEscape ? next : character;
    }
    throw badQuery(start, 'this quote is not closed; add a " at the end, or write \\" for a quote within quotes.');
  }

  #phrase(openStart: boolean): QueryToken {
    const at = openStart ? this.#at - 1 : this.#at;
    const text = this.#quoted();
    const openEnd = this.#query.charAt(this.#at) === '*';
    if (openEnd) this.#at++;
    return { type: 'text', text, openStart, openEnd, at, end: this.#at };
  }

  /**
   * Reads `/…/` or `/…/i` if a word ends there. Anything else with a slash, such as a path, is a
   * word.
   */
  #regex(): QueryToken | null {
    const at = this.#at;
    if (this.#query.charAt(at) !== '/') return null;
    // A slash within a class does not end the expression. If the class is not closed it does, so
    // that the error is reported.
    const slash = this.#endOfRegex(at, true) ?? this.#endOfRegex(at, false);
    if (slash === null || slash === at + 1) return null;
    const ignoreCase = this.#query.charAt(slash + 1) === 'i';
    const end = slash + (ignoreCase ? 2 : 1);
    if (!this.#isEnd(end)) return null;
    this.#at = end;
    return { type: 'regex', source: this.#query.slice(at + 1, slash), ignoreCase, at, end };
  }

  #endOfRegex(at: number, knowsClasses: boolean): number | null {
    let inClass = false;
    for (let k = at + 1; k < this.#query.length; k++) {
      const character = this.#query.charAt(k);
      if (character === '\\') k++;
      else if (character === '[' && knowsClasses) inClass = true;
      else if (character === ']') inClass = false;
      else if (character === '/' && !inClass) return k;
    }
    return null;
  }

  #filter(): QueryToken | null {
    const at = this.#at;
    FILTER_START.lastIndex = at;
    const match = FILTER_START.exec(this.#query);
    const word = match?.[1] ?? '';
    const key = filterWords.get(word);
    if (key === undefined) return null;
    this.#at += word.length + 1;
    // A time may contain a comma.
    const stop = key === 'from' || key === 'to' ? '' : ',';
    const values: string[] = [];
    for (;;) {
      let value = '';
      const start = this.#at;
      if (this.#query.charAt(start) === '"') value = this.#quoted();
      else {
        this.#skipWord(stop);
        value = this.#query.slice(start, this.#at);
      }
      if (value === '') {
        throw badQuery(start, `${word}: needs a value right after it; to search for this text, put it in quotes.`);
      }
      values.push(value);
      if (stop === '' || this.#query.charAt(this.#at) !== stop) break;
      this.#at++;
    }
    return { type: 'filter', key, word, values, at, end: this.#at };
  }

  /**
   * Skips to the end of a word. Parentheses belong to the word if they are closed in it, as in
   * `run()`.
   */
  #skipWord(stop: string): void {
    let depth = 0;
    for (; this.#at < this.#query.length; this.#at++) {
      const character = this.#query.charAt(this.#at);
      if (SPACE.test(character) || character === stop) return;
      if (character === '(') depth++;
      if (character === ')' && --depth < 0) return;
    }
  }

  #word(): QueryToken {
    const at = this.#at;
    this.#skipWord('');
    const end = this.#at;
    let text = this.#query.slice(at, end);
    const keyword = KEYWORDS.get(text);
    if (keyword !== undefined) return { type: keyword, at, end };
    const openStart = text.startsWith('*');
    if (openStart) text = text.slice(1);
    const openEnd = text.endsWith('*');
    if (openEnd) text = text.slice(0, -1);
    return { type: 'text', text, openStart, openEnd, at, end };
  }
}

/** Splits a query in mode `words`. Throws {@link PostrunError} `bad_query`. */
export function lexQuery(query: string): QueryToken[] {
  return new Lexer(query).tokens();
}
