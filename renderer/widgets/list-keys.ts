/**
 * The keys of less, vi and lnav inside a list, in one table for every list, so that all move alike.
 */
import { latinKey } from '../base/chords.ts';

export type ListStep =
  | { kind: 'move'; rows: number; pages: number; halves: number; isArrow: boolean }
  | { kind: 'first' | 'last' }
  | { kind: 'open' }
  | { kind: 'count' };

/** Where a list is when a key is pressed. */
interface ListPlace {
  /** The row of the cursor; null for none. */
  active: number | null;
  firstInView: number;
  count: number;
  /** The rows that a page has. */
  page: number;
}

interface Press {
  key: string;
  /** The position of the key, which decides on layouts that are not Latin. */
  code?: string;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  target: unknown;
}

/**
 * Returns the step of a key press, or null if the list has no use for it. `typed` keeps the digits
 * of a count such as `10j`.
 */
export function listKeyStep(pressed: Press, typed: { current: string }): ListStep | null {
  const latin = latinKey(pressed);
  // `g` and `G` differ, so a letter keeps its case.
  const press = { ...pressed, key: /^[a-z]$/.test(latin) && pressed.shiftKey ? latin.toUpperCase() : latin };
  const count = Math.max(1, Number(typed.current) || 1);
  const isDigit = /^[1-9]$/.test(press.key) || (press.key === '0' && typed.current !== '');
  const hasModifier = press.ctrlKey || press.altKey || press.metaKey;
  if (isDigit && !hasModifier) {
    typed.current = (typed.current + press.key).slice(-9);
    return { kind: 'count' };
  }
  if (!['Shift', 'Control'].includes(press.key)) typed.current = '';
  if (press.altKey || press.metaKey) return null;
  const move = (rows: number, pages: number, halves: number, isArrow = false): ListStep => ({
    kind: 'move',
    rows: rows * count,
    pages: pages * count,
    halves: halves * count,
    isArrow,
  });
  if (press.ctrlKey) {
    if (press.key === 'd') return move(0, 0, 1);
    if (press.key === 'u') return move(0, 0, -1);
    if (press.key === 'Home') return { kind: 'first' };
    if (press.key === 'End') return { kind: 'last' };
    return null;
  }
  switch (press.key) {
    case 'ArrowDown':
      return move(1, 0, 0, true);
    case 'ArrowUp':
      return move(-1, 0, 0, true);
    case 'j':
      return move(1, 0, 0);
    case 'k':
      return move(-1, 0, 0);
    case 'PageDown':
      return move(0, 1, 0, true);
    case ' ':
      return press.shiftKey ? move(0, -1, 0) : move(0, 1, 0);
    case 'PageUp':
      return move(0, -1, 0, true);
    case 'b':
      return move(0, -1, 0);
    case 'g':
    case 'Home':
      return { kind: 'first' };
    case 'G':
    case 'End':
      return { kind: 'last' };
    case 'Enter':
      return { kind: 'open' };
    default:
      return null;
  }
}

/** Returns by how many rows a step moves. */
export function rowsOfStep(step: ListStep, page: number): number {
  return step.kind === 'move' ? step.rows + step.pages * page + Math.round(step.halves * (page / 2)) : 0;
}

/**
 * Returns the row to which a step moves the cursor, which starts at the rows in view if there is
 * none.
 */
export function rowAfterStep(step: ListStep, { active, firstInView, count, page }: ListPlace): number {
  if (step.kind === 'first') return 0;
  if (step.kind === 'last') return count - 1;
  const delta = rowsOfStep(step, page);
  const from = active ?? (delta > 0 ? firstInView - 1 : firstInView);
  return Math.min(Math.max(from + delta, 0), count - 1);
}
