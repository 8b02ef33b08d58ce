/** A chip is an active filter with a button that removes it. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import './small.css';

export interface ChipProps {
  /** The accessible name: what the button removes. */
  label: string;
  children: ReactNode;
  isNot?: boolean;
  onRemove: () => void;
  title?: string;
}

export function Chip({ label, children, isNot = false, onRemove, title }: ChipProps) {
  return (
    <span className={`chip ${isNot ? 'chip--not' : ''}`} title={title}>
      <span className="chip__text">{children}</span>
      <button type="button" className="chip__remove" aria-label={`Remove ${label}`} onClick={onRemove}>
        <X size={12} />
      </button>
    </span>
  );
}
