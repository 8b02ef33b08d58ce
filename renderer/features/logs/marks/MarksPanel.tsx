/**
 * The panel of marks lists every marked line of the run. A person can go to a mark, write a note on
 * it, or copy them all. The notebook keeps the marks.
 */
import { Copy, Trash2 } from 'lucide-react';
import { formatCount, formatNumber } from '../../../base/format.ts';
import { useNotebook, useStores } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { GoTo } from '../../../widgets/GoTo.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { Popover } from '../../../widgets/Popover.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { writeClipboard } from '../../../widgets/row-listing.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { noteMark, toggleMark } from '../model/kept.ts';
import type { FilesView } from '../model/use-files.ts';
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
  return (
    <Popover at={at} align="end" label="Marked lines" onClose={onClose} className="logs-panel">
      <div className="logs-panel__head">
        <h3>Marked lines</h3>
        <Button tone="quiet" icon={<Copy size={14} />} disabled={marks.length === 0} onClick={copyAll}>
          Copy all
        </Button>
        <Button
          tone="quiet"
          icon={<Trash2 size={14} />}
          disabled={marks.length === 0}
          onClick={() => {
            notebook.getState().set({ marks: [] });
            stores.toasts.getState().show(`${formatCount(marks.length, 'mark')} taken away`, {
              action: { label: 'Undo', run: () => notebook.getState().set({ marks }) },
            });
          }}
        >
          Remove all
        </Button>
      </div>
      {marks.length === 0 && <p className="logs-panel__note">None yet. The key m marks the line with the cursor.</p>}
      <ul>
        {marks.slice(0, MOST_SHOWN).map((mark) => {
          const file = files.byPath.get(mark.path);
          return (
            <li key={`${mark.path}:${mark.line}`} className="logs-panel__row logs-panel__row--mark">
              <div className="logs-panel__main">
                {file === undefined ? (
                  <span className="mono faint ellipsis">
                    <SafeText text={`${mark.path}:${mark.line}`} /> is not in this download
                  </span>
                ) : (
                  <GoTo
                    className="mono ellipsis logs-panel__link"
                    to={{ view: 'logs', selection: { line: { fileId: file.fileId, line: mark.line }, detail: 'line' } }}
                  >
                    <SafeText text={`${mark.path}:${formatNumber(mark.line)}`} />
                  </GoTo>
                )}
                <span className="mono soft ellipsis">
                  <SafeText text={mark.text} />
                </span>
                <input
                  className="text-box logs-panel__box"
                  aria-label={`Note to line ${mark.line}`}
                  placeholder="Note …"
                  value={mark.note}
                  onChange={(event) =>
                    notebook.getState().set({ marks: noteMark(notebook.getState().marks, mark, event.target.value) })
                  }
                />
              </div>
              <IconButton
                label="Take the mark away"
                icon={<Trash2 size={14} />}
                onClick={() =>
                  notebook.getState().set({ marks: toggleMark(notebook.getState().marks, mark, mark.text) })
                }
              />
            </li>
          );
        })}
      </ul>
      {marks.length > MOST_SHOWN && (
        <p className="logs-panel__note">
          {formatNumber(marks.length - MOST_SHOWN)} more: ] and [ go through all of them.
        </p>
      )}
    </Popover>
  );
}
