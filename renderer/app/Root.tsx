/**
 * The root is the last net of the window: what it catches is a fault of the window's frame itself.
 * Faults of a view are caught in `Workbench.tsx`.
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
