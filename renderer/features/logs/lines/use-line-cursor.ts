/**
 * The line cursor is the pane's current line, which is the selected line of the whole window.
 * Moving the cursor selects the line, and a selection elsewhere moves the cursor.
 */
import { type RefObject, useState } from 'react';
import type { LineKey } from '../../../state/location.ts';
import { useSteady } from '../../../state/use-steady.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { type FoldMap, lineOfRow, rowOfLine } from '../model/fold-map.ts';
import type { LineStream } from '../model/stream.ts';
import { createAgreement } from './cursor-step.ts';
import { useCursorPlace } from './use-cursor-place.ts';
import { useFollowSelection } from './use-follow-selection.ts';
import { useSelectLine } from './use-select-line.ts';

export interface LineCursor {
  /** The row on the screen, or null while it is unknown. */
  active: number | null;
  onActive: (row: number) => void;
  /** Moves the cursor to a line of the stream and scrolls it into view. */
  goTo: (index: number) => void;
  /** Reports that the list has been measured. */
  onMeasured: () => void;
}

export function useLineCursor(
  stream: LineStream | null,
  folds: FoldMap,
  current: LineKey | null,
  handle: RefObject<VirtualRowsHandle | null>,
  isInView: (row: number) => boolean,
): LineCursor {
  const [agreed] = useState(createAgreement);
  const { index, put, jump, onMeasured } = useCursorPlace(stream, folds, handle, isInView);
  useFollowSelection(stream, current, jump, agreed);
  const { select } = useSelectLine(stream, index, agreed);

  const { onActive, goTo } = useSteady({
    onActive: (row: number) => {
      const at = lineOfRow(folds, row);
      put(at);
      select(at);
    },
    goTo: (at: number) => {
      jump(at);
      select(at);
    },
  });
  return { active: index === null ? null : rowOfLine(folds, index), onActive, goTo, onMeasured };
}
