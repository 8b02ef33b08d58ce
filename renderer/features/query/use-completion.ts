/**
 * The completion of the SQL editor: the list of what can stand at the caret while it is open, and
 * putting one of its items into the text.
 */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type Completions, completions } from './completion.ts';

/** An open list. It has at least one item. */
export interface OpenList extends Completions {
  active: number;
  /** The position of the list within the editor. */
  left: number;
  top: number;
}

export interface Completion {
  /** Null while the list is closed. */
  list: OpenList | null;
  /** Opens the list if something can stand at the offset. `isAsked`: even before a word begins. */
  offer: (sql: string, at: number, isAsked: boolean) => void;
  /** Makes the next item active, or the previous one. */
  step: (by: 1 | -1) => void;
  accept: (index: number) => void;
  close: () => void;
}

const LINE_PX = 19;

export function useCompletion(
  box: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onChange: (text: string) => void,
): Completion {
  const caret = useRef<number | null>(null);
  const [list, setList] = useState<OpenList | null>(null);

  // Puts the caret behind a completion.
  useLayoutEffect(() => {
    if (caret.current === null || box.current === null) return;
    box.current.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  return {
    list,
    offer(sql, at, isAsked) {
      const found = completions(sql, at, isAsked);
      const area = box.current;
      setList(found === null || area === null ? null : { ...found, active: 0, ...placeOf(sql, found.from, area) });
    },
    step(by) {
      if (list !== null) setList({ ...list, active: (list.active + by + list.items.length) % list.items.length });
    },
    accept(index) {
      const item = list?.items[index];
      const area = box.current;
      if (list === null || item === undefined || area === null) return;
      caret.current = list.from + item.text.length;
      onChange(text.slice(0, list.from) + item.text + text.slice(area.selectionStart));
      setList(null);
      area.focus();
    },
    close: () => setList(null),
  };
}

/** Returns where the list hangs: below the word that begins at an offset. */
function placeOf(sql: string, from: number, area: HTMLTextAreaElement): { left: number; top: number } {
  const lines = sql.slice(0, from).split('\n');
  const left = (lines.at(-1)?.length ?? 0) * characterWidth(area) - area.scrollLeft;
  return { left: Math.max(0, left), top: lines.length * LINE_PX - area.scrollTop };
}

/** Measures a character in the box's monospace font. */
function characterWidth(area: HTMLTextAreaElement): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 8;
  context.font = getComputedStyle(area).font;
  return context.measureText('m').width;
}
