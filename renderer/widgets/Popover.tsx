/**
 * A popover hangs from a control. Esc or a press elsewhere closes it and returns the focus. Menus
 * build on it.
 */
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useLatest } from '../state/use-latest.ts';
import { type Box, placeAt } from './place-at.ts';
import './popover.css';

export interface PopoverProps {
  at: Box;
  align?: 'start' | 'end';
  label: string;
  role?: 'dialog' | 'menu' | 'listbox' | 'none';
  onClose: () => void;
  className?: string;
  children: ReactNode;
}

export function Popover({
  at,
  align = 'start',
  label,
  role = 'dialog',
  onClose,
  className = '',
  children,
}: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null);
  const close = useLatest(onClose);

  // The content may change its size, so place it after each render.
  useLayoutEffect(() => {
    if (panel.current !== null) placeAt(panel.current, at, 'below', align);
  });

  useEffect(() => {
    const before = document.activeElement;
    const element = panel.current;
    if (element !== null && !element.contains(before)) {
      (element.querySelector<HTMLElement>('[data-autofocus], input, [role^="menuitem"], button') ?? element).focus();
    }
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && element?.contains(event.target) === false) close.current();
    };
    document.addEventListener('pointerdown', onPress, true);
    return () => {
      document.removeEventListener('pointerdown', onPress, true);
      // Leaves the focus alone if the person has moved it elsewhere.
      const isLost = document.activeElement === document.body || element?.contains(document.activeElement) === true;
      if (isLost && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [close]);

  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is set at run time
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: every role it can have supports a label
    <div
      ref={panel}
      className={`popover ${className}`}
      role={role}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        } else if (event.key === 'Tab' && role === 'menu') {
          event.preventDefault();
          onClose();
        }
      }}
    >
      {children}
    </div>,
    // A modal dialog lies above the body, so a popover opened in one must lie within it.
    document.querySelector('dialog[open]') ?? document.body,
  );
}
