/**
 * The menu of a line opens at the pointer or, from the keyboard, at the line itself. The hook
 * remembers for which line it is open; `LineMenu.tsx` has its entries.
 */
import { type MouseEvent, type ReactNode, useCallback, useState } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { MenuItem } from '../../../widgets/Menu.tsx';
import { type Box, pointBox } from '../../../widgets/place-at.ts';
import { selectedText } from '../model/line-actions.ts';
import type { FilesView } from '../model/use-files.ts';
import { LineMenu } from './LineMenu.tsx';

/** Returns the menu of a line: pass `open` to the list and draw `menu`. */
export function useLineMenu(rowAt: (index: number) => LineRow | undefined, files: FilesView) {
  const [shown, setShown] = useState<{
    at: Box;
    row: LineRow;
    text: string | null;
    rowItems: readonly MenuItem[];
  } | null>(null);
  const open = useCallback(
    (event: MouseEvent, index: number, rowItems: readonly MenuItem[]) => {
      const row = rowAt(index);
      if (row === undefined) return;
      // From the keyboard there is no pointer, and the event carries the place of the list.
      const box = event.button === 2 ? pointBox(event.clientX, event.clientY) : boxOf(event.currentTarget, index);
      setShown({ at: box, row, text: selectedText(), rowItems });
    },
    [rowAt],
  );
  const menu: ReactNode = shown === null ? null : <LineMenu {...shown} files={files} onClose={() => setShown(null)} />;
  return { open, menu };
}

function boxOf(list: Element, index: number): Box {
  return (list.querySelector(`[data-index="${index}"]`) ?? list).getBoundingClientRect();
}
