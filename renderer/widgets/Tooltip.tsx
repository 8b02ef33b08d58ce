/**
 * A tooltip is a short text that appears at an element on hover or focus. The element has its own
 * name (`aria-label`), so the tooltip is only for the eye. Text that everybody needs belongs on the
 * page.
 */
import { type ReactNode, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { placeAt } from './place-at.ts';
import './tooltip.css';

const DELAY_MS = 400;

export function Tooltip({ text, keys, children }: { text: string; keys?: string; children: ReactNode }) {
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shown, setShown] = useState<{ box: DOMRect; root: Element } | null>(null);
  const show = (delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const element = anchor.current?.firstElementChild;
      // A dialog covers everything outside it, so the text must lie inside.
      if (element != null)
        setShown({ box: element.getBoundingClientRect(), root: element.closest('dialog') ?? document.body });
    }, delay);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setShown(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches its child
    <span
      ref={anchor}
      className="tooltip-anchor"
      onPointerEnter={() => show(DELAY_MS)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => (event.target.matches(':focus-visible') ? show(0) : undefined)}
      onBlur={hide}
    >
      {children}
      {shown !== null &&
        createPortal(
          <div
            className="tooltip"
            aria-hidden="true"
            ref={(element) => {
              if (element !== null) placeAt(element, shown.box, 'below');
            }}
          >
            {text}
            {keys !== undefined && <kbd>{keys}</kbd>}
          </div>,
          shown.root,
        )}
    </span>
  );
}
