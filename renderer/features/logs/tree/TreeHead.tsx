/**
 * The head of the tree chooses how the files are arranged, leaves out files without hits, and hides
 * the tree.
 */
import { ListFilter, PanelLeftClose } from 'lucide-react';
import { memo } from 'react';
import { formatChord } from '../../../base/chords.ts';
import { useShell } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import { type TreeMode, treeModes } from './tree-model.ts';

const modeWords: Record<TreeMode, string> = { node: 'Node', kind: 'Kind', folder: 'Folder' };

export const TreeHead = memo(function TreeHead({ isSearched }: { isSearched: boolean }) {
  const store = useLogsStore();
  const mode = useLogs((state) => state.treeMode);
  const onlyHits = useLogs((state) => state.onlyHits);
  const { isMac } = useShell();
  return (
    <header className="file-tree__head">
      <fieldset className="file-tree__modes" aria-label="Arrange files by">
        {treeModes.map((each) => (
          <Button
            key={each}
            tone="quiet"
            isPressed={mode === each}
            onClick={() => store.getState().set({ treeMode: each })}
          >
            {modeWords[each]}
          </Button>
        ))}
      </fieldset>
      {isSearched && (
        <IconButton
          label="Only files with hits"
          icon={<ListFilter size={14} />}
          isPressed={onlyHits}
          onClick={() => store.getState().set({ onlyHits: !onlyHits })}
        />
      )}
      <IconButton
        label="Hide the tree of files"
        keys={formatChord('Mod+B', isMac)}
        icon={<PanelLeftClose size={14} />}
        onClick={() => store.getState().set({ isTreeOpen: false })}
      />
    </header>
  );
});
