import { ChevronDown } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { Menu, type MenuItem } from './Menu.tsx';
import type { Box } from './place-at.ts';

export interface MenuButtonProps {
  label: string;
  children: ReactNode;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
}

export function MenuButton({ label, children, items, align }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Box | null>(null);
  return (
    <>
      <Button
        ref={button}
        tone="quiet"
        aria-haspopup="menu"
        aria-expanded={at !== null}
        aria-label={label}
        onClick={() => setAt(at === null ? (button.current?.getBoundingClientRect() ?? null) : null)}
      >
        {children}
        <ChevronDown size={12} />
      </Button>
      {at !== null && <Menu at={at} align={align} label={label} items={items} onClose={() => setAt(null)} />}
    </>
  );
}
