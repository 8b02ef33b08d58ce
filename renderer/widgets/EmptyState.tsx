/**
 * An empty state takes the place of a list without rows. It says why, names the filters that cause
 * it, and has buttons that lift them.
 */
import type { ReactNode } from 'react';
import { facetRow } from '../../electron/contract/facets.ts';
import { activeParts, type FilterPart } from '../state/filter.ts';
import { useFilter } from '../state/StoresContext.tsx';
import { Button } from './Button.tsx';
import './small.css';

export interface EmptyStateProps {
  /** “No line matches.” */
  title: string;
  /** The reason, and what to do about it. */
  children?: ReactNode;
  /** The filter narrows the list: name the active filters, with buttons that lift them. */
  isFiltered?: boolean;
  actions?: ReactNode;
}

export function partWord(part: FilterPart): string {
  if (part === 'query') return 'search text';
  if (part === 'level') return 'level';
  if (part === 'time') return 'time range';
  return facetRow(part).label.toLowerCase();
}

export function EmptyState({ title, children, isFiltered = false, actions }: EmptyStateProps) {
  const filter = useFilter((state) => state.filter);
  const lift = useFilter((state) => state.lift);
  const parts = isFiltered ? activeParts(filter) : [];
  return (
    <div className="empty-state">
      <p className="empty-state__title">{title}</p>
      {children !== undefined && <div className="empty-state__text">{children}</div>}
      {parts.length > 0 && <p className="empty-state__text">Filtered by {parts.map(partWord).join(', ')}.</p>}
      {(parts.length > 0 || actions !== undefined) && (
        <div className="empty-state__actions">
          {actions}
          {parts.map((part) => (
            <Button key={part} onClick={() => lift(part)}>
              Clear the {partWord(part)}
            </Button>
          ))}
          {parts.length > 1 && <Button onClick={() => lift()}>Clear all filters</Button>}
        </div>
      )}
    </div>
  );
}
