/** Keeps the last row of a list in view once it is, if the list sticks to its end. */
import { useLayoutEffect, useRef } from 'react';
import type { Viewport } from './use-viewport.ts';
import { toRow } from './viewport.ts';
import { nextTail, type Tail } from './virtual-rows-model.ts';

export function useTail({ options, extent, place, inView, goTo }: Viewport): void {
  const { contentKey, count, sticksToEnd = false } = options;
  const drawn = useRef<Tail>({ contentKey, count: 0, viewportHeight: 0, isAtEnd: false });
  useLayoutEffect(() => {
    const now = { contentKey, extent, place, lastInView: inView[1], sticksToEnd };
    const { tail, goesToEnd } = nextTail(drawn.current, now);
    drawn.current = tail;
    if (goesToEnd) goTo(toRow(extent, place, count - 1, 'end'), { index: count - 1, align: 'end' });
  });
}
