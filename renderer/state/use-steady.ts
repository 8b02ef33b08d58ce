/**
 * Steady handlers keep their identity while their behaviour changes from render to render, so that
 * they never redraw the component that receives them.
 */
import { useState } from 'react';
import { useLatest } from './use-latest.ts';

// biome-ignore lint/suspicious/noExplicitAny: any function can be a handler; callers see its own type
type Handlers = Record<string, (...args: any[]) => unknown>;

/**
 * Returns steady handlers. The names must be the same at each render. Call the handlers in events,
 * not during rendering.
 */
export function useSteady<Of extends Handlers>(handlers: Of): Of {
  const latest = useLatest(handlers);
  const [steady] = useState(() =>
    Object.fromEntries(
      Object.keys(handlers).map((name) => [name, (...args: unknown[]) => latest.current[name]?.(...args)]),
    ),
  );
  return steady as Of;
}
