/**
 * An icon button has an icon and no words. Its label is the accessible name and, with the key, the
 * tooltip.
 */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import './button.css';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  icon: ReactNode;
  /** The key as `formatChord` writes it. */
  keys?: string;
  isPressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, icon, keys, isPressed, className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={isPressed}
        className={`icon-button ${className}`}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
