/**
 * The search box holds the text of the global search. Up and Down step through earlier searches,
 * Enter goes to the hits, Ctrl+Enter to the lines, and Esc clears the text.
 */
import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useRef } from 'react';
import { formatChord } from '../../base/chords.ts';
import { chordsOf } from '../../state/keys.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useAction, useFilter, useNavigation, useShell, useStores } from '../../state/StoresContext.tsx';
import type { SearchText } from '../../state/searches-store.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { focusWhenThere } from './focus-when-there.ts';
import { KeepSearch } from './KeepSearch.tsx';
import { QueryError } from './QueryError.tsx';
import { SearchesMenu } from './SearchesMenu.tsx';
import { SearchModes } from './SearchModes.tsx';
import { SyntaxHelp } from './SyntaxHelp.tsx';
import { useSearchHistory } from './use-search-history.ts';

export function SearchBox() {
  const { isMac } = useShell();
  const patch = useFilter((state) => state.patch);
  const { current, badQuery, remember, leave, onKeyDown } = useSearchKeys();
  const { query } = current;
  const isBad = badQuery !== null;
  const box = useRef<HTMLInputElement>(null);
  const id = useId();
  useAction('search-all', () => {
    box.current?.focus();
    box.current?.select();
    return true;
  });
  return (
    <div className={`search-box ${isBad ? 'is-bad' : ''}`}>
      <input
        ref={box}
        className="search-box__input mono"
        aria-label="Search all logs"
        aria-invalid={isBad || undefined}
        aria-describedby={isBad ? `${id}error` : undefined}
        placeholder={`Search all logs … (${formatChord(chordsOf('search-all')[0] ?? '', isMac)})`}
        spellCheck={false}
        autoComplete="off"
        maxLength={100_000}
        value={query}
        onChange={(event) => {
          leave();
          patch({ query: event.target.value });
        }}
        onKeyDown={onKeyDown}
        onBlur={remember}
      />
      {query !== '' && (
        <>
          <IconButton
            label="Clear the search text"
            icon={<X size={14} />}
            onClick={() => {
              remember();
              patch({ query: '' });
              box.current?.focus();
            }}
          />
          <KeepSearch search={current} />
        </>
      )}
      <SearchesMenu />
      <span className="search-box__line" />
      <SearchModes />
      <SyntaxHelp />
      {badQuery !== null && <QueryError id={`${id}error`} query={query} message={badQuery} />}
    </div>
  );
}

/** The text of the search, what is wrong with it, and what the keys do with it. */
function useSearchKeys() {
  const { searches } = useStores();
  const navigation = useNavigation();
  const query = useFilter((state) => state.filter.query);
  const mode = useFilter((state) => state.filter.mode);
  const matchCase = useFilter((state) => state.filter.matchCase);
  const patch = useFilter((state) => state.patch);
  const search = useGlobalSearch();
  const current: SearchText = { query, mode, matchCase };
  const { recall, leave } = useSearchHistory(current);
  const badQuery = search.error?.code === 'bad_query' && !search.isStale ? search.error.message : null;
  const remember = () => {
    if (badQuery === null) searches.getState().remember(current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowUp') recall(1);
    else if (event.key === 'ArrowDown') recall(-1);
    else if (event.key === 'Enter') {
      remember();
      if (query.trim() === '' || badQuery !== null) return;
      navigation.navigate({ view: 'logs' });
      const toLines = event.ctrlKey || event.metaKey;
      focusWhenThere(toLines ? '.lines-pane [role="grid"]' : '.hits-pane [role="grid"]');
    } else if (event.key === 'Escape' && query !== '' && !search.isRunning) patch({ query: '' });
    else return;
    event.preventDefault();
  };
  return { current, badQuery, remember, leave, onKeyDown };
}
