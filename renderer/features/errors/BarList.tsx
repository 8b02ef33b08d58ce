/**
 * A bar list shows counts as bars behind their names, scaled to the largest. The caller decides
 * what a click on a row does.
 */
import type { ReactNode } from 'react';
import { formatCount, formatNumber } from '../../base/format.ts';

export interface BarRow {
  key: string;
  label: ReactNode;
  count: number;
  /** The filter includes exactly this value. */
  isOn?: boolean;
  /** Null if there is nothing to filter by. */
  onPick: (() => void) | null;
}

export function BarList(props: { title: string; note?: string; rows: readonly BarRow[]; hint: string; more?: number }) {
  const { title, note, rows, hint, more = 0 } = props;
  const most = rows.reduce((max, row) => Math.max(max, row.count), 1);
  return (
    <section className="bar-list" aria-label={title}>
      <h4 className="bar-list__title">
        {title} {note !== undefined && <span className="faint">{note}</span>}
      </h4>
      <ul className="bar-list__rows">
        {rows.map((row) => {
          const content = (
            <>
              <span className="bar-list__bar" style={{ transform: `scaleX(${row.count / most})` }} />
              <span className="bar-list__label ellipsis">{row.label}</span>
              <span className="number">{formatNumber(row.count)}</span>
            </>
          );
          return (
            <li key={row.key}>
              {row.onPick === null ? (
                <span className="bar-list__row">{content}</span>
              ) : (
                <button
                  type="button"
                  className="bar-list__row"
                  aria-pressed={row.isOn}
                  title={row.isOn === true ? 'Clear this filter' : hint}
                  onClick={row.onPick}
                >
                  {content}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {more > 0 && <p className="faint">{`and ${formatCount(more, 'other')}`}</p>}
    </section>
  );
}
