import { useRef } from 'react';
import { formatCount } from '../../base/format.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useAction, useFilter } from '../../state/StoresContext.tsx';
import './filter-bar.css';

/** The one filter, above every view. */
export function FilterBar() {
  const query = useFilter((state) => state.filter.query);
  const patch = useFilter((state) => state.patch);
  const search = useGlobalSearch();
  const box = useRef<HTMLInputElement>(null);
  useAction('search-all', () => {
    box.current?.select();
    return true;
  });
  return (
    <search className="filter-bar" data-region="filter">
      <input
        ref={box}
        className="text-box mono"
        aria-label="Search all logs"
        placeholder="Search all logs …"
        value={query}
        onChange={(event) => patch({ query: event.target.value })}
      />
      <span className="filter-bar__count soft" role="status">
        {search.state !== null && `${formatCount(search.total, 'line')}${search.isRunning ? ' so far' : ''}`}
      </span>
    </search>
  );
}
