/**
 * The panel of marks lists every marked line of the run. A person can go to a mark, write a note on
 * it, or copy them all. The notebook keeps the marks.
 */
import { Copy, Trash2 } from 'lucide-react';
import { formatCount, formatNumber } from '../../../base/format.ts';
import { useNotebook, useStores } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { Popover } from '../../../widgets/Popover.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { writeClipboard } from '../../../widgets/row-listing.ts';
import type { FilesView } from '../model/use-files.ts';
import { MarkRow } from './MarkRow.tsx';
import './panels.css';

const MOST_SHOWN = 200;

export function MarksPanel({ at, files, onClose }: { at: Box; files: FilesView; onClose: () => void }) {
  const stores = useStores();
  const { notebook } = stores;
  const marks = useNotebook((state) => state.marks);
  const copyAll = () => {
    const text = marks
      .map(({ path, line, text: start, note }) => `${path}:${line}:${start}${note === '' ? '' : `\t# ${note}`}`)
      .join('\n');
    writeClipboard(stores, text, `Copied ${formatCount(marks.length, 'marked line')}`);
  };
  const removeAll = () => {
    notebook.getState().set({ marks: [] });
    stores.toasts.getState().show(`${formatCount(marks.length, 'mark')} taken away`, {
      action: { label: 'Undo', run: () => notebook.getState().set({ marks }) },
    });
  };
  return (
    <Popover at={at} align="end" label="Marked lines" onClose={onClose} className="logs-panel">
      <div className="logs-panel__head">
        <h3>Marked lines</h3>
        <Button tone="quiet" icon={<Copy size={14} />} disabled={marks.length === 0} onClick={copyAll}>
          Copy all
        </Button>
        <Button tone="quiet" icon={<Trash2 size={14} />} disabled={marks.length === 0} onClick={removeAll}>
          Remove all
        </Button>
      </div>
      {marks.length === 0 && <p className="logs-panel__note">None yet. The key m marks the line with the cursor.</p>}
      <ul>
        {marks.slice(0, MOST_SHOWN).map((mark) => (
          <MarkRow key={`${mark.path}:${mark.line}`} mark={mark} files={files} />
        ))}
      </ul>
      {marks.length > MOST_SHOWN && (
        <p className="logs-panel__note">
          {formatNumber(marks.length - MOST_SHOWN)} more: ] and [ go through all of them.
        </p>
      )}
    </Popover>
  );
}
