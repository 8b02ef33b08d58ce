/**
 * The facts of the numbers: how many were read so far, their spread, and what was not counted. The
 * count leads to the lines.
 */
import type { ReactNode } from 'react';
import type { HitNumbers } from '../../../../electron/contract/hits.ts';
import { formatCount, formatNumber, formatPercent } from '../../../base/format.ts';
import { useStores } from '../../../state/StoresContext.tsx';
import { withinQuery } from '../../../state/within.ts';
import { GoTo } from '../../../widgets/GoTo.tsx';
import { formatValue } from './number-curves.ts';

export interface NumbersFactsProps {
  data: HitNumbers | undefined;
  pattern: string;
  children: ReactNode;
}

export function NumbersFacts({ data, pattern, children }: NumbersFactsProps) {
  const stores = useStores();
  if (data === undefined) return <p className="numbers-panel__facts" />;
  const { all, values, unread, untimed, outside, complete, progress, error } = data;
  const left = [
    outside > 0 && `${formatNumber(outside)} outside of the range shown`,
    untimed > 0 && `${formatNumber(untimed)} without a time`,
    unread > 0 && `${formatCount(unread, 'line')} without a number there`,
  ].filter((part) => part !== false);
  const lines = withinQuery(stores.filter.getState().filter, `/${pattern.replaceAll('/', '\\/')}/`);
  return (
    <p className="numbers-panel__facts" role="status">
      <span>
        <GoTo to={{ filter: lines }} title="Show the lines that have it">
          {formatCount(all.count, 'number')}
        </GoTo>
        {!complete && ` so far · ${formatPercent(progress)}`}
      </span>
      {values > 0 && (
        <span className="numbers-panel__figures">
          {(['min', 'median', 'p95', 'max'] as const).map((name) => (
            <span key={name}>
              <span className="soft">{name}</span> {formatValue(all[name])}
            </span>
          ))}
        </span>
      )}
      {left.length > 0 && <span className="faint">Not counted: {left.join(', ')}</span>}
      {error !== null && <span className="numbers-panel__error">{error}</span>}
      {children}
    </p>
  );
}
