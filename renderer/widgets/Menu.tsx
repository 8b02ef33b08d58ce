/**
 * A menu is a list of actions that hangs from a control. Arrows, Home, End and first letters move;
 * Enter and Space choose; Esc closes.
 */
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: the role, set at run time, supports it
import { Check } from 'lucide-react';
import { Fragment, type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Popover } from './Popover.tsx';
import type { Box } from './place-at.ts';

export interface MenuItem {
  id: string;
  title: string;
  icon?: ReactNode;
  keys?: string;
  /** Makes the item a choice that is on or off. */
  isChecked?: boolean;
  isDisabled?: boolean;
  /** Draws a line above the item. */
  startsGroup?: boolean;
  run: () => void;
}

export interface MenuProps {
  at: Box;
  align?: 'start' | 'end';
  label: string;
  /** The subject of the menu, written above it. */
  title?: ReactNode;
  items: readonly MenuItem[];
  onClose: () => void;
}

export function Menu({ at, align, label, title, items, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])];
    const focused = document.activeElement;
    const at = focused instanceof HTMLButtonElement ? buttons.indexOf(focused) : -1;
    const focus = (index: number) => buttons[(index + buttons.length) % buttons.length]?.focus();
    if (event.key === 'ArrowDown') focus(at + 1);
    else if (event.key === 'ArrowUp') focus(at < 0 ? -1 : at - 1);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(-1);
    else if (/^\w$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const letter = event.key.toLowerCase();
      const after = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
      after.find((button) => button.dataset.title?.toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Popover at={at} align={align} label={label} role="menu" onClose={onClose}>
      <div ref={list} role="none" onKeyDown={onKeyDown}>
        {title !== undefined && (
          <div className="menu__title ellipsis" role="none">
            {title}
          </div>
        )}
        {items.map((item) => (
          <Fragment key={item.id}>
            {item.startsGroup === true && <hr className="menu__line" />}
            <button
              type="button"
              role={item.isChecked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              aria-checked={item.isChecked}
              disabled={item.isDisabled}
              data-title={item.title}
              className="menu__item"
              onClick={() => {
                onClose();
                item.run();
              }}
            >
              <span className="menu__icon">{item.isChecked === true ? <Check size={14} /> : item.icon}</span>
              <span className="menu__text">{item.title}</span>
              {item.keys !== undefined && <span className="menu__keys">{item.keys}</span>}
            </button>
          </Fragment>
        ))}
      </div>
    </Popover>
  );
}
