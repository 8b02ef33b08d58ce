/** Scrolls the lane of the selected process into view when a person arrives from elsewhere. */
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { scrollTopFor } from './lane-layout.ts';
import { HEAD_PX, type LaneView } from './use-lane-view.ts';

export interface LaneReveal {
  /** Scrolls a lane into view. */
  reveal: (lane: number) => void;
  /** Leaves the view where it is when a lane becomes active: the person is there. */
  settle: (lane: number) => void;
}

export function useLaneReveal(
  scroller: RefObject<HTMLElement | null>,
  { layout, height }: LaneView,
  active: number,
): LaneReveal {
  const reveal = useCallback(
    (lane: number) => {
      const element = scroller.current;
      const item = layout.items.find((each) => !each.isHead && each.lane === lane);
      if (element === null || item === undefined) return;
      const top = scrollTopFor(item, element.scrollTop, element.clientHeight, HEAD_PX);
      if (top !== null) element.scrollTo({ top });
    },
    [layout, scroller],
  );
  const revealed = useRef(-1);
  useEffect(() => {
    if (height === 0 || active < 0 || revealed.current === active) return;
    revealed.current = active;
    reveal(active);
  }, [active, height, reveal]);
  return {
    reveal,
    settle: (lane) => {
      revealed.current = lane;
    },
  };
}
