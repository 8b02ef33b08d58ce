/**
 * The panel of the lines hangs from their header: the go-to box, the marks, or the coloured words.
 */
import { type RefObject, useMemo } from 'react';
import { useView } from '../../../state/StoresContext.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { MarksPanel } from '../marks/MarksPanel.tsx';
import { WordsPanel } from '../marks/WordsPanel.tsx';
import { lineOfRow } from '../model/fold-map.ts';
import type { GoTo } from '../model/go-to.ts';
import { goToTime } from '../model/stream.ts';
import type { FilesView } from '../model/use-files.ts';
import { GoToBox } from './GoToBox.tsx';
import { timesOf } from './lines-scale.ts';
import type { LineCursor } from './use-line-cursor.ts';
import type { PaneLines } from './use-pane-lines.ts';
import type { PanelName } from './use-pane-tools.ts';

export interface LinesPanelProps {
  which: PanelName;
  at: Box;
  files: FilesView;
  lines: PaneLines;
  cursor: LineCursor;
  handle: RefObject<VirtualRowsHandle | null>;
  onClose: () => void;
}

export function LinesPanel({ which, ...props }: LinesPanelProps) {
  const { at, files, onClose } = props;
  if (which === 'marks') return <MarksPanel at={at} files={files} onClose={onClose} />;
  if (which === 'words') return <WordsPanel at={at} onClose={onClose} />;
  return <GoToPanel {...props} />;
}

const noFiles: readonly number[] = [];

/** Goes to a line or a time, and returns the focus to the list. */
function GoToPanel({ at, files, lines, cursor, handle, onClose }: Omit<LinesPanelProps, 'which'>) {
  const { stream, total, merged, folds } = lines;
  const { active, goTo } = cursor;
  const zone = useView((state) => state.zone);
  const fileIds = stream?.fileIds ?? noFiles;
  const times = useMemo(() => timesOf(fileIds, files), [fileIds, files]);
  const context = {
    total: total ?? 0,
    line: (active === null ? 0 : lineOfRow(folds.map, active)) + 1,
    zone,
    isMerged: merged !== null,
    ...times,
  };
  const onGo = (to: GoTo) => {
    if (to.to === 'line') goTo(to.line - 1);
    else if (to.to === 'time' && stream !== null) goToTime(stream, to.timeUs, goTo);
    handle.current?.focus();
  };
  return <GoToBox at={at} context={context} onClose={onClose} onGo={onGo} />;
}
