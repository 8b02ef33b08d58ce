/**
 * Parses a regular expression in JavaScript's syntax: the syntax of the flag `u`, and what is valid
 * only without it but has just one meaning (`\_`, `\-`, a lone `]`, `{` or `}`).
 */
import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { PostrunError } from '../../../contract/errors.ts';

/** A regular expression with properties of the whole. */
export interface ParsedRegex {
  pattern: AST.Pattern;
  hasBackreference: boolean;
  /**
   * True if it names an upper-case letter, even in a class. `\W`, `\S`, `\p{Lu}` and the like name
   * none.
   */
  hasUpperCase: boolean;
}

const VALID_ESCAPE =
  /\\(?:[\^$\\.*+?()[\]{}|/dDwWsSbBfnrtv]|c[A-Za-z]|0(?!\d)|x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]+\}|[pP]\{[^}]*\}|k<[^>]*>|[1-9]\d*)/y;
const QUANTIFIER = /\{\d+(?:,\d*)?\}/y;
const SET_ESCAPE = /\\[dDwWsSpP]/y;

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/**
 * Converts a pattern to the stricter syntax of the flag `u`, with the original offset of each
 * character.
 */
function toUnicodeSyntax(source: string): { text: string; offsets: number[] } {
  let text = '';
  const offsets: number[] = [];
  let inClass = false;
  let afterSet = false;
  for (let at = 0; at < source.length; ) {
    const character = source.charAt(at);
    let taken = character;
    let put = character;
    let isSet = false;
    if (character === '\\') {
      taken = matchAt(VALID_ESCAPE, source, at);
      put = taken;
      isSet = matchAt(SET_ESCAPE, source, at) !== '';
      if (taken === '') {
        taken = source.slice(at, at + 2);
        const escaped = taken.charAt(1);
        const isIdentity = escaped !== '' && !/[a-zA-Z\d]/.test(escaped);
        put = isIdentity && !(inClass && escaped === '-') ? escaped : taken;
      }
    } else if (inClass) {
      if (character === ']') inClass = false;
      else if (character === '-' && (afterSet || matchAt(SET_ESCAPE, source, at + 1) !== '')) put = '\\-';
    } else if (character === '[') inClass = true;
    else if (character === '{') {
      taken = matchAt(QUANTIFIER, source, at) || character;
      put = taken === character ? '\\{' : taken;
    } else if (character === ']' || character === '}') put = `\\${character}`;
    for (let k = 0; k < put.length; k++) offsets.push(at + Math.min(k, taken.length - 1));
    text += put;
    at += taken.length;
    afterSet = isSet;
  }
  return { text, offsets };
}

function describe(problem: string, rest: string): string {
  if (/^\(\?[a-z]+\)/.test(rest)) return 'flags within the expression are written (?i:…)';
  if (rest.startsWith('(?P<')) return 'a named group is written (?<name>…)';
  if (/^\\[a-zA-Z\d]/.test(rest)) return `${rest.slice(0, 2)} has no meaning here; a backslash itself is written \\\\`;
  const what = problem.charAt(0).toLowerCase() + problem.slice(1);
  return `${what}; a character that is meant as itself takes a backslash before it`;
}

function badRegex(message: string, cause: Error): PostrunError {
  return new PostrunError('user', 'bad_query', message, { cause });
}

/**
 * Parses `source`. `at` is its position in the query, for the message. Throws {@link PostrunError}
 * `bad_query`.
 */
export function parseRegex(source: string, at = 0): ParsedRegex {
  const { text, offsets } = toUnicodeSyntax(source);
  try {
    const pattern = new RegExpParser().parsePattern(text, 0, text.length, { unicode: true });
    const parsed: ParsedRegex = { pattern, hasBackreference: false, hasUpperCase: false };
    visitRegExpAST(pattern, {
      onBackreferenceEnter: () => {
        parsed.hasBackreference = true;
      },
      onCharacterEnter: (node) => {
        if (/\p{Uppercase}/u.test(String.fromCodePoint(node.value))) parsed.hasUpperCase = true;
      },
    });
    return parsed;
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    if (cause instanceof RangeError) {
      throw badRegex('The regular expression is nested too deeply; search for a part of it.', cause);
    }
    const index = 'index' in cause && typeof cause.index === 'number' ? cause.index : 0;
    const where = Math.min(offsets[index] ?? source.length, source.length);
    const problem = cause.message.slice(cause.message.lastIndexOf(': ') + 1).trim();
    const start = Math.max(0, source.lastIndexOf('(?', where), source.slice(0, where + 1).lastIndexOf('\\'));
    const near = where - start <= 3 ? start : where;
    // The parser is past the error, except for a surplus parenthesis.
    const position = at + Math.max(1, problem.startsWith('Unmatched') ? where + 1 : where);
    throw badRegex(
      `The regular expression is not valid at character ${position}: ${describe(problem, source.slice(near))}.`,
      cause,
    );
  }
}
