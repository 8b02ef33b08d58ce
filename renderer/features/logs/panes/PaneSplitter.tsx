/** The splitter of a pane resizes it within its bounds. */
import { Splitter } from '../../../widgets/Splitter.tsx';
import { type PaneId, paneBounds, usePaneSize } from './pane-sizes.ts';

export function PaneSplitter({ id }: { id: PaneId }) {
  const { label, direction, isAfter, usualPx, leastPx, mostPx } = paneBounds[id];
  const { px, resize } = usePaneSize(id);
  return (
    <Splitter
      label={label}
      direction={direction}
      isAfter={isAfter}
      size={px}
      min={leastPx}
      max={mostPx}
      onResize={resize}
      onReset={() => resize(usualPx)}
    />
  );
}
