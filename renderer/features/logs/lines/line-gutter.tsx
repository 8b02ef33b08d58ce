/**
 * The gutter stands left of the line number. It shows the mark, and a bar along a traceback or
 * along the lines that continue a record. The first line of a traceback folds it.
 */
import type { ReactNode } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';

export function isSigned(row: LineRow, isMarked: boolean): boolean {
  return isMarked || row.traceback !== null || row.isContinuation;
}

/** Draws the signs in the gutter of a line. */
export function gutterSigns(row: LineRow, isMarked: boolean, onFold: ((row: LineRow) => void) | undefined): ReactNode {
  if (!isSigned(row, isMarked)) return null;
  return (
    <>
      {row.traceback !== null && <span className={`line__bar line__bar--${row.traceback}`} />}
      {row.traceback === null && row.isContinuation && (
        <span className="line__bar line__bar--continued" title="Continues the record above">
          <span className="hidden-label">Continues the record above</span>
        </span>
      )}
      {isMarked && (
        <svg className="line__mark" width="9" height="9" viewBox="0 0 9 9" role="img" aria-label="Marked">
          <path d="M1 0h7v9L4.5 6.4 1 9z" fill="currentColor" />
        </svg>
      )}
      {row.traceback === 'first' && onFold !== undefined && (
        <button
          type="button"
          tabIndex={-1}
          className="line__fold"
          aria-label="Fold or unfold this traceback"
          onClick={() => onFold(row)}
        >
          <svg width="7" height="7" viewBox="0 0 7 7" aria-hidden="true">
            <path d="M0.5 1.5h6L3.5 6z" fill="currentColor" />
          </svg>
        </button>
      )}
    </>
  );
}
