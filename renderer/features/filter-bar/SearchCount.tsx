/**
 * The search count says how many lines the filter finds, during the search and after it. A click on
 * the count shows the lines; a click on the time shows how the engine found them.
 */
import { useState } from 'react';
import { formatCount, formatDuration, formatNumber, formatPercent } from '../../base/format.ts';
import { activeParts } from '../../state/filter.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useAction, useCase, useFilter } from '../../state/StoresContext.tsx';
import { useSearch } from '../../state/use-search.ts';
import { Button } from '../../widgets/Button.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { ExplainDialog } from './ExplainDialog.tsx';

export function SearchCount() {
  const search = useGlobalSearch();
  const lines = useCase((state) => state.info?.lines ?? null);
  const isFiltered = useFilter((each) => activeParts(each.filter).length > 0);
  const [isExplained, setIsExplained] = useState(false);
  const { state, isRunning, error } = search;
  const halt = () => {
    search.halt();
    return true;
  };
  const explain = () => {
    setIsExplained(true);
    return true;
  };
  useAction('escape', isRunning ? halt : null);
  useAction('explain', state === null ? null : explain);

  if (error !== null && error.code === 'bad_query') {
    return <span className="search-count search-count--bad">cannot be read</span>;
  }
  if (state === null && isFiltered && error === null && !isRunning) {
    return (
      <span className="search-count">
        <GoTo to={{ view: 'logs' }} className="search-count__link">
          Show the lines
        </GoTo>
      </span>
    );
  }
  if (state === null) {
    const isQuiet = error === null && !isRunning && lines !== null && lines > 0;
    return (
      <span className="search-count faint" role="status">
        {error !== null && error.kind !== 'cancelled' ? error.message : isQuiet ? formatCount(lines, 'line') : ''}
      </span>
    );
  }
  const facts: string[] = [];
  if (isRunning) facts.push(`searching ${formatPercent(Math.floor(state.progress * 100) / 100)}`, 'Esc stops');
  else if (!state.complete) facts.push('stopped');
  else facts.push(formatDuration(state.milliseconds / 1e3));
  if (state.indexed < 1) facts.push(`${formatPercent(Math.floor(state.indexed * 100) / 100)} indexed`);
  const { suggestion } = state;
  return (
    <span className="search-count" role="status">
      <GoTo to={{ view: 'logs' }} className="search-count__link" title="Show the lines">
        <strong>{formatNumber(search.total)}</strong> {search.total === 1 ? 'line' : 'lines'} in{' '}
        {formatCount(state.files, 'file')}
      </GoTo>
      {state.error !== null ? (
        <span className="search-count--bad" title={state.error}>
          {state.error}
        </span>
      ) : (
        <button type="button" className="search-count__facts" title="How the search was done" onClick={explain}>
          · {facts.join(' · ')}
        </button>
      )}
      {suggestion !== null && state.complete && <LongerWords suggestion={suggestion} found={search.total} />}
      {isExplained && <ExplainDialog searchId={state.searchId} onClose={() => setIsExplained(false)} />}
    </span>
  );
}

/**
 * Offers lines that contain the words only as parts of longer words, if there are any. `found` is
 * the number of lines with the words themselves.
 */
function LongerWords({ suggestion, found }: { suggestion: string; found: number }) {
  const filter = useFilter((state) => state.filter);
  const patch = useFilter((state) => state.patch);
  const wider = useSearch({ ...filter, query: suggestion, mode: 'words' }, 'file');
  const more = wider.isStale || wider.isRunning ? 0 : wider.total - found;
  if (more <= 0) return null;
  return (
    <Button
      className="search-count__try"
      title={`Search for ${suggestion}`}
      onClick={() => patch({ query: suggestion, mode: 'words' })}
    >
      {formatNumber(more)} more within longer words
    </Button>
  );
}
