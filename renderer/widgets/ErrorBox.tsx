/**
 * An error box says what happened, where, and what to do, with the details one click deeper. It
 * draws nothing for a cancelled request.
 */
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../electron/contract/errors.ts';
import { SafeText } from './SafeText.tsx';
import './small.css';

export function ErrorBox({ error, actions }: { error: ErrorInfo; actions?: ReactNode }) {
  if (error.kind === 'cancelled') return null;
  return (
    <div className="error-box" role="alert">
      <p>
        <SafeText text={error.message} />
      </p>
      {error.where !== null && (
        <p className="error-box__where mono">
          <SafeText text={error.where} />
        </p>
      )}
      {error.kind === 'bug' && <p className="soft">This is a fault of Postrun, not of your run. Code: {error.code}</p>}
      {error.detail !== null && (
        <details>
          <summary>Details</summary>
          <pre className="error-box__detail mono">
            <SafeText text={error.detail} />
          </pre>
        </details>
      )}
      {actions !== undefined && <div className="empty-state__actions">{actions}</div>}
    </div>
  );
}
