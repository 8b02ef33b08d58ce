/** A row of the panel of marks: a marked line as a link, how it begins, and the note on it. */
import { Trash2 } from 'lucide-react';
import { formatNumber } from '../../../base/format.ts';
import type { Mark } from '../../../state/notebook-store.ts';
import { useStores } from '../../../state/StoresContext.tsx';
import { GoTo } from '../../../widgets/GoTo.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { noteMark, toggleMark } from '../model/kept.ts';
import type { FilesView } from '../model/use-files.ts';

export function MarkRow({ mark, files }: { mark: Mark; files: FilesView }) {
  const { notebook } = useStores();
  const file = files.byPath.get(mark.path);
  /** Changes the marks as they are now. */
  const change = (next: (marks: readonly Mark[]) => Mark[]) => {
    const { marks, set } = notebook.getState();
    set({ marks: next(marks) });
  };
  return (
    <li className="logs-panel__row logs-panel__row--mark">
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
          onChange={(event) => change((marks) => noteMark(marks, mark, event.target.value))}
        />
      </div>
      <IconButton
        label="Take the mark away"
        icon={<Trash2 size={14} />}
        onClick={() => change((marks) => toggleMark(marks, mark, mark.text))}
      />
    </li>
  );
}
