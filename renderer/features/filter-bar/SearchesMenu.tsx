/**
 * The searches menu lists the searches that a person keeps in the notebook, then the recent ones. A
 * choice puts the text and its mode back into the search box.
 */
import { Bookmark, History } from 'lucide-react';
import { useRef, useState } from 'react';
import { safeText } from '../../base/safe-text.ts';
import { useFilter, useNotebook, useSearches, useStores } from '../../state/StoresContext.tsx';
import type { SearchText } from '../../state/searches-store.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Menu, type MenuItem } from '../../widgets/Menu.tsx';
import type { Box } from '../../widgets/place-at.ts';

const MOST_SHOWN = 15;
const modeWords: Record<SearchText['mode'], string | undefined> = { words: undefined, regex: '.*', fixed: '“”' };

export function SearchesMenu() {
  const { searches } = useStores();
  const recent = useSearches((state) => state.recent);
  const saved = useNotebook((state) => state.searches);
  const patch = useFilter((state) => state.patch);
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Box | null>(null);
  const itemOf = (text: SearchText, group: 'saved' | 'recent', index: number): MenuItem => ({
    id: `${group}${index}`,
    title: safeText(text.query),
    icon: group === 'saved' ? <Bookmark size={14} /> : <History size={14} />,
    keys: modeWords[text.mode],
    startsGroup: group === 'recent' && index === 0 && saved.length > 0,
    run: () => patch(text),
  });
  const items = [
    ...saved.map((text, index) => itemOf(text, 'saved', index)),
    ...recent.slice(0, MOST_SHOWN).map((text, index) => itemOf(text, 'recent', index)),
  ];
  if (recent.length > 0) {
    items.push({
      id: 'forget',
      title: 'Forget the searches before',
      startsGroup: true,
      run: () => searches.getState().forgetRecent(),
    });
  }
  return (
    <>
      <IconButton
        ref={button}
        label="Searches: kept and recent"
        icon={<History size={14} />}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={() => setAt(button.current?.getBoundingClientRect() ?? null)}
      />
      {at !== null && (
        <Menu
          at={at}
          align="end"
          label="Searches"
          title={items.length === 0 ? 'Nothing was searched yet.' : undefined}
          items={items}
          onClose={() => setAt(null)}
        />
      )}
    </>
  );
}
