/**
 * The lines pane shows the lines of a file, or of several merged, with their header, find bar and
 * ruler. It combines the hooks of this folder, each of which has one concern: cursor, folds, find,
 * matches, time lock.
 */
import { useRef, useState } from 'react';
import type { Filter } from '../../../state/filter.ts';
import type { LineKey } from '../../../state/location.ts';
import { useSelection } from '../../../state/StoresContext.tsx';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import type { TimeLock } from '../model/beside.ts';
import { lineOfRow, rowOfLine } from '../model/fold-map.ts';
import type { FilesView } from '../model/use-files.ts';
import { FindBar } from './FindBar.tsx';
import { LinesHeader } from './LinesHeader.tsx';
import { LinesPanel } from './LinesPanel.tsx';
import { LinesRuler } from './LinesRuler.tsx';
import { PaneLineList } from './PaneLineList.tsx';
import { PendingLines } from './PendingLines.tsx';
import { createRangeStore } from './range-store.ts';
import { useDrawnSearches } from './use-drawn-searches.ts';
import { useFind } from './use-find.ts';
import { useLineCursor } from './use-line-cursor.ts';
import { useLineSteps } from './use-line-steps.ts';
import { usePaneKeys } from './use-pane-keys.ts';
import { usePaneLines } from './use-pane-lines.ts';
import { usePaneTools } from './use-pane-tools.ts';
import { useTimeLock } from './use-time-lock.ts';
import './lines-pane.css';

export interface LinesPaneProps {
  files: FilesView;
  current: LineKey | null;
  /** The global filter while it is on, whose hits in these lines are drawn. */
  filter: Filter | null;
  /** Present if a second file stands beside these lines and scrolls with them. */
  lock: TimeLock | null;
}

export function LinesPane({ files, current, filter, lock }: LinesPaneProps) {
  const handle = useRef<VirtualRowsHandle>(null);
  const [range] = useState(createRangeStore);
  const timeUs = useSelection((state) => state.timeUs);
  const lines = usePaneLines(files, current);
  const { stream, file, folds, total } = lines;
  const { map } = folds;
  const cursor = useLineCursor(stream, map, current, handle, range.has);
  const { active, goTo } = cursor;
  const rowOf = (line: number) => rowOfLine(map, line);
  const lineOf = (row: number) => lineOfRow(map, row);
  const onTouch = useTimeLock({ lock, side: 'first', stream, range, handle, rowOf, lineOf });
  const activeRow = active === null ? undefined : lines.rowAt(active);
  const find = useFind(stream, current, activeRow?.timeUs ?? timeUs, goTo);
  useLineSteps(stream, current, activeRow, goTo);
  const searches = useDrawnSearches(stream, filter, find.search, range, map);
  const tools = usePaneTools(files, current?.fileId ?? null, folds.toggleAll, handle);
  const { find: bar, panel } = tools;
  const opens = { openFind: bar.open, closeFind: bar.close, show: panel.show };
  usePaneKeys({ stream, files, folds: map, active, activeRow, find, goTo, ...opens });
  const isKnown = current === null || lines.merged !== null || file !== null;
  const ofLines = { files, lines, cursor, handle };
  return (
    <section
      className="lines-pane"
      aria-label="Lines"
      onPointerEnter={onTouch}
      onFocusCapture={onTouch}
      onWheelCapture={onTouch}
    >
      <LinesHeader
        kind={stream?.kind ?? null}
        total={total}
        isRunning={stream?.isRunning === true}
        file={file}
        foldedBy={folds.by}
        hasBeside={tools.hasBeside}
        tools={panel.root}
        actions={tools.actions}
      />
      {bar.isOpen && <FindBar find={find} box={bar.box} onClose={bar.close} />}
      <div className="lines-pane__body">
        <div className="lines-pane__lines">
          {stream?.error != null ? (
            <ErrorBox error={stream.error} />
          ) : (
            <PendingLines stream={stream} file={file} isKnown={isKnown} />
          )}
          <PaneLineList {...ofLines} searches={searches} pattern={find.pattern} range={range} />
        </div>
        <LinesRuler files={files} lines={lines} live={searches.tracks} range={range} goTo={goTo} />
      </div>
      {panel.shown !== null && <LinesPanel {...panel.shown} {...ofLines} onClose={panel.close} />}
    </section>
  );
}
