/** The active row of the table of mini-batches stays in sight. Other rows have no active one. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useView } from '../../state/StoresContext.tsx';
import { useLatest } from '../../state/use-latest.ts';
import type { VirtualRowsHandle } from '../../widgets/VirtualRows.tsx';

/** `key` identifies the rows. */
export function useActiveRow(handle: RefObject<VirtualRowsHandle | null>, key: string | null) {
  const [active, setActive] = useState<number | null>(null);

  // A new question has new rows: scroll to the top and activate no row.
  const lastKey = useRef(key);
  useEffect(() => {
    if (lastKey.current === key) return;
    lastKey.current = key;
    setActive(null);
    handle.current?.scrollToRow(0, 'start');
  }, [key, handle]);

  // The drawer takes height from the table, so scroll the active row back into view.
  const isDrawerOpen = useView((state) => state.drawer);
  const latestActive = useLatest(active);
  useEffect(() => {
    if (!isDrawerOpen) return;
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (latestActive.current !== null) handle.current?.scrollToRow(latestActive.current);
      }),
    );
    return () => cancelAnimationFrame(frame);
  }, [isDrawerOpen, latestActive, handle]);
  return [active, setActive] as const;
}
