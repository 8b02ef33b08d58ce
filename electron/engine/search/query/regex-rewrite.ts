/**
 * Rewrites a parsed regular expression to run over a text of many lines, with the same matches as
 * in each line alone: nothing in it matches `\n`, `^` and `$` are the ends of a line, and `\w \d \s
 * \b` follow Unicode as ripgrep's do.
 */
import type { AST } from '@eslint-community/regexpp';
import { isWordCharacter } from '../../base/tokens.ts';
import { type Alphabet, writeBoundary, writeCharacter, writeSet } from './regex-sets.ts';
import type { ParsedRegex } from './regex-syntax.ts';

/**
 * `finding` forms decide which lines match; they may match only part of what the expression matches
 * in a line.
 */
export interface RewriteOptions {
  alphabet: Alphabet;
  purpose: 'finding' | 'showing';
  caseSensitive: boolean;
  /** Keeps capturing groups. Otherwise groups capture only if a backreference needs them. */
  keepsGroups?: boolean;
}

class Writer {
  readonly #alphabet: Alphabet;
  readonly #keepsGroups: boolean;

  constructor(alphabet: Alphabet, keepsGroups: boolean) {
    this.#alphabet = alphabet;
    this.#keepsGroups = keepsGroups;
  }

  alternatives(list: AST.Alternative[], ignoreCase: boolean, trimStart: boolean, trimEnd: boolean): string {
    return list.map((one) => this.#sequence(one.elements, ignoreCase, trimStart, trimEnd)).join('|');
  }

  /**
   * Drops optional elements at the ends of a pattern, and repetitions beyond the first, because
   * they do not change whether a line matches: `.*x` → `x`, `\w+=` → `\w=`. As written, `\w+=`
   * takes quadratic time in the length of a word.
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
      if (element?.type === 'Assertion' && element.kind === 'word') {
        text += writeBoundary(element.negate, this.#alphabet, wordness(elements[k - 1]), wordness(elements[k + 1]));
      } else if (element !== undefined)
        text += this.#element(element, ignoreCase, trimStart && k === from, trimEnd && k === to - 1);
    }
    return text;
  }

  #element(node: AST.Element, ignoreCase: boolean, trimStart: boolean, trimEnd: boolean): string {
    switch (node.type) {
      case 'Character':
        return writeCharacter(node.value, ignoreCase, this.#alphabet);
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        return writeSet(node, ignoreCase, this.#alphabet);
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
        const open = state === ignoreCase || this.#alphabet === 'bmp' ? '(?:' : state ? '(?i:' : '(?-i:';
        return `${open}${this.alternatives(node.alternatives, state, trimStart, trimEnd)})`;
      }
      case 'Quantifier': {
        const max = trimStart || trimEnd ? node.min : node.max;
        if (node.min === 1 && max === 1) return this.#element(node.element, ignoreCase, false, false);
        return this.#element(node.element, ignoreCase, false, false) + times(node.min, max) + (node.greedy ? '' : '?');
      }
    }
  }

  #assertion(node: AST.Assertion, ignoreCase: boolean): string {
    switch (node.kind) {
      case 'start':
        return '(?<![^\\n])';
      case 'end':
        return '(?![^\\n])';
      case 'word':
        return writeBoundary(node.negate, this.#alphabet, null, null);
      case 'lookahead':
      case 'lookbehind': {
        const open = `(?${node.kind === 'lookahead' ? '' : '<'}${node.negate ? '!' : '='}`;
        return `${open}${this.alternatives(node.alternatives, ignoreCase, false, false)})`;
      }
    }
  }
}

/** Returns whether case is ignored within a group, which may have its own modifiers. */
export function caseWithin(group: AST.Group, ignoreCase: boolean): boolean {
  if (group.modifiers?.add.ignoreCase) return true;
  return group.modifiers?.remove?.ignoreCase ? false : ignoreCase;
}

/**
 * Returns whether what is beside a `\b` is certainly a word character, or certainly not; null if
 * uncertain.
 */
function wordness(node: AST.Element | undefined): boolean | null {
  if (node?.type === 'Quantifier') return node.min === 0 ? null : wordness(node.element);
  if (node?.type === 'Character') return isWordCharacter(String.fromCodePoint(node.value));
  if (node?.type !== 'CharacterSet') return null;
  if (node.kind === 'word') return !node.negate;
  if (node.kind === 'digit') return node.negate ? null : true;
  return node.kind === 'space' && !node.negate ? false : null;
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

/** Returns the expression as a global RegExp over lines separated only by `\n`. */
export function rewriteRegex(parsed: ParsedRegex, options: RewriteOptions): RegExp {
  const { purpose, caseSensitive } = options;
  // A backreference may name a captured group, which must have captured everything and is compared
  // under the flags.
  const trims = purpose === 'finding' && !parsed.hasBackreference;
  const alphabet = options.alphabet === 'bmp' && parsed.hasBackreference ? 'unicode' : options.alphabet;
  const writer = new Writer(alphabet, parsed.hasBackreference || options.keepsGroups === true);
  const source = writer.alternatives(parsed.pattern.alternatives, !caseSensitive, trims, trims);
  return new RegExp(source, `g${alphabet === 'unicode' ? 'v' : ''}${caseSensitive || alphabet === 'bmp' ? '' : 'i'}`);
}
