/**
 * A splitter is the line between two panes. Dragging it, or arrow keys on it, resize one of them.
 * The caller keeps the size.
 */
import { type PointerEvent, useRef } from 'react';
import './small.css';

export interface SplitterProps {
  label: string;
  /** The orientation of the line: `vertical` stands between left and right. */
  direction: 'vertical' | 'horizontal';
  /** The size of the pane that it resizes. */
  size: number;
  min: number;
  max: number;
  /** That pane is right of or below the line. */
  isAfter?: boolean;
  onResize: (size: number) => void;
  /** Called on a double click or Enter, to restore the usual size. */
  onReset?: () => void;
}

const KEY_STEP_PX = 16;

export function Splitter(props: SplitterProps) {
  const { label, direction, size, min, max, isAfter = false, onResize, onReset } = props;
  const start = useRef<{ at: number; size: number } | null>(null);
  const isVertical = direction === 'vertical';
  const resize = (to: number) => onResize(Math.round(Math.min(Math.max(to, min), Math.max(min, max))));
  const positionOf = (event: PointerEvent) => (isVertical ? event.clientX : event.clientY);
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot move
    <div
      className={`splitter splitter--${direction}`}
      role="separator"
      aria-label={label}
      aria-orientation={direction}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={Math.max(min, max)}
      tabIndex={0}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: positionOf(event), size };
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (start.current === null) return;
        const moved = positionOf(event) - start.current.at;
        resize(start.current.size + (isAfter ? -moved : moved));
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onPointerCancel={() => {
        start.current = null;
      }}
      onDoubleClick={onReset}
      onKeyDown={(event) => {
        const forward = isVertical ? 'ArrowRight' : 'ArrowDown';
        const backward = isVertical ? 'ArrowLeft' : 'ArrowUp';
        const sign = event.key === forward ? 1 : event.key === backward ? -1 : 0;
        if (sign !== 0) resize(size + sign * (isAfter ? -1 : 1) * KEY_STEP_PX);
        else if (event.key === 'Home') resize(min);
        else if (event.key === 'End') resize(max);
        else if (event.key === 'Enter' && onReset !== undefined) onReset();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
