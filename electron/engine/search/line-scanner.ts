/**
 * Scanners find matching lines in a text of many lines without looking at each line: from match to match. They are put together
 * like the expression: the most selective part of a conjunction leads, the others are asked about its lines.
 */
import { BYTE_CLASS, isWordCharacter } from '../base/tokens.ts';
import { escapeCodePoint } from './regex-rewrite.ts';
import { foldText, lineEnd, lineStart, type Stretch } from './stretch.ts';

/**
 * Asked about lines in ascending order. A position in a line is from its first character to its `\n`, that one included.
 */
export interface LineScanner {
  /** Begin with another stretch. */
  open(stretch: Stretch): void;
  /** A position in the first line that matches of those from `from` on, which is where a line begins; -1 where there is none. */
  next(from: number): number;
  /** Does the line that begins at `start` and ends at `end` match? */
  holds(start: number, end: number): boolean;
  /** How few lines this is expected to find: what is larger leads. */
  readonly selectivity: number;
}

const NONE = Number.POSITIVE_INFINITY;
/** Longer literals are compared folded: as an expression they would be too large. */
const MAX_EXPRESSION_LENGTH = 1_000;

/** A literal; ends that are whole must be where a word ends, if they are characters of a word. */
export class LiteralScanner implements LineScanner {
  readonly selectivity: number;
  readonly #literal: string;
  readonly #wholeStart: boolean;
  readonly #wholeEnd: boolean;
  readonly #caseSensitive: boolean;
  /** The literal as ASCII, in lower case unless case matters; null where no ASCII text can have it. */
  readonly #asciiNeedle: string | null;
  readonly #expression: RegExp | null;
  #text = '';
  #needle: string | null = '';
  #usesExpression = false;
  #at = -1;

  constructor(text: string, wholeStart: boolean, wholeEnd: boolean, caseSensitive: boolean) {
    const letters = [...text];
    this.#literal = text;
    this.#wholeStart = wholeStart && isWordCharacter(letters[0] ?? ' ');
    this.#wholeEnd = wholeEnd && isWordCharacter(letters.at(-1) ?? ' ');
    this.#caseSensitive = caseSensitive;
    const same = caseSensitive ? text : foldText(text);
    this.#asciiNeedle = /^[\0-\x7f]*$/.test(same) ? same : null;
    this.#expression = caseSensitive || text.length > MAX_EXPRESSION_LENGTH ? null : insensitive(text);
    this.selectivity = 100 + text.length;
  }

  get length(): number {
    return this.#literal.length;
  }

  open(stretch: Stretch): void {
    this.#at = -1;
    this.#usesExpression = false;
    if (stretch.isAscii) {
      this.#needle = this.#asciiNeedle;
      this.#text = this.#caseSensitive ? stretch.text : stretch.lower;
    } else if (this.#caseSensitive) {
      this.#needle = this.#literal;
      this.#text = stretch.text;
    } else if (this.#expression !== null) {
      this.#usesExpression = true;
      this.#text = stretch.text;
    } else {
      this.#needle = foldText(this.#literal);
      this.#text = stretch.folded;
    }
  }

  /** Where the literal next stands, from `from` on; Infinity where it does not. */
  find(from: number): number {
    const text = this.#text;
    const needle = this.#needle;
    if (needle === null && !this.#usesExpression) return NONE;
    for (let at = from; ; at++) {
      at = this.#usesExpression ? this.#findExpression(at) : text.indexOf(needle ?? '', at);
      if (at === -1) return NONE;
      if (this.#wholeStart && at > 0 && isWordBefore(text, at)) continue;
      if (this.#wholeEnd && isWordAt(text, at + this.length)) continue;
      return at;
    }
  }

  #findExpression(from: number): number {
    const expression = this.#expression;
    if (expression === null) return -1;
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

function insensitive(text: string): RegExp {
  return new RegExp([...text].map((letter) => escapeCodePoint(letter.codePointAt(0) ?? 0, true)).join(''), 'giu');
}

function isWordBefore(text: string, at: number): boolean {
  const unit = text.charCodeAt(at - 1);
  if (unit < 128) return BYTE_CLASS[unit] === 1;
  const isPair = unit >= 0xdc00 && unit <= 0xdfff && at > 1;
  return isWordCharacter(isPair ? text.slice(at - 2, at) : text.charAt(at - 1));
}

function isWordAt(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const unit = text.charCodeAt(at);
  if (unit < 128) return BYTE_CLASS[unit] === 1;
  return isWordCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

/** A regular expression, rewritten for lines separated by `\n` (regex-rewrite.ts), in its two forms. */
export class RegexScanner implements LineScanner {
  readonly selectivity = 10;
  readonly #ascii: RegExp;
  readonly #unicode: RegExp;
  #expression: RegExp;
  #text = '';
  #end = 0;
  #at = -1;

  constructor(ascii: RegExp, unicode: RegExp) {
    this.#ascii = ascii;
    this.#unicode = unicode;
    this.#expression = ascii;
  }

  open(stretch: Stretch): void {
    this.#text = stretch.text;
    this.#expression = stretch.isAscii ? this.#ascii : this.#unicode;
    // After the last line end there is no line.
    this.#end = stretch.text.endsWith('\n') ? stretch.text.length - 1 : stretch.text.length;
    this.#at = -1;
  }

  next(from: number): number {
    if (this.#at < from) {
      this.#expression.lastIndex = from;
      const found = this.#expression.test(this.#text) ? this.#expression.lastIndex : NONE;
      this.#at = found <= this.#end ? found : NONE;
    }
    return this.#at === NONE ? -1 : this.#at;
  }

  /** Looks at this line alone: the next line that matches may be far. */
  holds(start: number, end: number): boolean {
    if (this.#at >= start && this.#at <= end) return true;
    this.#expression.lastIndex = 0;
    return this.#expression.test(this.#text.slice(start, end));
  }
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

  constructor(item: LineScanner) {
    this.#item = item;
  }

  open(stretch: Stretch): void {
    this.#text = stretch.text;
    this.#item.open(stretch);
  }

  next(from: number): number {
    for (let start = from; start < this.#text.length; ) {
      const at = this.#item.next(start);
      const end = lineEnd(this.#text, start);
      if (at === -1 || at > end) return start;
      start = end + 1;
    }
    return -1;
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
