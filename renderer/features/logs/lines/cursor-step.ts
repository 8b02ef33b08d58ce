/**
 * A cursor step is where the line cursor goes when the selection or its lines change elsewhere. It
 * follows a selected line, otherwise a selected time, otherwise it begins at the top.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LineKey } from '../../../state/location.ts';

/** What the cursor and the selection of the window agreed on last. */
export interface Agreed {
  /** The line that both are at. */
  line: LineKey | null;
  /**
   * The place of the line was looked up while merged lines were being counted, so it is looked up
   * again at the end.
   */
  isProvisional: boolean;
}

export type Agreement = StoreApi<Agreed>;

export const createAgreement = (): Agreement => createStore<Agreed>()(() => ({ line: null, isProvisional: false }));

export interface CursorSituation {
  /** The line that the window shows. */
  current: LineKey | null;
  selected: { line: LineKey | null; timeUs: number | null };
  agreed: Agreed;
  /** The cursor has not stood in these lines before. */
  isOtherStream: boolean;
}

export type CursorStep =
  | { to: 'top' }
  | { to: 'time'; timeUs: number }
  | { to: 'line'; line: LineKey; timeUs: number | null }
  /** Nothing selects a line. */
  | { to: 'here' };

/** Returns the step to take, or null if the cursor is at the selected line already. */
export function cursorStep({ current, selected, agreed, isOtherStream }: CursorSituation): CursorStep | null {
  const { line, timeUs } = selected;
  if (current === null || (line === null && timeUs !== null)) {
    if (isOtherStream && timeUs === null) return { to: 'top' };
    return isOtherStream || agreed.isProvisional ? { to: 'time', timeUs: timeUs ?? 0 } : { to: 'here' };
  }
  const isThere = agreed.line?.fileId === current.fileId && agreed.line.line === current.line;
  return isThere && !isOtherStream && !agreed.isProvisional ? null : { to: 'line', line: current, timeUs };
}
