/**
 * The latest value of a render, for effects, timers and listeners that outlive it. It is written
 * after rendering, never during it.
 */
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Returns a ref to the value of the last committed render. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
