/**
 * The header of the lines names the file, or the merged files, whose lines stand below it. It also
 * holds the tools of the pane, such as find, go to, wrap and fold.
 */
import { PanelLeft } from 'lucide-react';
import { memo, type RefObject } from 'react';
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import { formatChord } from '../../../base/chords.ts';
import { useShell } from '../../../state/StoresContext.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import type { FoldedBy } from '../model/find-folds.ts';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import type { LineStream } from '../model/stream.ts';
import { useMerged } from '../model/use-merged.ts';
import { FileCrumbs } from './FileCrumbs.tsx';
import { type LinesActions, LinesTools } from './LinesTools.tsx';
import { MergedCrumbs } from './MergedCrumbs.tsx';
import './lines-header.css';

export interface LinesHeaderProps {
  /** Null while there are no lines. */
  kind: LineStream['kind'] | null;
  total: number | null;
  isRunning: boolean;
  file: FileRow | null;
  foldedBy: FoldedBy | null;
  /** There is a file to show beside this one. */
  hasBeside: boolean;
  /** The tools, which a panel can hang from. */
  tools: RefObject<HTMLDivElement | null>;
  actions: LinesActions;
}

export const LinesHeader = memo(function LinesHeader(props: LinesHeaderProps) {
  const { kind, total, isRunning, file, foldedBy, hasBeside, tools, actions } = props;
  const merged = useMerged();
  return (
    <header className="lines-header">
      <ShowTree />
      {merged !== null && file === null && kind === 'merged' ? (
        <MergedCrumbs merged={merged} total={total} isRunning={isRunning} />
      ) : (
        file !== null && <FileCrumbs file={file} total={total ?? file.lines} />
      )}
      <LinesTools isFile={kind === 'file'} foldedBy={foldedBy} hasBeside={hasBeside} root={tools} actions={actions} />
    </header>
  );
});

/** Brings back the tree of files while it is closed. */
function ShowTree() {
  const store = useLogsStore();
  const isOpen = useLogs((state) => state.isTreeOpen);
  const { isMac } = useShell();
  if (isOpen) return null;
  return (
    <IconButton
      label="Show the tree of files"
      keys={formatChord('Mod+B', isMac)}
      icon={<PanelLeft size={14} />}
      onClick={() => store.getState().set({ isTreeOpen: true })}
    />
  );
}
