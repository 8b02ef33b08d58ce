/**
 * The line detail is the drawer's panel for the selected line: its whole text, its traceback or
 * earlier states, the facts about it, and actions.
 */
import { Bookmark, Copy } from 'lucide-react';
import { useState } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatCount, formatNumber } from '../../../base/format.ts';
import { safeText } from '../../../base/safe-text.ts';
import { useCase, useNotebook, useSelection, useStores } from '../../../state/StoresContext.tsx';
import { useCommand } from '../../../state/use-command.ts';
import { Button } from '../../../widgets/Button.tsx';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import { GoTo } from '../../../widgets/GoTo.tsx';
import { writeClipboard } from '../../../widgets/row-listing.ts';
import { noteMark } from '../model/kept.ts';
import { LogsProvider } from '../model/LogsContext.tsx';
import { CONTEXT_SECONDS, contextStep, markLine, processStep, referenceOf } from '../model/line-actions.ts';
import { useFiles } from '../model/use-files.ts';
import { LineFacts } from './LineFacts.tsx';
import { LineRecord } from './LineRecord.tsx';
import { LineStates } from './LineStates.tsx';
import { WholeLine } from './WholeLine.tsx';
import './line-detail.css';

export function LineDetail() {
  return (
    <LogsProvider>
      <SelectedLine />
    </LogsProvider>
  );
}

const FIRST_CHARS = 4_000;

function SelectedLine() {
  const caseId = useCase((state) => state.caseId);
  const line = useSelection((state) => state.line);
  const { data, error } = useCommand(
    'lines.page',
    caseId === null || line === null
      ? null
      : { caseId, fileId: line.fileId, start: line.line - 1, count: 1, maxChars: FIRST_CHARS },
  );
  if (line === null) return <p className="line-detail__hint soft">Select a line to see it whole.</p>;
  if (error !== null) return <ErrorBox error={error} />;
  const row = data?.rows[0];
  if (data === undefined) return null;
  if (row === undefined)
    return (
      <p className="line-detail__hint soft">The file has {formatCount(data.total, 'line')}; this one is beyond.</p>
    );
  return <LineOf key={`${row.fileId}:${row.line}`} row={row} />;
}

function LineOf({ row }: { row: LineRow }) {
  const stores = useStores();
  const files = useFiles();
  const [isWhole, setIsWhole] = useState(false);
  const [isWritten, setIsWritten] = useState(false);
  const path = files.byId.get(row.fileId)?.path;
  const mark = useNotebook((state) => state.marks.find((each) => each.path === path && each.line === row.line));
  const reference = referenceOf(row, files);
  const isCut = row.length > row.text.length;
  const around = processStep(row, files);
  return (
    <div className="line-detail">
      <div className="line-detail__main">
        {(row.traceback === null || isCut || isWritten) && (
          <WholeLine row={row} isWhole={isWhole} isWritten={isWritten} onShowAll={() => setIsWhole(true)} />
        )}
        {row.states > 1 && <LineStates row={row} />}
        {row.traceback !== null && <LineRecord row={row} />}
      </div>
      <aside className="line-detail__side" aria-label="What is known of the line">
        <LineFacts row={row} path={path ?? ''} />
        <div className="line-detail__tools">
          <Button icon={<Copy size={14} />} onClick={() => copyWhole(stores, row, 'shown')}>
            Copy the line
          </Button>
          {row.isCleaned && (
            <>
              <Button icon={<Copy size={14} />} onClick={() => copyWhole(stores, row, 'raw')}>
                Copy as written
              </Button>
              <Button isPressed={isWritten} onClick={() => setIsWritten(!isWritten)}>
                Show as written
              </Button>
            </>
          )}
          <Button
            icon={<Copy size={14} />}
            onClick={() => writeClipboard(stores, reference, `Copied ${safeText(reference)}`)}
          >
            Copy file and line
          </Button>
          <Button
            icon={<Bookmark size={14} />}
            isPressed={mark !== undefined}
            onClick={() => {
              markLine(stores, files, row);
            }}
          >
            {mark === undefined ? 'Mark' : 'Marked'}
          </Button>
        </div>
        {mark !== undefined && (
          <input
            className="text-box"
            aria-label="Note to this line"
            placeholder="Note …"
            value={mark.note}
            onChange={(event) =>
              stores.notebook
                .getState()
                .set({ marks: noteMark(stores.notebook.getState().marks, mark, event.target.value) })
            }
          />
        )}
        {(contextStep(row, 1) !== null || around !== null) && (
          <p className="line-detail__context">
            Same process: {around !== null && <GoTo to={around}>lines around it</GoTo>}{' '}
            {CONTEXT_SECONDS.map((seconds) => {
              const step = contextStep(row, seconds);
              return (
                step !== null && (
                  <GoTo key={seconds} to={step}>
                    ± {seconds} s
                  </GoTo>
                )
              );
            })}
          </p>
        )}
      </aside>
    </div>
  );
}

const MOST_CHARS = 10_000_000;

function copyWhole(stores: ReturnType<typeof useStores>, row: LineRow, part: 'shown' | 'raw') {
  const { caseId } = stores.case.getState();
  if (caseId === null) return;
  const { fileId, line } = row;
  stores.client.call('lines.text', { caseId, fileId, line, length: MOST_CHARS, part }).then(
    ({ text, length }) =>
      writeClipboard(
        stores,
        text,
        length > text.length
          ? `Copied the first ${formatNumber(text.length)} of ${formatNumber(length)} characters`
          : part === 'raw'
            ? 'Copied the line as written'
            : 'Copied the line',
      ),
    () => stores.toasts.getState().show('The line could not be read.', { tone: 'error' }),
  );
}
