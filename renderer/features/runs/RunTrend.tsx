/**
 * The trend of runs is one bar per run in the order of their starts. The height shows how long the
 * run took, the colour how it ended. The table has the figures.
 */
import type { RunSummary } from '../../../electron/contract/runs-records.ts';
import { formatDuration } from '../../base/format.ts';
import { safeText } from '../../base/safe-text.ts';
import { keyOf } from './run-columns.tsx';

const HEIGHT = 72;
const BAR = 14;
const MOST = 120;

export function RunTrend({ runs, onPick }: { runs: readonly RunSummary[]; onPick: (run: RunSummary) => void }) {
  const shown = runs
    .filter((run) => run.startUs !== null && run.durationSeconds !== null)
    .sort((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0))
    .slice(-MOST);
  if (shown.length < 2) return null;
  const longest = shown.reduce((most, run) => Math.max(most, run.durationSeconds ?? 0), 1);
  return (
    <section className="run-trend" aria-label="Duration of runs over time">
      {shown.map((run) => {
        const height = Math.max(2, (HEIGHT * (run.durationSeconds ?? 0)) / longest);
        return (
          <button
            key={keyOf(run)}
            type="button"
            className={`run-trend__bar run-trend__bar--${run.status}`}
            style={{ height, width: BAR }}
            title={`${safeText(run.name)}\n${run.status}, ${formatDuration(run.durationSeconds)}`}
            aria-label={`${safeText(run.name)}: ${run.status}, ${formatDuration(run.durationSeconds)}`}
            onClick={() => onPick(run)}
          />
        );
      })}
    </section>
  );
}
