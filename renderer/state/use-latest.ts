/**
 * The latest value of a render, for effects, timers and listeners that outlive it. It is written
 * after rendering, never during it.
 */
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** A ref that has the value of the last render that was shown. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
