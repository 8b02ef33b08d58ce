/**
 * The time cursor is one moment for the whole window, drawn as a line over each view with time on
 * the x axis. Its parent is positioned and spans the main column.
 */
import { useCursorUs } from '../state/StoresContext.tsx';
import { useTimeAxis } from './TimeAxisContext.tsx';
import './time-cursor.css';

export function TimeCursor() {
  const axis = useTimeAxis();
  const us = useCursorUs();
  if (us === null || us < axis.fromUs || us > axis.toUs || axis.width === 0) return null;
  return <div className="time-cursor" style={{ transform: `translateX(${Math.round(axis.xOf(us))}px)` }} />;
}
