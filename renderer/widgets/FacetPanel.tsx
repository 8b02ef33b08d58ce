/**
 * A facet panel lists the values of a facet and finds some of them. Arrows move through the values,
 * Enter includes one, Shift+Enter excludes it.
 */
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { Button } from './Button.tsx';
import { FacetRow } from './FacetRow.tsx';
import { type FacetValues, foundOptions } from './facet-values.ts';
import { Popover } from './Popover.tsx';
import type { Box } from './place-at.ts';

export interface FacetChoice<V extends string | number> extends FacetValues<V> {
  label: string;
  onToggle: (value: V, side: 'include' | 'exclude') => void;
  onClear: () => void;
  /** The options have not arrived yet. */
  isLoading: boolean;
  /** The engine is still counting. */
  isCounting?: boolean;
}

export interface FacetPanelProps<V extends string | number> extends FacetChoice<V> {
  at: Box;
  onClose: () => void;
}

/** More options than anybody reads; the search box finds the rest. */
const MOST_SHOWN = 300;

export function FacetPanel<V extends string | number>(props: FacetPanelProps<V>) {
  const { label, include, exclude, onToggle } = props;
  const id = useId();
  const list = useFacetList(props, id);
  const { text, found, shown, marked } = list;
  return (
    <Popover at={props.at} label={`Filter by ${label}`} onClose={props.onClose} className="facet-panel">
      <div className="facet-panel__head">
        <input
          className="text-box"
          aria-controls={`${id}list`}
          aria-activedescendant={shown.length > 0 ? `${id}${marked}` : undefined}
          aria-label={`Find a value of ${label}`}
          placeholder={`Find ${label.toLowerCase()} …`}
          value={text}
          onChange={(event) => list.type(event.target.value)}
          onKeyDown={list.onKeyDown}
        />
        <Button tone="quiet" disabled={include.length + exclude.length === 0} onClick={props.onClear}>
          Clear
        </Button>
      </div>
      <ul id={`${id}list`} className="facet-panel__list" aria-label={`Values of ${label}`}>
        {shown.map((option, index) => (
          <FacetRow
            key={option.value}
            id={`${id}${index}`}
            option={option}
            isIn={include.includes(option.value)}
            isOut={exclude.includes(option.value)}
            isMarked={index === marked}
            onToggle={(side) => onToggle(option.value, side)}
          />
        ))}
      </ul>
      {found.length === 0 && !props.isLoading && (
        <p className="facet-panel__note">{text === '' ? 'The logs name none.' : 'No match.'}</p>
      )}
      {found.length > MOST_SHOWN && (
        <p className="facet-panel__note">{found.length - MOST_SHOWN} more: type to find them.</p>
      )}
      {props.isCounting === true && <p className="facet-panel__note">Counts so far; still counting.</p>}
    </Popover>
  );
}

/** Finds values by a text, and moves through them by keys. `id` begins the ids of the rows. */
function useFacetList<V extends string | number>(
  { options, include, exclude, parse, onToggle }: FacetChoice<V>,
  id: string,
) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(
    () => foundOptions({ options, include, exclude, parse }, text),
    [options, include, exclude, parse, text],
  );
  const shown = found.slice(0, MOST_SHOWN);
  const marked = Math.min(at, shown.length - 1);
  useEffect(() => {
    document.getElementById(`${id}${marked}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, marked]);
  const type = (next: string) => {
    setText(next);
    setAt(0);
  };
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
  return { text, type, found, shown, marked, onKeyDown };
}
