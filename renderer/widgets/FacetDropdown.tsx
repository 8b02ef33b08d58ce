/**
 * A facet dropdown lists the values of one facet. A line passes the filter if it has one of the
 * included values and none of the excluded. The dropdown works for any facet; `FacetBar.tsx` gives
 * it the options.
 */
import { ChevronDown, Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { foldedText } from '../base/folded-text.ts';
import { formatCompact } from '../base/format.ts';
import { Button } from './Button.tsx';
import { Popover } from './Popover.tsx';
import type { Box } from './place-at.ts';
import './facet-dropdown.css';

export interface FacetOption<V extends string | number> {
  value: V;
  label: string;
  /** Matching lines; undefined if unknown. */
  count?: number;
  icon?: ReactNode;
}

export interface FacetDropdownProps<V extends string | number> {
  label: string;
  options: readonly FacetOption<V>[];
  include: readonly V[];
  exclude: readonly V[];
  onToggle: (value: V, side: 'include' | 'exclude') => void;
  onClear: () => void;
  /** Called when the list opens or closes. */
  onOpen: (isOpen: boolean) => void;
  /** The options have not arrived yet. */
  isLoading: boolean;
  /** The engine is still counting. */
  isCounting?: boolean;
  /**
   * Parses a typed value that is not among the options, such as one of a million mini-batches.
   * Returns null if the text is no value.
   */
  parse?: (text: string) => V | null;
}

/** More options than anybody reads; the search box finds the rest. */
const MOST_SHOWN = 300;

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

function FacetPanel<V extends string | number>(props: FacetDropdownProps<V> & { at: Box; onClose: () => void }) {
  const {
    label,
    options,
    include,
    exclude,
    onToggle,
    onClear,
    isCounting = false,
    isLoading,
    parse,
    at: box,
    onClose,
  } = props;
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const found = useMemo(() => {
    const wanted = foldedText(text.trim());
    const isChosen = (value: V) => include.includes(value) || exclude.includes(value);
    const known = new Set(options.map((option) => option.value));
    const typed = parse?.(text.trim()) ?? null;
    const extra = [...include, ...exclude, ...(typed === null || text.trim() === '' ? [] : [typed])]
      .filter((value, index, all) => !known.has(value) && all.indexOf(value) === index)
      .map((value): FacetOption<V> => ({ value, label: String(value) }));
    const matching = [...extra, ...options].filter((option) => foldedText(option.label).includes(wanted));
    // Keeps chosen options in sight.
    return [
      ...matching.filter((option) => isChosen(option.value)),
      ...matching.filter((option) => !isChosen(option.value)),
    ];
  }, [options, include, exclude, text, parse]);
  const hidden = found.length - MOST_SHOWN;
  const shown = found.slice(0, MOST_SHOWN);
  const marked = Math.min(at, shown.length - 1);
  useEffect(() => {
    document.getElementById(`${id}${marked}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, marked]);
  /** Arrows move through the values, Enter includes one, Shift+Enter excludes it. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const option = shown[marked];
    if (event.key === 'ArrowDown') setAt(Math.min(marked + 1, shown.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(marked - 1, 0));
    else if (event.key === 'Enter' && option !== undefined) {
      onToggle(option.value, event.shiftKey ? 'exclude' : 'include');
      // The chosen value moves to the top, so the active row follows it.
      setAt(0);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Popover at={box} label={`Filter by ${label}`} onClose={onClose} className="facet-panel">
      <div className="facet-panel__head">
        <input
          className="text-box"
          aria-controls={`${id}list`}
          aria-activedescendant={shown.length > 0 ? `${id}${marked}` : undefined}
          aria-label={`Find a value of ${label}`}
          placeholder={`Find ${label.toLowerCase()} …`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Button tone="quiet" disabled={include.length + exclude.length === 0} onClick={onClear}>
          Clear
        </Button>
      </div>
      <ul id={`${id}list`} className="facet-panel__list" aria-label={`Values of ${label}`}>
        {shown.map((option, index) => {
          const isIn = include.includes(option.value);
          const isOut = exclude.includes(option.value);
          return (
            <li
              key={option.value}
              id={`${id}${index}`}
              className={`facet-panel__row ${isIn ? 'is-in' : ''} ${isOut ? 'is-out' : ''} ${index === marked ? 'is-marked' : ''}`}
            >
              <button
                type="button"
                className="facet-panel__side"
                aria-label={`Only ${option.label}`}
                aria-pressed={isIn}
                onClick={() => onToggle(option.value, 'include')}
              >
                <Plus size={12} />
              </button>
              <button
                type="button"
                className="facet-panel__side"
                aria-label={`Not ${option.label}`}
                aria-pressed={isOut}
                onClick={() => onToggle(option.value, 'exclude')}
              >
                <Minus size={12} />
              </button>
              <button
                type="button"
                tabIndex={-1}
                aria-hidden="true"
                className="facet-panel__label"
                onClick={() => onToggle(option.value, isOut ? 'exclude' : 'include')}
              >
                {option.icon}
                <span className="ellipsis">{option.label}</span>
              </button>
              <span className="number soft">{option.count === undefined ? '' : formatCompact(option.count)}</span>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && !isLoading && (
        <p className="facet-panel__note">{text === '' ? 'The logs name none.' : 'No match.'}</p>
      )}
      {hidden > 0 && <p className="facet-panel__note">{hidden} more: type to find them.</p>}
      {isCounting && <p className="facet-panel__note">Counts so far; still counting.</p>}
    </Popover>
  );
}
