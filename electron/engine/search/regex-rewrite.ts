/**
 * Writes a parsed regular expression anew so that it can run over a text of many lines and yet matches only what it would match in one
 * line alone: nothing in it can match `\n`, `^` and `$` are a line's ends, and `\w \d \s \b` know Unicode as ripgrep's do.
 * For texts that are pure ASCII there is a second form, in which every set is the short list of its ASCII members: several times as fast.
 */
import type { AST } from '@eslint-community/regexpp';
import { type ParsedRegex, parseRegex } from './regex-syntax.ts';

/** Inside a class: the characters of words; the same set as `isWordCharacter` in base/tokens.ts. */
export const WORD_SET = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d';

/**
 * `unicode`: for any text. `ascii`: for texts without any byte beyond ASCII.
 * `finding` forms tell lines apart that match or do not; what they match may be a part of what the expression matches.
 */
export interface RewriteOptions {
  alphabet: 'unicode' | 'ascii';
  purpose: 'finding' | 'showing';
  caseSensitive: boolean;
}

type SetNode = AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass;

/** A character as it is written anywhere in a pattern, in a class or not. */
export function escapeCodePoint(codePoint: number, isUnicode: boolean): string {
  const isPlain =
    (codePoint >= 48 && codePoint <= 57) ||
    (codePoint >= 65 && codePoint <= 90) ||
    (codePoint >= 97 && codePoint <= 122);
  if (isPlain) return String.fromCharCode(codePoint);
  const hex = codePoint.toString(16);
  return isUnicode ? `\\u{${hex}}` : `\\x${hex.padStart(2, '0')}`;
}

/** What stands between the brackets of a class in the syntax of the flag `v`; a negation within it in brackets of its own. */
function classContent(node: AST.CharacterClassElement | SetNode): string {
  switch (node.type) {
    case 'Character':
      return escapeCodePoint(node.value, true);
    case 'CharacterClassRange':
      return `${escapeCodePoint(node.min.value, true)}-${escapeCodePoint(node.max.value, true)}`;
    case 'CharacterSet': {
      const content = setContent(node);
      return isNegated(node) ? `[^${content}]` : content;
    }
    default:
      return node.raw;
  }
}

/** The content without its own negation. */
function setContent(node: SetNode): string {
  if (node.type === 'CharacterClass') return node.elements.map(classContent).join('');
  if (node.type !== 'CharacterSet') return node.raw;
  switch (node.kind) {
    case 'any':
      return '';
    case 'digit':
      return '\\p{Nd}';
    case 'space':
      return '\\p{White_Space}';
    case 'word':
      return WORD_SET;
    case 'property':
      return `\\p{${node.key}${node.value === null ? '' : `=${node.value}`}}`;
  }
}

function isNegated(node: SetNode): boolean {
  return node.type === 'CharacterSet' && node.kind === 'any' ? true : 'negate' in node && node.negate;
}

/** A set of characters that never has `\n` in it, in the syntax of the flag `v`. */
function unicodeSet(node: SetNode): string {
  const content = setContent(node);
  if (isNegated(node)) return `[^${content}\\n]`;
  const set = `[${content}]`;
  return new RegExp(set, 'v').test('\n') ? `[${set}--\\n]` : set;
}

const setTests = new Map<string, RegExp>();

/** Tests whether a set has a character: the whole text must be that character. */
export function setTest(node: SetNode, ignoreCase: boolean): RegExp {
  const source = `^${unicodeSet(node)}$`;
  const key = `${ignoreCase ? 'i' : ''}${source}`;
  let test = setTests.get(key);
  if (test === undefined) {
    if (setTests.size > 500) setTests.clear();
    test = new RegExp(source, ignoreCase ? 'vi' : 'v');
    setTests.set(key, test);
  }
  return test;
}

function asciiSet(node: SetNode, ignoreCase: boolean): string {
  const test = setTest(node, ignoreCase);
  const has = (code: number) => code < 128 && test.test(String.fromCharCode(code));
  let ranges = '';
  for (let code = 0; code < 128; code++) {
    if (!has(code)) continue;
    const first = code;
    while (has(code + 1)) code++;
    ranges += escapeCodePoint(first, false) + (code > first ? `-${escapeCodePoint(code, false)}` : '');
  }
  return ranges === '\\x00-\\x09\\x0b-\\x7f' ? '[^\\n]' : `[${ranges}]`;
}

const UNICODE_BOUNDARY = `(?:(?<=[${WORD_SET}])(?![${WORD_SET}])|(?<![${WORD_SET}])(?=[${WORD_SET}]))`;
const UNICODE_NO_BOUNDARY = `(?:(?<=[${WORD_SET}])(?=[${WORD_SET}])|(?<![${WORD_SET}])(?![${WORD_SET}]))`;

class Writer {
  readonly #isUnicode: boolean;
  readonly #keepsGroups: boolean;

  constructor(isUnicode: boolean, keepsGroups: boolean) {
    this.#isUnicode = isUnicode;
    this.#keepsGroups = keepsGroups;
  }

  alternatives(list: AST.Alternative[], ignoreCase: boolean, trimStart: boolean, trimEnd: boolean): string {
    return list.map((one) => this.#sequence(one.elements, ignoreCase, trimStart, trimEnd)).join('|');
  }

  /**
   * To tell whether a line matches, what may be missing at the ends of a pattern need not be matched, and one more need not be tried:
   * `.*x` → `x`, `\w+=` → `\w=`. Without it `\w+=` takes time in the square of a word's length.
   */
  #sequence(elements: AST.Element[], ignoreCase: boolean, trimStart: boolean, trimEnd: boolean): string {
    let from = 0;
    let to = elements.length;
    while (trimStart && from < to) {
      const first = elements[from];
      if (isOptional(first)) from++;
      else if (isEdge(first, 'start') && isRestOfLine(elements[from + 1])) from += 2;
      else break;
    }
    while (trimEnd && to > from) {
      const last = elements[to - 1];
      if (isOptional(last)) to--;
      else if (isEdge(last, 'end') && to - 1 > from && isRestOfLine(elements[to - 2])) to -= 2;
      else break;
    }
    let text = '';
    for (let k = from; k < to; k++) {
      const element = elements[k];
      if (element !== undefined)
        text += this.#element(element, ignoreCase, trimStart && k === from, trimEnd && k === to - 1);
    }
    return text;
  }

  #element(node: AST.Element, ignoreCase: boolean, trimStart: boolean, trimEnd: boolean): string {
    switch (node.type) {
      case 'Character':
        return this.#character(node.value, ignoreCase);
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        return this.#isUnicode ? unicodeSet(node) : asciiSet(node, ignoreCase);
      case 'Assertion':
        return this.#assertion(node, ignoreCase);
      case 'Backreference':
        return typeof node.ref === 'number' ? `(?:\\${node.ref})` : `\\k<${node.ref}>`;
      case 'CapturingGroup': {
        const inner = this.alternatives(node.alternatives, ignoreCase, trimStart, trimEnd);
        if (!this.#keepsGroups) return `(?:${inner})`;
        return node.name === null ? `(${inner})` : `(?<${node.name}>${inner})`;
      }
      case 'Group': {
        const state = caseWithin(node, ignoreCase);
        const open = state === ignoreCase ? '(?:' : state ? '(?i:' : '(?-i:';
        return `${open}${this.alternatives(node.alternatives, state, trimStart, trimEnd)})`;
      }
      case 'Quantifier': {
        const max = trimStart || trimEnd ? node.min : node.max;
        if (node.min === 1 && max === 1) return this.#element(node.element, ignoreCase, false, false);
        return this.#element(node.element, ignoreCase, false, false) + times(node.min, max) + (node.greedy ? '' : '?');
      }
    }
  }

  #character(codePoint: number, ignoreCase: boolean): string {
    if (codePoint === 10) return '[]';
    if (this.#isUnicode) return escapeCodePoint(codePoint, true);
    if (codePoint < 128) return escapeCodePoint(codePoint, false);
    // The only letters beyond ASCII that are the same as an ASCII letter when case is ignored.
    if (ignoreCase && codePoint === 0x17f) return 's';
    if (ignoreCase && codePoint === 0x212a) return 'k';
    return '[]';
  }

  #assertion(node: AST.Assertion, ignoreCase: boolean): string {
    switch (node.kind) {
      case 'start':
        return '(?<![^\\n])';
      case 'end':
        return '(?![^\\n])';
      case 'word':
        if (!this.#isUnicode) return node.negate ? '\\B' : '\\b';
        return node.negate ? UNICODE_NO_BOUNDARY : UNICODE_BOUNDARY;
      case 'lookahead':
      case 'lookbehind': {
        const open = `(?${node.kind === 'lookahead' ? '' : '<'}${node.negate ? '!' : '='}`;
        return `${open}${this.alternatives(node.alternatives, ignoreCase, false, false)})`;
      }
    }
  }
}

/** Whether case is ignored within a group that may say so itself. */
export function caseWithin(group: AST.Group, ignoreCase: boolean): boolean {
  if (group.modifiers?.add.ignoreCase) return true;
  return group.modifiers?.remove?.ignoreCase ? false : ignoreCase;
}

function isOptional(node: AST.Element | undefined): boolean {
  return node?.type === 'Quantifier' && node.min === 0;
}

function isEdge(node: AST.Element | undefined, kind: 'start' | 'end'): boolean {
  return node?.type === 'Assertion' && node.kind === kind;
}

function isRestOfLine(node: AST.Element | undefined): boolean {
  if (node?.type !== 'Quantifier' || node.min !== 0 || node.max !== Number.POSITIVE_INFINITY) return false;
  return node.element.type === 'CharacterSet' && node.element.kind === 'any';
}

function times(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

/** The expression as a global RegExp over lines separated by `\n` alone. */
export function rewriteRegex(parsed: ParsedRegex, options: RewriteOptions): RegExp {
  const isUnicode = options.alphabet === 'unicode';
  // What a group caught may be named later: then it must have caught all.
  const trims = options.purpose === 'finding' && !parsed.hasBackreference;
  const writer = new Writer(isUnicode, parsed.hasBackreference);
  const source = writer.alternatives(parsed.pattern.alternatives, !options.caseSensitive, trims, trims);
  return new RegExp(source, `g${isUnicode ? 'v' : ''}${options.caseSensitive ? '' : 'i'}`);
}

/** {@link rewriteRegex} from its text. */
export function compileRegex(source: string, options: RewriteOptions): RegExp {
  return rewriteRegex(parseRegex(source), options);
}
