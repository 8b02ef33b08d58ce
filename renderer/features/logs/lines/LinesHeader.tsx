/**
 * The header of the lines names the file, or the merged files, whose lines stand below it. It also
 * holds the tools of the pane, such as find, go to, wrap and fold.
 */
import {
  Bookmark,
  ChevronRight,
  Columns2,
  Files as FilesIcon,
  FoldVertical,
  Hash,
  Highlighter,
  ListCollapse,
  ListOrdered,
  PanelLeft,
  Search,
  Sigma,
  Spline,
  WrapText,
  X,
} from 'lucide-react';
import { memo, type ReactNode, type RefObject } from 'react';
import type { FileRow } from '../../../../electron/contract/records.ts';
import { formatChord } from '../../../base/chords.ts';
import { formatBytes, formatCount } from '../../../base/format.ts';
import { useNotebook, useShell, useView } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { TimeText } from '../../../widgets/TimeText.tsx';
import { Value } from '../../../widgets/Value.tsx';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import { mergedOptions } from '../model/merged.ts';
import type { LineStream } from '../model/stream.ts';
import { useMerged } from '../model/use-merged.ts';
import { fileLabel } from '../tree/file-label.ts';
import './lines-header.css';
import type { FoldedBy } from './use-folds.ts';

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
  actions: LinesHeaderActions;
}

/** Handlers that keep their identity, so that new rows do not redraw the header. */
interface LinesHeaderActions {
  onFind: () => void;
  onGoTo: () => void;
  onMarks: () => void;
  onWords: () => void;
  onFoldAll: (by: FoldedBy) => void;
  onNumbers: () => void;
  onBeside: () => void;
}

export const LinesHeader = memo(function LinesHeader(props: LinesHeaderProps) {
  const { kind, total, isRunning, file, foldedBy, actions } = props;
  const { isMac } = useShell();
  const wrap = useView((state) => state.wrap);
  const setView = useView((state) => state.set);
  const store = useLogsStore();
  const isTreeOpen = useLogs((state) => state.isTreeOpen);
  const merged = useMerged();
  const setOptions = useView((state) => state.setOptions);
  const marks = useNotebook((state) => state.marks.length);
  const words = useNotebook((state) => state.words.length);
  const key = (chord: string) => formatChord(chord, isMac);
  return (
    <header className="lines-header">
      {!isTreeOpen && (
        <IconButton
          label="Show the tree of files"
          keys={key('Mod+B')}
          icon={<PanelLeft size={14} />}
          onClick={() => store.getState().set({ isTreeOpen: true })}
        />
      )}
      {merged !== null && file === null && kind === 'merged' ? (
        <h2 className="lines-header__crumbs">
          <FilesIcon size={14} />
          <span className="ellipsis">
            <SafeText text={merged.title} />
          </span>
          <span className="soft lines-header__facts">
            {formatCount(merged.fileIds.length, 'file')} merged
            {total !== null && ` · ${formatCount(total, 'line')}${isRunning ? ' so far' : ''}`}
          </span>
          <Button
            tone="quiet"
            isPressed={merged.order === 'time'}
            icon={<Spline size={14} />}
            onClick={() => setOptions(mergedOptions({ ...merged, order: 'time' }))}
          >
            By time
          </Button>
          <Button
            tone="quiet"
            isPressed={merged.order === 'file'}
            icon={<ListOrdered size={14} />}
            onClick={() => setOptions(mergedOptions({ ...merged, order: 'file' }))}
          >
            One after the other
          </Button>
          <IconButton
            label="Back to one file"
            icon={<X size={14} />}
            onClick={() => {
              store.getState().set({ picked: [] });
              setOptions(mergedOptions(null));
            }}
          />
        </h2>
      ) : (
        file !== null && <FileCrumbs file={file} total={total ?? file.lines} />
      )}
      <div className="lines-header__tools" ref={props.tools}>
        <IconButton
          label="Find in these lines"
          keys={key('Mod+F')}
          icon={<Search size={14} />}
          onClick={actions.onFind}
        />
        <IconButton
          label="Go to a line or a time"
          keys={key('Mod+G')}
          icon={<Hash size={14} />}
          onClick={actions.onGoTo}
        />
        <IconButton
          label="Wrap long lines"
          keys={key('Alt+Z')}
          icon={<WrapText size={14} />}
          isPressed={wrap}
          onClick={() => setView({ wrap: !wrap })}
        />
        <IconButton
          label={foldedBy === 'tracebacks' ? 'Unfold all tracebacks' : 'Fold all tracebacks'}
          icon={<FoldVertical size={14} />}
          isPressed={foldedBy === 'tracebacks'}
          disabled={kind !== 'file'}
          onClick={() => actions.onFoldAll('tracebacks')}
        />
        <IconButton
          label="Only the first line of each record"
          icon={<ListCollapse size={14} />}
          isPressed={foldedBy === 'records'}
          disabled={kind !== 'file'}
          onClick={() => actions.onFoldAll('records')}
        />
        <IconButton
          label="Second file, side by side"
          icon={<Columns2 size={14} />}
          disabled={!props.hasBeside}
          onClick={actions.onBeside}
        />
        <IconButton label="Chart a number from lines" icon={<Sigma size={14} />} onClick={actions.onNumbers} />
        <Counted count={marks}>
          <IconButton label="Marked lines" icon={<Bookmark size={14} />} onClick={actions.onMarks} />
        </Counted>
        <Counted count={words}>
          <IconButton label="Coloured words" icon={<Highlighter size={14} />} onClick={actions.onWords} />
        </Counted>
      </div>
    </header>
  );
});

function Counted({ count, children }: { count: number; children: ReactNode }) {
  return (
    <span className="lines-header__counted">
      {children}
      {count > 0 && <span className="lines-header__count">{count}</span>}
    </span>
  );
}

/** Shows node, process, kind and path of a file, with its size and times. */
export function FileCrumbs({ file, total }: { file: FileRow; total: number | null }) {
  const { node, process, pid } = file;
  const mark = <ChevronRight size={12} className="lines-header__mark" />;
  return (
    <>
      <h2 className="lines-header__crumbs">
        {node !== null && <Value value={{ of: 'node', node }} />}
        {node !== null && mark}
        {node !== null && process !== null && (
          <>
            <Value value={{ of: 'process', node, pid, process }}>
              <SafeText text={pid === null ? process : `${process} · ${pid}`} />
            </Value>
            {mark}
          </>
        )}
        <span className="lines-header__label">{fileLabel(file)}</span>
      </h2>
      <span className="lines-header__path mono ellipsis">
        <Value value={{ of: 'file', path: file.path, fileId: file.fileId }} />
      </span>
      <span className="lines-header__facts soft">
        {total === null ? '' : `${formatCount(total, 'line')} · `}
        {formatBytes(file.bytes)}
        {file.firstUs !== null && (
          <>
            {' · '}
            <TimeText us={file.firstUs} /> – <TimeText us={file.lastUs} />
          </>
        )}
      </span>
    </>
  );
}
