/** A menu button opens a menu below itself and makes the items when it does. */
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { Menu, type MenuItem } from './Menu.tsx';
import type { Box } from './place-at.ts';

export interface MenuButtonProps {
  label: string;
  children: ReactNode;
  /** The items, or a function that makes them when the menu opens. */
  items: readonly MenuItem[] | (() => readonly MenuItem[]);
  /** Omits the arrow that announces a menu. */
  isPlain?: boolean;
  align?: 'start' | 'end';
  /** Called when the menu opens or closes. */
  onOpen?: (isOpen: boolean) => void;
}

export function MenuButton({ label, children, items, align, isPlain = false, onOpen }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Box | null>(null);
  const show = (box: Box | null) => {
    setAt(box);
    onOpen?.(box !== null);
  };
  return (
    <>
      <Button
        ref={button}
        tone="quiet"
        aria-haspopup="menu"
        aria-expanded={at !== null}
        aria-label={label}
        onClick={() => show(at === null ? (button.current?.getBoundingClientRect() ?? null) : null)}
      >
        {children}
        {!isPlain && <ChevronDown size={12} />}
      </Button>
      {at !== null && (
        <Menu
          at={at}
          align={align}
          label={label}
          items={typeof items === 'function' ? items() : items}
          onClose={() => show(null)}
        />
      )}
    </>
  );
}
