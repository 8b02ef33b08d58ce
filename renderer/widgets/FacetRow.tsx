/** A facet row is one value of a facet, with the buttons that include and exclude it. */
import { Minus, Plus } from 'lucide-react';
import { formatCompact } from '../base/format.ts';
import type { FacetOption } from './facet-values.ts';

export interface FacetRowProps {
  id: string;
  option: FacetOption<string | number>;
  isIn: boolean;
  isOut: boolean;
  /** The keys act on this row. */
  isMarked: boolean;
  onToggle: (side: 'include' | 'exclude') => void;
}

export function FacetRow({ id, option, isIn, isOut, isMarked, onToggle }: FacetRowProps) {
  return (
    <li
      id={id}
      className={`facet-panel__row ${isIn ? 'is-in' : ''} ${isOut ? 'is-out' : ''} ${isMarked ? 'is-marked' : ''}`}
    >
      <button
        type="button"
        className="facet-panel__side"
        aria-label={`Only ${option.label}`}
        aria-pressed={isIn}
        onClick={() => onToggle('include')}
      >
        <Plus size={12} />
      </button>
      <button
        type="button"
        className="facet-panel__side"
        aria-label={`Not ${option.label}`}
        aria-pressed={isOut}
        onClick={() => onToggle('exclude')}
      >
        <Minus size={12} />
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        className="facet-panel__label"
        onClick={() => onToggle(isOut ? 'exclude' : 'include')}
      >
        {option.icon}
        <span className="ellipsis">{option.label}</span>
      </button>
      <span className="number soft">{option.count === undefined ? '' : formatCompact(option.count)}</span>
    </li>
  );
}
