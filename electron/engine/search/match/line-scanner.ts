/**
 * Scanners find matching lines in a text of many lines without looking at each line: from match to
 * match. They are put together like the expression: the most selective part of a conjunction leads,
 * the others are asked about its lines.
 */
import { composes } from '../../base/same-text.ts';
import { BYTE_CLASS, joinsWords } from '../../base/tokens.ts';
import { type Alphabet, escapeCodePoint } from '../query/regex-sets.ts';
import { foldText, lineEnd, lineStart, type Stretch } from './stretch.ts';

/**
 * Asked about lines in ascending order, by one of `next` and `holds`: each goes on from where it
 * was and remembers what it found there. A position in a line is from its first character to its
 * `\n`, that one included.
 */
export interface LineScanner {
  /** Begin with another stretch. */
  open(stretch: Stretch): void;
  /**
   * A position in the first line that matches of those from `from` on, which is where a line
   * begins; -1 where there is none.
   */
  next(from: number): number;
  /** Does the line that begins at `start` and ends at `end` match? */
  holds(start: number, end: number): boolean;
  /** How few lines this is expected to find: what is larger leads. */
  readonly selectivity: number;
}

const NONE = Number.POSITIVE_INFINITY;
/** A character with all that can be composed into it. */
const MAX_COMPOSED = 4;
/** Longer literals are compared folded: as an expression they would be too large. */
const MAX_EXPRESSION_LENGTH = 1_000;
/**
 * Searching for a text stops at each character that is its first: with these in logs an expression
 * is half as fast again, measured.
 */
const FREQUENT_START = /^[a-pr-u0-9.]/;

/**
 * A literal; ends that are whole must be where a word ends, if they are characters of a word. With
 * `isPiece` it is a piece of a regular expression, which sees code points: it may end within a
 * character that is decomposed.
 */
export class LiteralScanner implements LineScanner {
  readonly selectivity: number;
  readonly #literal: string;
  readonly #wholeStart: boolean;
  readonly #wholeEnd: boolean;
  readonly #caseSensitive: boolean;
  /**
   * Its end, for {@link composes}: of a text beyond ASCII the character it ends with, marks
   * included; '' for ASCII.
   */
  readonly #last: string;
  /**
   * The literal as ASCII, in lower case unless case matters; null where no ASCII text can have it.
   */
  readonly #asciiNeedle: string | null;
  /** For ASCII texts, where searching for the needle would be slower. */
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

  /** Where the literal next stands, from `from` on; Infinity where it does not. */
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

  /** Is the last character only a part of one that was decomposed? */
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

/** An expression that begins in the midst of a pair of surrogates goes back to its start. */
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

/** A regular expression, rewritten for lines separated by `\n` (regex-rewrite.ts). */
export class RegexScanner implements LineScanner {
  readonly selectivity = 10;
  readonly #forms: Partial<Record<Alphabet, RegExp>> = {};
  readonly #write: (alphabet: Alphabet) => RegExp;
  #expression = /$/g;
  #hasPairs = false;
  #text = '';
  #end = 0;
  #at = -1;

  /** `write` gives its form for texts of an alphabet. */
  constructor(write: (alphabet: Alphabet) => RegExp) {
    this.#write = write;
  }

  open(stretch: Stretch): void {
    this.#text = stretch.text;
    this.#hasPairs = stretch.alphabet === 'unicode';
    this.#expression = this.#forms[stretch.alphabet] ??= this.#write(stretch.alphabet);
    // After the last line end there is no line.
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

  /** Where the next match ends. */
  #search(text: string, from: number): number {
    for (let at = from; ; at++) {
      this.#expression.lastIndex = at;
      if (!this.#expression.test(text)) return NONE;
      at = this.#expression.lastIndex;
      // V8 tries assertions within pairs of surrogates, too, where no character begins:
      // `(?<!.)(?!.)` matches in each.
      if (!this.#hasPairs || !isWithinPair(text, at)) return at;
    }
  }

  /** Looks at this line alone: the next line that matches may be far. */
  holds(start: number, end: number): boolean {
    if (this.#at >= start && this.#at <= end) return true;
    return this.#search(this.#text.slice(start, end), 0) !== NONE;
  }
}

function isWithinPair(text: string, at: number): boolean {
  const isHigh = at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return isHigh && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

/** All of several. */
export class AndScanner implements LineScanner {
  readonly selectivity: number;
  readonly #lead: LineScanner;
  readonly #others: LineScanner[];
  #text = '';
  #at = -1;

  /** `scanners`: those that are cheap to ask first. */
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

/** Any of several. */
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

/** Lines that another scanner does not find. */
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

/** Every line. */
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
