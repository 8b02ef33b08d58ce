/**
 * A value is a node, a process, a time or the like, anywhere in the window. A click or a right
 * click opens a menu of what can be done with it; see `value-actions.tsx`.
 */
import { type ReactNode, useContext, useRef, useState } from 'react';
import { useStores } from '../state/StoresContext.tsx';
import { Menu } from './Menu.tsx';
import { type Box, pointBox } from './place-at.ts';
import { RowItemsContext } from './row-items.tsx';
import { SafeText } from './SafeText.tsx';
import { type ValueOf, valueActions, valueText } from './value-actions.tsx';
import './small.css';

export interface ValueProps {
  value: ValueOf;
  /** The content to draw; by default the value's text. */
  children?: ReactNode;
  /** Takes the control out of the Tab order, for lists, whose rows open the menu with Shift+F10. */
  isInList?: boolean;
}

export function Value({ value, children, isInList = false }: ValueProps) {
  const stores = useStores();
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Box | null>(null);
  const rowItemsFor = useContext(RowItemsContext);
  const text = valueText(value);
  /** In a list, the items of the row follow those of the value. */
  const itemsOfRow = () => {
    const index = button.current?.closest<HTMLElement>('[data-index]')?.dataset.index;
    return rowItemsFor === null || index === undefined ? [] : rowItemsFor(Number(index));
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="value"
        aria-haspopup="menu"
        aria-expanded={at !== null}
        tabIndex={isInList ? -1 : undefined}
        onClick={(event) => {
          event.stopPropagation();
          setAt(button.current?.getBoundingClientRect() ?? null);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setAt(pointBox(event.clientX, event.clientY));
        }}
      >
        {children ?? <SafeText text={text} />}
      </button>
      {at !== null && (
        <Menu
          at={at}
          label={`Actions for ${text}`}
          title={<SafeText text={text} />}
          items={[...valueActions(value, stores), ...itemsOfRow()]}
          onClose={() => setAt(null)}
        />
      )}
    </>
  );
}
