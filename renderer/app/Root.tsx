import type { ReactNode } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';

/** The last net: what is caught here is a fault of the window's frame itself. */
export function Root({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary name="The window" resetKey="root">
      {children}
    </ErrorBoundary>
  );
}
