/**
 * Toasts are the short notices at the edge of the window. A notice disappears after a moment,
 * unless it is an error or marked to stay; `toast-store.ts` holds them.
 */
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useToasts } from '../state/StoresContext.tsx';
import type { Toast } from '../state/toast-store.ts';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import './small.css';

const STAY_MS = 5_000;

export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastBox key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastBox({ toast }: { toast: Toast }) {
  const dismiss = useToasts((state) => state.dismiss);
  const { id, tone, action, stays } = toast;
  useEffect(() => {
    if (tone === 'error' || stays) return;
    const timer = setTimeout(() => dismiss(id), STAY_MS);
    return () => clearTimeout(timer);
  }, [id, tone, stays, dismiss]);
  return (
    <div className={`toast toast--${tone}`}>
      <span>{toast.text}</span>
      {action !== null && (
        <Button
          tone="quiet"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" icon={<X size={14} />} onClick={() => dismiss(id)} />
    </div>
  );
}
