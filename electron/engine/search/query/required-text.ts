/**
 * What every matching line must contain, from the parse tree of a regular expression or from a
 * literal, as a sequence of pieces. An unknown piece becomes a gap, so a sequence may require too
 * little but never too much.
 */
import type { AST } from '@eslint-community/regexpp';
import { foldCodePoint, isWordCharacter, joinsWords } from '../../base/tokens.ts';
import { caseWithin } from './regex-rewrite.ts';
import { type SetNode, setTest } from './regex-sets.ts';
import type { ParsedRegex } from './regex-syntax.ts';

export type Piece =
  /** This character, in any case if `anyCase`. */
  | { type: 'character'; codePoint: number; anyCase: boolean }
  /** Matches nothing. Word characters on either side end there. */
  | { type: 'border' }
  /**
   * Anything. `separates`: at least one character, and none that can be in a token of ASCII
   * characters.
   */
  | { type: 'gap'; separates: boolean }
  /** One of these. `repeated`: possibly several times. */
  | { type: 'choice'; choices: Piece[][]; repeated: boolean }
  /** One of these somewhere in the line; takes no room in the sequence. */
  | { type: 'aside'; choices: Piece[][] };

/** The ASCII characters of tokens, and the letters that fold to one. */
const TOKEN_CHARACTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_\u017f\u212a'];
const MAX_REPEATS = 32;

/** Returns true if the character is part of an ASCII run of the index. */
export function isTokenCharacter(codePoint: number): boolean {
  const folded = foldCodePoint(codePoint);
  return folded < 128 && isWordCharacter(String.fromCharCode(folded));
}

/** Returns the pieces of a literal. `wholeStart` and `wholeEnd` are as in `Expr`. */
export function piecesOfLiteral(text: string, wholeStart: boolean, wholeEnd: boolean, caseSensitive: boolean): Piece[] {
  const pieces: Piece[] = [];
  const letters = [...text];
  if (wholeStart && joinsWords(letters[0] ?? ' ')) pieces.push({ type: 'border' });
  for (const letter of letters) {
    pieces.push({ type: 'character', codePoint: letter.codePointAt(0) ?? 0, anyCase: !caseSensitive });
  }
  if (wholeEnd && joinsWords(letters.at(-1) ?? ' ')) pieces.push({ type: 'border' });
  return pieces;
}

/** Returns the pieces of a regular expression, one sequence per alternative. */
export function piecesOfRegex(parsed: ParsedRegex, caseSensitive: boolean): Piece[][] {
  return choicesOf(parsed.pattern.alternatives, !caseSensitive);
}

function choicesOf(alternatives: AST.Alternative[], ignoreCase: boolean): Piece[][] {
  return alternatives.map((alternative) => {
    const pieces: Piece[] = [];
    for (const element of alternative.elements) addPieces(element, ignoreCase, pieces);
    return pieces;
  });
}

function addPieces(node: AST.Element, ignoreCase: boolean, pieces: Piece[]): void {
  switch (node.type) {
    case 'Character':
      pieces.push({ type: 'character', codePoint: node.value, anyCase: ignoreCase });
      return;
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass': {
      const letter = node.type === 'CharacterClass' ? singleLetter(node) : null;
      if (letter !== null) pieces.push({ type: 'character', codePoint: letter, anyCase: true });
      else pieces.push({ type: 'gap', separates: separates(node, ignoreCase) });
      return;
    }
    case 'Assertion':
      addAssertion(node, ignoreCase, pieces);
      return;
    case 'Backreference':
      pieces.push({ type: 'gap', separates: false });
      return;
    case 'CapturingGroup':
    case 'Group': {
      const state = node.type === 'Group' ? caseWithin(node, ignoreCase) : ignoreCase;
      const choices = choicesOf(node.alternatives, state);
      if (choices.length === 1) pieces.push(...(choices[0] ?? []));
      else pieces.push({ type: 'choice', choices, repeated: false });
      return;
    }
    case 'Quantifier':
      addQuantified(node, ignoreCase, pieces);
  }
}

function addQuantified(node: AST.Quantifier, ignoreCase: boolean, pieces: Piece[]): void {
  if (node.min === 0) {
    pieces.push({ type: 'gap', separates: false });
    return;
  }
  const once: Piece[] = [];
  addPieces(node.element, ignoreCase, once);
  const first = once[0];
  if (node.max === 1) pieces.push(...once);
  else if (once.length === 1 && first?.type === 'character') {
    const count = Math.min(node.min, MAX_REPEATS);
    for (let k = 0; k < count; k++) pieces.push(first);
    if (node.max === count) return;
    // The first repetitions follow what is before, and the last precede what comes after: `fo+bar`
    // contains `fo` and `obar`.
    pieces.push({ type: 'gap', separates: false });
    for (let k = 0; k < count; k++) pieces.push(first);
  } else if (once.length === 1 && first?.type === 'gap') pieces.push(first);
  else pieces.push({ type: 'choice', choices: [once], repeated: true });
}

function addAssertion(node: AST.Assertion, ignoreCase: boolean, pieces: Piece[]): void {
  switch (node.kind) {
    case 'start':
    case 'end':
      pieces.push({ type: 'border' });
      return;
    case 'word':
      if (!node.negate) pieces.push({ type: 'border' });
      return;
    case 'lookahead':
    case 'lookbehind': {
      if (node.negate) {
        if (node.alternatives.some((one) => refusesTokens(one, ignoreCase))) pieces.push({ type: 'border' });
        return;
      }
      const choices = choicesOf(node.alternatives, ignoreCase);
      pieces.push({ type: 'aside', choices });
      const isKnown = node.kind === 'lookahead' ? startsAtBorder : endsAtBorder;
      if (choices.every((choice) => isKnown(choice, false))) pieces.push({ type: 'border' });
    }
  }
}

/** Returns true if an assertion such as `(?!\w)` or `(?<![\w-])` excludes all token characters. */
function refusesTokens(alternative: AST.Alternative, ignoreCase: boolean): boolean {
  const [only, ...others] = alternative.elements;
  if (only === undefined || others.length > 0) return false;
  if (only.type !== 'CharacterSet' && only.type !== 'CharacterClass') return false;
  const test = setTest(only, ignoreCase);
  return TOKEN_CHARACTERS.every((character) => test.test(character));
}

function separates(node: SetNode, ignoreCase: boolean): boolean {
  const test = setTest(node, ignoreCase);
  return !TOKEN_CHARACTERS.some((character) => test.test(character));
}

/** Returns the letter of a class such as `[x]` or `[Tt]`; null for any other class. */
function singleLetter(node: AST.CharacterClass): number | null {
  const first = node.elements[0];
  if (node.negate || first?.type !== 'Character') return null;
  const folded = foldCodePoint(first.value);
  const isSame = node.elements.every((one) => one.type === 'Character' && foldCodePoint(one.value) === folded);
  return isSame ? first.value : null;
}

/**
 * Returns true if a token is known to end where the sequence begins. `otherwise` is the answer for
 * an empty sequence.
 */
export function startsAtBorder(pieces: Piece[], otherwise: boolean): boolean {
  return isBorder(
    pieces.find((piece) => piece.type !== 'aside'),
    otherwise,
    startsAtBorder,
  );
}

/** Returns true if a token is known to start where the sequence ends. */
export function endsAtBorder(pieces: Piece[], otherwise: boolean): boolean {
  return isBorder(
    pieces.findLast((piece) => piece.type !== 'aside'),
    otherwise,
    endsAtBorder,
  );
}

function isBorder(piece: Piece | undefined, otherwise: boolean, within: typeof startsAtBorder): boolean {
  if (piece === undefined) return otherwise;
  switch (piece.type) {
    case 'character':
      return !isTokenCharacter(piece.codePoint);
    case 'border':
      return true;
    case 'gap':
      return piece.separates;
    case 'choice':
      return piece.choices.every((choice) => within(choice, false));
    case 'aside':
      return false;
  }
}

/** A text in every matching line. */
export interface RequiredText {
  text: string;
  caseSensitive: boolean;
}

/** Returns the texts of adjacent characters that are in every match of a sequence. */
export function requiredTexts(pieces: Piece[]): RequiredText[] {
  const texts: RequiredText[] = [];
  const none: RequiredText = { text: '', caseSensitive: true };
  let current = none;
  const end = () => {
    if (current.text !== '') texts.push(current);
    current = none;
  };
  for (const piece of pieces) {
    if (piece.type === 'character') {
      const text = current.text + String.fromCodePoint(piece.codePoint);
      current = { text, caseSensitive: current.caseSensitive && !piece.anyCase };
    } else if (piece.type === 'gap' || piece.type === 'choice') end();
    if (piece.type === 'aside' || piece.type === 'choice') {
      const [only, ...others] = piece.choices;
      if (only !== undefined && others.length === 0) texts.push(...requiredTexts(only));
    }
  }
  end();
  return texts;
}

/** Returns the longest of them; null if none has at least `minLength` characters. */
export function longestText(pieces: Piece[], minLength: number): RequiredText | null {
  const none: RequiredText = { text: '', caseSensitive: true };
  const longest = requiredTexts(pieces).reduce((best, one) => (one.text.length > best.text.length ? one : best), none);
  return longest.text.length < minLength ? null : longest;
}
