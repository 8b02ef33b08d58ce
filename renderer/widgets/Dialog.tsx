/**
 * A dialog is modal: the browser keeps the focus in it, Esc closes it, and the focus then returns.
 */
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './IconButton.tsx';
import './dialog.css';

export interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Wider, for tables. */
  isWide?: boolean;
}

export function Dialog({ title, onClose, children, isWide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc does the same by keyboard
    <dialog
      ref={dialog}
      className={`dialog ${isWide ? 'dialog--wide' : ''}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="dialog__frame">
        <header className="dialog__header">
          <h2>{title}</h2>
          <IconButton label="Close" icon={<X size={16} />} onClick={onClose} />
        </header>
        <div className="dialog__body">{children}</div>
      </div>
    </dialog>
  );
}
