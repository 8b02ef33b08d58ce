/** The button beside the text of a search keeps the search with the case, or keeps it no longer. */
import { Bookmark } from 'lucide-react';
import { isSameSearch } from '../../state/notebook-store.ts';
import { useNotebook, useStores } from '../../state/StoresContext.tsx';
import type { SearchText } from '../../state/searches-store.ts';
import { IconButton } from '../../widgets/IconButton.tsx';

export function KeepSearch({ search }: { search: SearchText }) {
  const { notebook } = useStores();
  const isSaved = useNotebook((state) => state.searches.some((each) => isSameSearch(each, search)));
  return (
    <IconButton
      label={isSaved ? 'Saved: do not keep it' : 'Keep this search'}
      isPressed={isSaved}
      icon={<Bookmark size={14} />}
      onClick={() => notebook.getState().toggleSearch(search)}
    />
  );
}
