/** The filter of the tree is a box for words that the shown files must have. */
import { type KeyboardEvent, useRef } from 'react';
import { formatCount } from '../../../base/format.ts';
import { useAction } from '../../../state/StoresContext.tsx';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';

export interface TreeFilterProps {
  /** How many files there are without the filter. */
  fileCount: number;
  /** Goes to the first file shown. Returns false if there is none. */
  onEnter: () => boolean;
  /** Gives the focus to the rows. */
  onLeave: () => void;
}

export function TreeFilter({ fileCount, onEnter, onLeave }: TreeFilterProps) {
  const store = useLogsStore();
  const filter = useLogs((state) => state.treeFilter);
  const box = useRef<HTMLInputElement>(null);
  useAction('quick-open', () => {
    store.getState().set({ isTreeOpen: true });
    box.current?.select();
    return true;
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      if (!onEnter()) return;
    } else if (event.key === 'ArrowDown') onLeave();
    else if (event.key === 'Escape' && filter !== '') store.getState().set({ treeFilter: '' });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="file-tree__filter">
      <input
        ref={box}
        className="text-box"
        aria-label="Filter the files"
        placeholder={`Filter ${formatCount(fileCount, 'file')} …`}
        value={filter}
        onChange={(event) => store.getState().set({ treeFilter: event.target.value })}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
