/**
 * The hits pane lists the lines that the filter lets through, across all files. It follows the
 * lines pane and leads it: a hit selected here appears there, and a line selected there is found
 * here.
 */
import { useRef, useState } from 'react';
import type { LineKey } from '../../../state/location.ts';
import { useGlobalSearch } from '../../../state/SearchContext.tsx';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { createRangeStore } from '../lines/range-store.ts';
import { useLineMenu } from '../lines/use-line-menu.tsx';
import type { FilesView } from '../model/use-files.ts';
import { HitList } from './HitList.tsx';
import { HitsHeader } from './HitsHeader.tsx';
import { NoHits } from './NoHits.tsx';
import { useHitCursor } from './use-hit-cursor.ts';
import { useHitKeys } from './use-hit-keys.ts';
import './hits-pane.css';

export interface HitsPaneProps {
  files: FilesView;
  /** The line of the cursor in the lines pane. */
  current: LineKey | null;
}

export function HitsPane({ files, current }: HitsPaneProps) {
  const search = useGlobalSearch();
  const handle = useRef<VirtualRowsHandle>(null);
  const [range] = useState(createRangeStore);
  const cursor = useHitCursor(search, current, range, handle);
  useHitKeys(search, cursor.step);
  const { open, menu } = useLineMenu(search.rowAt, files);
  const { error, total } = search;
  return (
    <section className="hits-pane" aria-label="Hits">
      <HitsHeader search={search} files={files} at={cursor.active} onStep={cursor.step} />
      <div className="hits-pane__body">
        {error !== null && !(error.code === 'no_search' && total > 0) ? (
          <ErrorBox error={error} />
        ) : total === 0 ? (
          <NoHits search={search} />
        ) : (
          <HitList search={search} files={files} cursor={cursor} range={range} onMenu={open} handle={handle} />
        )}
      </div>
      {menu}
    </section>
  );
}
