/**
 * Scanners find matching lines in a text of many lines, from match to match, without looking at
 * each line. They are composed like the expression: the most selective part of a conjunction leads,
 * and the others check its lines.
 */
import { composes } from '../../base/same-text.ts';
import { BYTE_CLASS, joinsWords } from '../../base/tokens.ts';
import { type Alphabet, escapeCodePoint } from '../query/regex-sets.ts';
import { foldText, lineEnd, lineStart, type Stretch } from './stretch.ts';

/**
 * Finds or checks lines, in ascending order, through either `next` or `holds`. Each continues where
 * it was and remembers what it found there. A position belongs to a line from its first character
 * to its `\n`, inclusive.
 */
export interface LineScanner {
  /** Starts on another stretch. */
  open(stretch: Stretch): void;
  /**
   * Returns a position in the first matching line at or after `from`, which must be the start of a
   * line; -1 if there is none.
   */
  next(from: number): number;
  /** Returns true if the line from `start` to `end` matches. */
  holds(start: number, end: number): boolean;
  /** Higher means that fewer lines are expected. The highest leads. */
  readonly selectivity: number;
}

const NONE = Number.POSITIVE_INFINITY;
/** Length limit of a character with everything that can be composed into it. */
const MAX_COMPOSED = 4;
/** Longer literals are compared folded, because their expressions would be too large. */
const MAX_EXPRESSION_LENGTH = 1_000;
/**
 * A text search stops at each occurrence of the text's first character. For characters that are
 * frequent in logs, an expression takes only two thirds of the time (measured).
 */
const FREQUENT_START = /^[a-pr-u0-9.]/;

/**
 * Finds a literal. A whole end that is a word character must be the end of a word. With `isPiece`
 * the literal is a piece of a regular expression, which sees code points, so it may end within a
 * decomposed character.
 */
export class LiteralScanner implements LineScanner {
  readonly selectivity: number;
  readonly #literal: string;
  readonly #wholeStart: boolean;
  readonly #wholeEnd: boolean;
  readonly #caseSensitive: boolean;
  /** Its last characters, with marks, for {@link composes}; '' for an ASCII literal or a piece. */
  readonly #last: string;
  /** The literal as ASCII, in lower case unless case matters; null if no ASCII text can have it. */
  readonly #asciiNeedle: string | null;
  /** For ASCII texts in which searching for the needle would be slower. */
  readonly #asciiExpression: RegExp | null;
  /** For other texts, unless case matters or the literal is too long. */
  readonly #unicodeExpression: RegExp | null;
  #text = '';
  #needle: string | null = '';
  #expression: RegExp | null = null;
  #at = -1;

  constructor(text: string, wholeStart: boolean, wholeEnd: boolean, caseSensitive: boolean, isPiece = false) {
    const letters = [...text];
    this.#literal = text;
    this.#wholeStart = wholeStart && joinsWords(letters[0] ?? ' ');
    this.#wholeEnd = wholeEnd && joinsWords(letters.at(-1) ?? ' ');
    this.#last = isPiece || /^[\0-\x7f]*$/.test(text) ? '' : letters.slice(-MAX_COMPOSED).join('');
    this.#caseSensitive = caseSensitive;
    const same = caseSensitive ? text : foldText(text);
    this.#asciiNeedle = /^[\0-\x7f]*$/.test(same) ? same : null;
    const isExpression = !caseSensitive && text.length <= MAX_EXPRESSION_LENGTH;
    this.#unicodeExpression = isExpression ? insensitive(text, 'unicode') : null;
    const isFaster = isExpression && text.length > 2 && FREQUENT_START.test(same);
    this.#asciiExpression = isFaster && this.#asciiNeedle !== null ? insensitive(same, 'ascii') : null;
    this.selectivity = 100 + text.length;
  }

  get length(): number {
    return this.#literal.length;
  }

  open(stretch: Stretch): void {
    this.#at = -1;
    this.#expression = stretch.alphabet === 'ascii' ? this.#asciiExpression : this.#unicodeExpression;
    this.#needle = stretch.alphabet === 'ascii' ? this.#asciiNeedle : this.#literal;
    if (this.#caseSensitive || this.#expression !== null) this.#text = stretch.text;
    else if (stretch.alphabet === 'ascii') this.#text = stretch.lower;
    else {
      this.#needle = foldText(this.#literal);
      this.#text = stretch.folded;
    }
  }

  /** Returns the next position of the literal at or after `from`; Infinity if there is none. */
  find(from: number): number {
    const text = this.#text;
    const needle = this.#needle;
    if (needle === null) return NONE;
    for (let at = from; ; at += codePointLength(text, at)) {
      at = this.#expression === null ? text.indexOf(needle, at) : this.#findExpression(this.#expression, at);
      if (at === -1) return NONE;
      if (this.#wholeStart && at > 0 && isWordBefore(text, at)) continue;
      if (this.#wholeEnd && isWordAt(text, at + this.length)) continue;
      if (this.#last !== '' && this.#goesOn(text, at + this.length)) continue;
      return at;
    }
  }

  /** Returns true if the last character is only part of a decomposed one. */
  #goesOn(text: string, at: number): boolean {
    if (at >= text.length || text.charCodeAt(at) < 0x300) return false;
    return composes(this.#last, String.fromCodePoint(text.codePointAt(at) ?? 0));
  }

  #findExpression(expression: RegExp, from: number): number {
    expression.lastIndex = from;
    return expression.test(this.#text) ? expression.lastIndex - this.length : -1;
  }

  next(from: number): number {
    if (this.#at < from) this.#at = this.find(from);
    return this.#at === NONE ? -1 : this.#at;
  }

  holds(start: number, end: number): boolean {
    if (this.#at < start) this.#at = this.find(start);
    return this.#at <= end;
  }
}

/**
 * Returns the length of a code point. An expression that starts in the middle of a surrogate pair
 * goes back to its start.
 */
export function codePointLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function insensitive(text: string, alphabet: Alphabet): RegExp {
  const source = [...text].map((letter) => escapeCodePoint(letter.codePointAt(0) ?? 0, alphabet)).join('');
  return new RegExp(source, alphabet === 'unicode' ? 'giu' : 'gi');
}

function isWordBefore(text: string, at: number): boolean {
  const unit = text.charCodeAt(at - 1);
  if (unit < 128) return BYTE_CLASS[unit] === 1;
  const isPair = unit >= 0xdc00 && unit <= 0xdfff && at > 1;
  return joinsWords(isPair ? text.slice(at - 2, at) : text.charAt(at - 1));
}

function isWordAt(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const unit = text.charCodeAt(at);
  if (unit < 128) return BYTE_CLASS[unit] === 1;
  return joinsWords(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

/** Finds a regular expression, rewritten for lines separated by `\n` (regex-rewrite.ts). */
export class RegexScanner implements LineScanner {
  readonly selectivity = 10;
  readonly #forms: Partial<Record<Alphabet, RegExp>> = {};
  readonly #write: (alphabet: Alphabet) => RegExp;
  #expression = /$/g;
  #hasPairs = false;
  #text = '';
  #end = 0;
  #at = -1;

  /** `write` returns the expression for texts of an alphabet. */
  constructor(write: (alphabet: Alphabet) => RegExp) {
    this.#write = write;
  }

  open(stretch: Stretch): void {
    this.#text = stretch.text;
    this.#hasPairs = stretch.alphabet === 'unicode';
    this.#expression = this.#forms[stretch.alphabet] ??= this.#write(stretch.alphabet);
    // No line follows the last line end.
    this.#end = stretch.text.endsWith('\n') ? stretch.text.length - 1 : stretch.text.length;
    this.#at = -1;
  }

  next(from: number): number {
    if (this.#at < from) {
      const found = this.#search(this.#text, from);
      this.#at = found <= this.#end ? found : NONE;
    }
    return this.#at === NONE ? -1 : this.#at;
  }

  /** Returns where the next match ends. */
  #search(text: string, from: number): number {
    for (let at = from; ; at++) {
      this.#expression.lastIndex = at;
      if (!this.#expression.test(text)) return NONE;
      at = this.#expression.lastIndex;
      // V8 also tries assertions within surrogate pairs, where no character begins: `(?<!.)(?!.)`
      // matches in each.
      if (!this.#hasPairs || !isWithinPair(text, at)) return at;
    }
  }

  /** Looks only at this line, because the next matching line may be far away. */
  holds(start: number, end: number): boolean {
    if (this.#at >= start && this.#at <= end) return true;
    return this.#search(this.#text.slice(start, end), 0) !== NONE;
  }
}

function isWithinPair(text: string, at: number): boolean {
  const isHigh = at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return isHigh && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

/** Finds lines that match all of several scanners. */
export class AndScanner implements LineScanner {
  readonly selectivity: number;
  readonly #lead: LineScanner;
  readonly #others: LineScanner[];
  #text = '';
  #at = -1;

  /** `others` must have the cheapest check first. */
  constructor(lead: LineScanner, others: LineScanner[]) {
    this.#lead = lead;
    this.#others = others;
    this.selectivity = lead.selectivity + others.length;
  }

  open(stretch: Stretch): void {
    this.#text = stretch.text;
    this.#at = -1;
    this.#lead.open(stretch);
    for (const other of this.#others) other.open(stretch);
  }

  next(from: number): number {
    if (this.#at < from) this.#at = this.#find(from);
    return this.#at === NONE ? -1 : this.#at;
  }

  #find(from: number): number {
    const text = this.#text;
    for (let start = from; start < text.length; ) {
      const at = this.#lead.next(start);
      if (at === -1) return NONE;
      const end = lineEnd(text, at);
      if (this.#othersHold(lineStart(text, at), end)) return at;
      start = end + 1;
    }
    return NONE;
  }

  #othersHold(start: number, end: number): boolean {
    for (const other of this.#others) if (!other.holds(start, end)) return false;
    return true;
  }

  holds(start: number, end: number): boolean {
    return this.#lead.holds(start, end) && this.#othersHold(start, end);
  }
}

/** Finds lines that match any of several scanners. */
export class OrScanner implements LineScanner {
  readonly selectivity: number;
  readonly #items: LineScanner[];

  constructor(items: LineScanner[]) {
    this.#items = items;
    this.selectivity = Math.min(...items.map((item) => item.selectivity)) - 1;
  }

  open(stretch: Stretch): void {
    for (const item of this.#items) item.open(stretch);
  }

  next(from: number): number {
    let first = NONE;
    for (const item of this.#items) {
      const at = item.next(from);
      if (at !== -1 && at < first) first = at;
    }
    return first === NONE ? -1 : first;
  }

  holds(start: number, end: number): boolean {
    return this.#items.some((item) => item.holds(start, end));
  }
}

/** Finds lines that another scanner does not find. */
export class NotScanner implements LineScanner {
  readonly selectivity = 0;
  readonly #item: LineScanner;
  #text = '';
  #at = -1;

  constructor(item: LineScanner) {
    this.#item = item;
  }

  open(stretch: Stretch): void {
    this.#text = stretch.text;
    this.#at = -1;
    this.#item.open(stretch);
  }

  next(from: number): number {
    if (this.#at < from) this.#at = this.#find(from);
    return this.#at === NONE ? -1 : this.#at;
  }

  #find(from: number): number {
    for (let start = from; start < this.#text.length; ) {
      const at = this.#item.next(start);
      const end = lineEnd(this.#text, start);
      if (at === -1 || at > end) return start;
      start = end + 1;
    }
    return NONE;
  }

  holds(start: number, end: number): boolean {
    return !this.#item.holds(start, end);
  }
}

/** Finds every line. */
export class AllScanner implements LineScanner {
  readonly selectivity = 0;
  #length = 0;

  open(stretch: Stretch): void {
    this.#length = stretch.text.length;
  }

  next(from: number): number {
    return from < this.#length ? from : -1;
  }

  holds(): boolean {
    return true;
  }
}
