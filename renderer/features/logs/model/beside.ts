/**
 * The second file stands beside the first one. The options of the place name it, so a link keeps
 * it. The time lock, which scrolls both together, is a store of the window.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LineKey, Options } from '../../../state/location.ts';

/** The second file beside the first, and its current line. Part of the place. */
export interface Beside {
  line: LineKey;
  /** Both panes scroll together by time. */
  isLocked: boolean;
}

export function besideOf(options: Options): Beside | null {
  const [, fileId, line] = /^(\d{1,9}):([1-9]\d{0,14})$/.exec(options.beside ?? '') ?? [];
  if (fileId === undefined) return null;
  return { line: { fileId: Number(fileId), line: Number(line) }, isLocked: options['beside-lock'] !== 'off' };
}

export function besideOptions(beside: Beside | null): Options {
  if (beside === null) return { beside: '', 'beside-lock': '' };
  return { beside: `${beside.line.fileId}:${beside.line.line}`, 'beside-lock': beside.isLocked ? '' : 'off' };
}

export type Side = 'first' | 'second';

/** The time at the top of the pane that a person scrolls. The other pane follows it. */
export interface TimeLockState {
  /** The pane touched last. */
  driver: Side;
  topUs: number | null;
}
export type TimeLock = StoreApi<TimeLockState>;

export const createTimeLock = (): TimeLock => createStore<TimeLockState>()(() => ({ driver: 'first', topUs: null }));
