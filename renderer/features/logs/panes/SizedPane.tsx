/** A sized pane is the tree, the second file or the hits, with the splitter that resizes it. */
import type { ReactNode } from 'react';
import { PaneSplitter } from './PaneSplitter.tsx';
import { paneBounds, usePaneSize } from './pane-sizes.ts';

type SizedPaneId = 'tree' | 'beside' | 'hits';

/** The names of the regions, between which a key moves the focus. */
const regions: Record<SizedPaneId, string> = { tree: 'tree', beside: 'second file', hits: 'hits' };

export function SizedPane({ id, children }: { id: SizedPaneId; children: ReactNode }) {
  const { px } = usePaneSize(id);
  const { isAfter, direction } = paneBounds[id];
  const style = direction === 'vertical' ? { [`--${id}-width`]: `${px}px` } : { height: px };
  return (
    <>
      {isAfter && <PaneSplitter id={id} />}
      <div className={`logs__${id}`} style={style} data-region={regions[id]}>
        {children}
      </div>
      {!isAfter && <PaneSplitter id={id} />}
    </>
  );
}
