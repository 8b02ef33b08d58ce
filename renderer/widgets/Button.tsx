/** A button has words, an icon and a tone. A button without words is an `IconButton`. */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import './button.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: 'plain' | 'primary' | 'quiet';
  /** Makes the button a toggle and shows its state, also to screen readers. */
  isPressed?: boolean;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ tone = 'plain', isPressed, icon, className = '', children, ...rest }: ButtonProps) {
  return (
    <button type="button" aria-pressed={isPressed} className={`button button--${tone} ${className}`} {...rest}>
      {icon}
      {children}
    </button>
  );
}
