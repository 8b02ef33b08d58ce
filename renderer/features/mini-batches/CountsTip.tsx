/** A counts tip gives the figures of one bar, outcome by outcome. */
import type { ReactNode } from 'react';
import { outcomes } from '../../../electron/contract/batch-records.ts';
import { formatNumber } from '../../base/format.ts';
import { outcomeLooks } from '../../base/looks.ts';
import { Mark } from '../../widgets/Mark.tsx';

export function CountsTip({
  title,
  counts,
  children,
}: {
  title: ReactNode;
  counts: readonly number[];
  children?: ReactNode;
}) {
  return (
    <div className="counts-tip">
      <p className="counts-tip__title">{title}</p>
      {outcomes.map((outcome, code) => {
        const count = counts[code] ?? 0;
        return count === 0 ? null : (
          <p key={outcome} className="counts-tip__row">
            <span>
              <Mark of={{ outcome }} /> {outcomeLooks[outcome].word}
            </span>
            <span>{formatNumber(count)}</span>
          </p>
        );
      })}
      {counts.every((count) => count === 0) && <p className="faint">none</p>}
      {children}
    </div>
  );
}
