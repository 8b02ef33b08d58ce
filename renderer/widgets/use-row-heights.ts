/** Measures the wrapped rows that are drawn. */
import { type RefObject, useLayoutEffect } from 'react';
import type { Viewport } from './use-viewport.ts';

export function useRowHeights({ options, learn }: Viewport, layer: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    if (options.wrap !== true || layer.current === null) return;
    const heights: [number, number][] = [];
    for (const child of layer.current.children) {
      if (!(child instanceof HTMLElement) || child.dataset.index === undefined) continue;
      heights.push([Number(child.dataset.index), child.getBoundingClientRect().height]);
    }
    learn(heights);
  });
}
