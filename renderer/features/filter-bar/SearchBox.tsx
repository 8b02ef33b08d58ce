/**
 * The search box holds the text of the global search. Up and Down step through earlier searches,
 * Enter goes to the hits, Ctrl+Enter to the lines, and Esc clears the text.
 */
import { Bookmark, X } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { formatChord } from '../../base/chords.ts';
import { chordsOf } from '../../state/keys.ts';
import { isSameSearch } from '../../state/notebook-store.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useAction, useFilter, useNavigation, useNotebook, useShell, useStores } from '../../state/StoresContext.tsx';
import type { SearchText } from '../../state/searches-store.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { focusWhenThere } from './focus-when-there.ts';
import { QueryError } from './QueryError.tsx';
import { SearchesMenu } from './SearchesMenu.tsx';
import { SearchModes } from './SearchModes.tsx';
import { SyntaxHelp } from './SyntaxHelp.tsx';

export function SearchBox() {
  const { searches, notebook } = useStores();
  const navigation = useNavigation();
  const { isMac } = useShell();
  const query = useFilter((state) => state.filter.query);
  const mode = useFilter((state) => state.filter.mode);
  const matchCase = useFilter((state) => state.filter.matchCase);
  const patch = useFilter((state) => state.patch);
  const saved = useNotebook((state) => state.searches);
  const search = useGlobalSearch();
  const box = useRef<HTMLInputElement>(null);
  const id = useId();
  /** The position in the history. −1 is the text being typed, which `draft` keeps. */
  const [at, setAt] = useState(-1);
  const draft = useRef<SearchText>({ query, mode, matchCase });
  const current: SearchText = { query, mode, matchCase };
  const isSaved = saved.some((each) => isSameSearch(each, current));
  const isBad = search.error?.code === 'bad_query' && !search.isStale;

  useAction('search-all', () => {
    box.current?.focus();
    box.current?.select();
    return true;
  });
  const remember = () => {
    if (!isBad) searches.getState().remember(current);
  };
  const recall = (step: number) => {
    const { recent } = searches.getState();
    const next = Math.min(Math.max(at + step, -1), recent.length - 1);
    if (next === at) return;
    if (at === -1) draft.current = current;
    setAt(next);
    patch(next === -1 ? draft.current : (recent[next] ?? draft.current));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowUp') recall(1);
    else if (event.key === 'ArrowDown') recall(-1);
    else if (event.key === 'Enter') {
      remember();
      if (query.trim() === '' || isBad) return;
      navigation.navigate({ view: 'logs' });
      const toLines = event.ctrlKey || event.metaKey;
      focusWhenThere(toLines ? '.lines-pane [role="grid"]' : '.hits-pane [role="grid"]');
    } else if (event.key === 'Escape' && query !== '' && !search.isRunning) patch({ query: '' });
    else return;
    event.preventDefault();
  };
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
          setAt(-1);
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
          <IconButton
            label={isSaved ? 'Saved: do not keep it' : 'Keep this search'}
            isPressed={isSaved}
            icon={<Bookmark size={14} />}
            onClick={() => notebook.getState().toggleSearch(current)}
          />
        </>
      )}
      <SearchesMenu />
      <span className="search-box__line" />
      <SearchModes />
      <SyntaxHelp />
      {isBad && search.error !== null && <QueryError id={`${id}error`} query={query} message={search.error.message} />}
    </div>
  );
}
