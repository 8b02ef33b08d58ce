/**
 * The range track shows where the visible range lies in the whole run. Its ends are handles;
 * dragging its middle moves it.
 */
// biome-ignore-all lint/a11y/useSemanticElements: an <input type="range"> has one handle and no window to drag
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { formatDateTime } from '../../base/format-time.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { LEAST_SPAN_US } from '../../charts/time-scale.ts';
import { useView } from '../../state/StoresContext.tsx';

const parts = ['from', 'to', 'window'] as const;
type Part = (typeof parts)[number];

export function RangeTrack() {
  const axis = useTimeAxis();
  const zone = useView((state) => state.zone);
  const start = useRef<{ part: Part; x: number; fromUs: number; toUs: number } | null>(null);
  const full = Math.max(1, axis.fullToUs - axis.fullFromUs);
  const xOf = (us: number) => ((us - axis.fullFromUs) / full) * axis.width;
  if (!axis.isZoomed || axis.width === 0) return null;
  const from = Math.max(0, xOf(axis.fromUs));
  const to = Math.min(axis.width, xOf(axis.toUs));

  const move = (part: Part, fromUs: number, toUs: number, byUs: number) => {
    if (part === 'window') {
      const by = Math.min(Math.max(byUs, axis.fullFromUs - fromUs), axis.fullToUs - toUs);
      axis.show({ fromUs: Math.round(fromUs + by), toUs: Math.round(toUs + by) });
    } else if (part === 'from') {
      const next = Math.min(Math.max(fromUs + byUs, axis.fullFromUs), toUs - LEAST_SPAN_US);
      axis.show({ fromUs: Math.round(next), toUs });
    } else {
      const next = Math.max(Math.min(toUs + byUs, axis.fullToUs), fromUs + LEAST_SPAN_US);
      axis.show({ fromUs, toUs: Math.round(next) });
    }
  };
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const part = parts.find((each) => each === event.currentTarget.dataset.part);
      if (part === undefined) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { part, x: event.clientX, fromUs: axis.fromUs, toUs: axis.toUs };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const begun = start.current;
      if (begun === null) return;
      event.stopPropagation();
      move(begun.part, begun.fromUs, begun.toUs, ((event.clientX - begun.x) / axis.width) * full);
    },
    onPointerUp() {
      start.current = null;
    },
    onPointerCancel() {
      start.current = null;
    },
  };
  const onKeyDown = (part: Part) => (event: KeyboardEvent) => {
    const sign = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (sign === 0) return;
    event.preventDefault();
    event.stopPropagation();
    move(part, axis.fromUs, axis.toUs, (sign * (axis.toUs - axis.fromUs)) / (event.ctrlKey ? 4 : 40));
  };
  const handle = (part: 'from' | 'to', us: number, x: number) => (
    <div
      className={`time-strip__handle time-strip__handle--${part}`}
      style={{ transform: `translateX(${Math.round(axis.left + x)}px)` }}
      role="slider"
      tabIndex={0}
      aria-label={part === 'from' ? 'Start of the time range' : 'End of the time range'}
      aria-valuemin={axis.fullFromUs}
      aria-valuemax={axis.fullToUs}
      aria-valuenow={us}
      aria-valuetext={formatDateTime(us, zone)}
      data-part={part}
      {...handlers}
      onKeyDown={onKeyDown(part)}
    />
  );
  return (
    <>
      <div className="time-strip__track" style={{ left: axis.left, width: axis.width }}>
        <div
          className="time-strip__window"
          style={{ transform: `translateX(${from}px)`, width: Math.max(2, to - from) }}
          data-part="window"
          {...handlers}
        />
      </div>
      {handle('from', axis.fromUs, from)}
      {handle('to', axis.toUs, to)}
    </>
  );
}
