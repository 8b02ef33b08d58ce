/**
 * The facts of the hits say how many lines were found, where the cursor is, and how far the search
 * is.
 */
import { formatCount, formatDuration, formatNumber, formatPercent } from '../../../base/format.ts';
import type { SearchView } from '../../../state/use-search.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';

export interface HitsFactsProps {
  search: SearchView;
  /** The 0-based ordinal of the hit with the cursor. */
  at: number | null;
}

export function HitsFacts({ search, at }: HitsFactsProps) {
  const { state, error } = search;
  return (
    <>
      <span role="status" className="hits-header__facts">
        {state !== null ? <Found search={search} at={at} /> : error !== null ? 'not searched' : 'searching …'}
      </span>
      {state !== null && state.error !== null && (
        <span className="hits-header__error ellipsis" role="alert">
          <SafeText text={state.error} />
        </span>
      )}
    </>
  );
}

function Found({ search: { state, total, isRunning }, at }: HitsFactsProps) {
  if (state === null) return null;
  const { files, progress, indexed, error, milliseconds, complete } = state;
  const lines = formatCount(total, 'line');
  return (
    <>
      <b>{at === null ? lines : `${formatNumber(at + 1)} of ${lines}`}</b>
      {` in ${formatCount(files, 'file')}`}
      {isRunning && progress < 1 && ` · searching ${formatPercent(progress)}`}
      {isRunning && indexed < 1 && ` · indexed ${formatPercent(indexed)}: searching goes on`}
      {!isRunning && error === null && <span className="faint"> · {formatDuration(milliseconds / 1000)}</span>}
      {!isRunning && !complete && ' · stopped: there may be more'}
    </>
  );
}
