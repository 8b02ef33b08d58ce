import { useCursorUs } from '../state/StoresContext.tsx';
import { useTimeAxis } from './TimeAxisContext.tsx';
import './time-cursor.css';

/** The one time cursor as a line over a view with time on x; its parent is positioned and spans the main column. */
export function TimeCursor() {
  const axis = useTimeAxis();
  const us = useCursorUs();
  if (us === null || us < axis.fromUs || us > axis.toUs || axis.width === 0) return null;
  return <div className="time-cursor" style={{ transform: `translateX(${Math.round(axis.xOf(us))}px)` }} />;
}
