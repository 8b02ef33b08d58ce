/**
 * The tools of the lines are the buttons of their header: what searches the lines, how they are
 * drawn, and what opens beside them.
 */
import {
  Bookmark,
  Columns2,
  FoldVertical,
  Hash,
  Highlighter,
  ListCollapse,
  Search,
  Sigma,
  WrapText,
} from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { formatChord } from '../../../base/chords.ts';
import { useNotebook, useShell, useView } from '../../../state/StoresContext.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import type { FoldedBy } from '../model/find-folds.ts';

/** Handlers that keep their identity, so that new rows do not redraw the header. */
export interface LinesActions {
  onFind: () => void;
  onGoTo: () => void;
  onMarks: () => void;
  onWords: () => void;
  onFoldAll: (by: FoldedBy) => void;
  onNumbers: () => void;
  onBeside: () => void;
}

export interface LinesToolsProps {
  /** The lines are those of one file, which can be folded. */
  isFile: boolean;
  foldedBy: FoldedBy | null;
  /** There is a file to show beside this one. */
  hasBeside: boolean;
  /** The element of the tools, which a panel can hang from. */
  root: RefObject<HTMLDivElement | null>;
  actions: LinesActions;
}

export function LinesTools({ isFile, foldedBy, hasBeside, root, actions }: LinesToolsProps) {
  const { isMac } = useShell();
  const wrap = useView((state) => state.wrap);
  const setView = useView((state) => state.set);
  const marks = useNotebook((state) => state.marks.length);
  const words = useNotebook((state) => state.words.length);
  const key = (chord: string) => formatChord(chord, isMac);
  return (
    <div className="lines-header__tools" ref={root}>
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
      <FoldTools isFile={isFile} foldedBy={foldedBy} onFoldAll={actions.onFoldAll} />
      <IconButton
        label="Second file, side by side"
        icon={<Columns2 size={14} />}
        disabled={!hasBeside}
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
  );
}

function FoldTools({
  isFile,
  foldedBy,
  onFoldAll,
}: Pick<LinesToolsProps, 'isFile' | 'foldedBy'> & Pick<LinesActions, 'onFoldAll'>) {
  return (
    <>
      <IconButton
        label={foldedBy === 'tracebacks' ? 'Unfold all tracebacks' : 'Fold all tracebacks'}
        icon={<FoldVertical size={14} />}
        isPressed={foldedBy === 'tracebacks'}
        disabled={!isFile}
        onClick={() => onFoldAll('tracebacks')}
      />
      <IconButton
        label="Only the first line of each record"
        icon={<ListCollapse size={14} />}
        isPressed={foldedBy === 'records'}
        disabled={!isFile}
        onClick={() => onFoldAll('records')}
      />
    </>
  );
}

function Counted({ count, children }: { count: number; children: ReactNode }) {
  return (
    <span className="lines-header__counted">
      {children}
      {count > 0 && <span className="lines-header__count">{count}</span>}
    </span>
  );
}
