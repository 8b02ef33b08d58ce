/**
 * What a block must have in the index so that one of its lines can match. It may over-select but
 * never misses.
 */
import { MIN_VOCABULARY_BYTES, TOKEN_MAX } from '../../base/kernel-numbers.ts';
import { queryTokens } from '../../base/tokens.ts';
import type { Expr } from './query.ts';
import { parseRegex } from './regex-syntax.ts';
import {
  endsAtBorder,
  isTokenCharacter,
  type Piece,
  piecesOfLiteral,
  piecesOfRegex,
  startsAtBorder,
} from './required-text.ts';

export type Requirement =
  /** Any block matches. */
  | { kind: 'any' }
  /** The block has this token. `text` is '' for a character beyond ASCII. */
  | { kind: 'token'; key: number; text: string }
  /**
   * An ASCII token of the block contains `text` (folded, between MIN_VOCABULARY_BYTES and TOKEN_MAX
   * bytes) at its start, its end, both, or anywhere. Blocks with a run longer than a token also
   * match.
   */
  | { kind: 'part'; text: string; atStart: boolean; atEnd: boolean }
  | { kind: 'and' | 'or'; items: Requirement[] };

const ANY: Requirement = { kind: 'any' };
/** A long phrase requires only its longest tokens. More of them would narrow hardly further. */
const MAX_ITEMS = 48;

/** Returns what every block with a line that matches `expr` has. Negations require nothing. */
export function requirementOf(expr: Expr): Requirement {
  switch (expr.type) {
    case 'all':
    case 'not':
      return ANY;
    case 'and':
      return allOf(expr.items.map(requirementOf));
    case 'or':
      return anyOf(expr.items.map(requirementOf));
    case 'literal': {
      const { text, wholeStart, wholeEnd, caseSensitive } = expr;
      return requirementOfPieces(piecesOfLiteral(text, wholeStart, wholeEnd, caseSensitive), false, false);
    }
    case 'regex':
      return ofChoices(piecesOfRegex(parseRegex(expr.source), expr.caseSensitive), false, false);
  }
}

function ofChoices(choices: Piece[][], startKnown: boolean, endKnown: boolean): Requirement {
  return anyOf(choices.map((choice) => requirementOfPieces(choice, startKnown, endKnown)));
}

/**
 * `startKnown` and `endKnown`: whether an ASCII token is known to begin, or end, where the sequence
 * does.
 */
function requirementOfPieces(pieces: Piece[], startKnown: boolean, endKnown: boolean): Requirement {
  const items: Requirement[] = [];
  let run = '';
  let runStartKnown = false;
  let isBorder = startKnown;
  const endRun = (isEnd: boolean) => {
    if (run !== '') addRun(run, runStartKnown, isEnd, items);
    run = '';
  };
  pieces.forEach((piece, index) => {
    switch (piece.type) {
      case 'character': {
        const letter = String.fromCodePoint(piece.codePoint);
        if (isTokenCharacter(piece.codePoint)) {
          if (run === '') runStartKnown = isBorder;
          run += letter;
          isBorder = false;
        } else {
          endRun(true);
          isBorder = true;
          for (const { key, text } of queryTokens(letter)) items.push({ kind: 'token', key, text });
        }
        return;
      }
      case 'border':
        endRun(true);
        isBorder = true;
        return;
      case 'gap':
        endRun(piece.separates);
        isBorder = piece.separates;
        return;
      case 'choice': {
        const { choices, repeated } = piece;
        const isStart = !repeated && isBorder;
        const isEnd = !repeated && startsAtBorder(pieces.slice(index + 1), endKnown);
        endRun(startsAtBorder([piece], false));
        items.push(ofChoices(choices, isStart, isEnd));
        isBorder = endsAtBorder([piece], false);
        return;
      }
      case 'aside':
        items.push(ofChoices(piece.choices, false, false));
    }
  });
  endRun(endKnown);
  return allOf(items);
}

/**
 * Adds a run of ASCII token characters as the index stores it: in pieces of TOKEN_MAX from its
 * start.
 */
function addRun(run: string, startKnown: boolean, endKnown: boolean, items: Requirement[]): void {
  const tokens = queryTokens(run);
  if (!startKnown) {
    const text = tokens[0]?.text ?? '';
    if (text.length < MIN_VOCABULARY_BYTES) return;
    items.push({ kind: 'part', text, atStart: false, atEnd: endKnown && tokens.length === 1 });
    return;
  }
  tokens.forEach(({ key, text }, index) => {
    const isCut = index === tokens.length - 1 && !endKnown && text.length < TOKEN_MAX;
    if (!isCut) items.push({ kind: 'token', key, text });
    else if (text.length >= MIN_VOCABULARY_BYTES) items.push({ kind: 'part', text, atStart: true, atEnd: false });
  });
}

function allOf(list: Requirement[]): Requirement {
  const items = distinct(list.flatMap((item) => (item.kind === 'and' ? item.items : [item])));
  const asking = items.filter((item) => item.kind !== 'any');
  if (asking.length > MAX_ITEMS) {
    const size = (item: Requirement) => ('text' in item ? Math.max(1, item.text.length) : TOKEN_MAX);
    asking.sort((a, b) => size(b) - size(a));
    asking.length = MAX_ITEMS;
  }
  if (asking.length === 0) return ANY;
  return asking.length === 1 ? (asking[0] ?? ANY) : { kind: 'and', items: asking };
}

function anyOf(list: Requirement[]): Requirement {
  if (list.some((item) => item.kind === 'any')) return ANY;
  const items = distinct(list.flatMap((item) => (item.kind === 'or' ? item.items : [item])));
  return items.length === 1 ? (items[0] ?? ANY) : { kind: 'or', items };
}

function distinct(items: Requirement[]): Requirement[] {
  const seen = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...seen.values()];
}

export type PartRequirement = Extract<Requirement, { kind: 'part' }>;

/**
 * For each part of a plan, the keys of the segment's tokens that contain it; null if there are too
 * many to be useful.
 */
export type PartKeys = (Uint32Array | null)[];
