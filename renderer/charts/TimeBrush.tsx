/**
 * The time brush is the range being drawn with the pointer. Its parent is positioned and spans the
 * main column.
 */
import { useTimeAxis } from './TimeAxisContext.tsx';
import type { TimeRange } from './time-scale.ts';
import './time-brush.css';

export function TimeBrush({ range }: { range: TimeRange | null }) {
  const axis = useTimeAxis();
  if (range === null) return null;
  const left = axis.xOf(range.fromUs);
  return (
    <div
      className="time-brush"
      style={{ transform: `translateX(${left}px)`, width: Math.max(1, axis.xOf(range.toUs) - left) }}
    />
  );
}
