/**
 * The active bar is the one under the pointer, or the one that keys walked to. A click or Enter
 * picks it.
 */
import { type FocusEvent, type KeyboardEvent, type PointerEvent, useState } from 'react';
import { barAfterKey, barAt, middleOf } from './stacked-bars-layout.ts';

export interface ActiveBarOptions {
  /** The number of bars, and the width of the chart. */
  bars: number;
  width: number;
  onPick: (index: number) => void;
  onHover?: (index: number | null) => void;
}

export function useActiveBar({ bars, width, onPick, onHover }: ActiveBarOptions) {
  const [active, setActive] = useState<number | null>(null);
  const [isRight, setIsRight] = useState(false);
  const [hasFocus, setHasFocus] = useState(false);
  const [isOver, setIsOver] = useState(false);

  const leave = () => {
    setActive(null);
    onHover?.(null);
  };
  const go = (index: number | null, chart: Element) => {
    if (index === null) return leave();
    const x = chart.getBoundingClientRect().left + middleOf(index, width, bars);
    setActive(index);
    setIsRight(x > window.innerWidth / 2);
    onHover?.(index);
  };
  const handlers = {
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const chart = event.currentTarget;
      setIsOver(true);
      go(barAt(event.clientX - chart.getBoundingClientRect().left, width, bars), chart);
    },
    onPointerLeave() {
      setIsOver(false);
      leave();
    },
    onFocus: (event: FocusEvent) => setHasFocus(event.currentTarget.matches(':focus-visible')),
    onBlur() {
      setHasFocus(false);
      leave();
    },
    onClick() {
      if (active !== null) onPick(active);
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const next = barAfterKey(event.key, active, bars);
      if (next !== null) go(next, event.currentTarget);
      else if (event.key === 'Enter' && active !== null) onPick(active);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return {
    /** The index of the bar; null for none. */
    active,
    /** The bar is in the right half of the window. Its tip then has room on the left. */
    isRight,
    /** A person points at the chart or walks through it, so the tip shows. */
    isInUse: isOver || hasFocus,
    handlers,
  };
}
