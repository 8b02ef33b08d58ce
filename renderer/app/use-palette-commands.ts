/**
 * Palette commands are all views, and every action that something on the screen has claimed. Their
 * titles and chords come from the table of keys.
 */
import { useMemo } from 'react';
import { formatChord } from '../base/chords.ts';
import { chordsHere, keyRows } from '../state/keys.ts';
import { useStores } from '../state/StoresContext.tsx';
import type { PaletteCommand } from '../widgets/CommandPalette.tsx';
import { viewChord, views } from './views.ts';

export function usePaletteCommands(): PaletteCommand[] {
  const { actions, navigation, shell } = useStores();
  return useMemo(() => {
    const goTo = views.map((entry, index) => ({
      id: `view-${entry.id}`,
      title: entry.title,
      group: 'View',
      keys: formatChord(viewChord(index), shell.isMac),
      run: () => navigation.navigate({ view: entry.id }),
    }));
    const acts = keyRows
      .filter((row) => row.isHidden !== true && row.isOwnedByList !== true && actions.isClaimed(row.id))
      .map((row) => ({
        id: row.id,
        title: row.title,
        group: row.group,
        keys: chordsHere(row, shell.isMac)
          .slice(0, 1)
          .map((chord) => formatChord(chord, shell.isMac))[0],
        run: () => {
          actions.run(row.id);
        },
      }));
    return [...goTo, ...acts];
  }, [actions, navigation, shell]);
}
