/**
 * The root is the window's last safety net: it catches faults of the frame itself. `Workbench.tsx`
 * catches faults of a view.
 */
import type { ReactNode } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';

export function Root({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary name="The window" resetKey="root">
      {children}
    </ErrorBoundary>
  );
}
