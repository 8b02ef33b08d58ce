/**
 * A canvas follows the size of its element and is sharp on every display. The hook owns the
 * element's pixels and the moment of drawing; the caller's function draws.
 */
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Pen } from './pen.ts';

/**
 * Calls `draw` whenever it is a new function or the element has a new size, so make it with
 * `useCallback`. It draws in CSS pixels.
 */
export function useCanvas(
  draw: (pen: Pen, width: number, height: number) => void,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  const paint = useRef<(() => void) | null>(null);
  const observed = useRef<{ element: HTMLCanvasElement | null; observer: ResizeObserver } | null>(null);
  // Runs after each render, since the element may appear later than the component.
  useLayoutEffect(() => {
    const element = canvas.current;
    if (observed.current?.element === element) return;
    observed.current?.observer.disconnect();
    paint.current = null;
    const context = element?.getContext('2d');
    // The observer reports the size before the first frame. Asking the element would force a layout
    // for each canvas.
    const observer = new ResizeObserver(([entry]) => {
      if (element === null || context == null || entry === undefined) return;
      const [width, height] = [Math.round(entry.contentRect.width), Math.round(entry.contentRect.height)];
      paint.current = () => paintOn(element, context, width, height, latest.current);
      paint.current();
    });
    if (element !== null) observer.observe(element);
    observed.current = { element, observer };
  });
  useLayoutEffect(
    () => () => {
      observed.current?.observer.disconnect();
      observed.current = null;
    },
    [],
  );
  useLayoutEffect(() => {
    latest.current = draw;
    paint.current?.();
  }, [draw]);
  return canvas;
}

function paintOn(
  element: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  draw: (pen: Pen, width: number, height: number) => void,
): void {
  const ratio = window.devicePixelRatio;
  const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (element.width !== pixelWidth) element.width = pixelWidth;
  if (element.height !== pixelHeight) element.height = pixelHeight;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  draw(context, width, height);
}
