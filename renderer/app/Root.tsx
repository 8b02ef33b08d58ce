/**
 * The root is the window's last safety net: it catches faults of the frame itself. `Workbench.tsx`
 * catches faults of a view.
 */
import { type ReactNode, useEffect } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';

/** Calls `onDrawn` once all effects of the first drawing have run, so pass a stable function. */
export function Root({ children, onDrawn }: { children: ReactNode; onDrawn: () => void }) {
  useEffect(onDrawn, [onDrawn]);
  return (
    <ErrorBoundary name="The window" resetKey="root">
      {children}
    </ErrorBoundary>
  );
}
