/**
 * A facet dropdown lists the values of one facet. A line passes the filter if it has one of the
 * included values and none of the excluded. The dropdown works for any facet; `FacetBar.tsx` gives
 * it the options.
 */
import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { type FacetChoice, FacetPanel } from './FacetPanel.tsx';
import type { Box } from './place-at.ts';
import './facet-dropdown.css';

export interface FacetDropdownProps<V extends string | number> extends FacetChoice<V> {
  /** Called when the list opens or closes. */
  onOpen: (isOpen: boolean) => void;
}

export function FacetDropdown<V extends string | number>(props: FacetDropdownProps<V>) {
  const { label, include, exclude, onOpen } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Box | null>(null);
  const active = include.length + exclude.length;
  const show = (box: Box | null) => {
    setAt(box);
    onOpen(box !== null);
  };
  return (
    <>
      <Button
        ref={button}
        tone="quiet"
        aria-haspopup="dialog"
        aria-expanded={at !== null}
        className={active > 0 ? 'facet--active' : ''}
        onClick={() => show(at === null ? (button.current?.getBoundingClientRect() ?? null) : null)}
      >
        {label}
        {active > 0 && <span className="facet__badge">{active}</span>}
        <ChevronDown size={12} />
      </Button>
      {at !== null && <FacetPanel {...props} at={at} onClose={() => show(null)} />}
    </>
  );
}
