/**
 * The clock of the status bar says whether times are aligned to the master's clock or as the nodes
 * wrote them, and switches between the two. It draws nothing if the nodes' clocks agree.
 */
import { formatCount, formatDuration, formatNumber } from '../../base/format.ts';
import { useCase, useStores, useView } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';

const MOST_NAMED = 20;

export function StatusClock() {
  const { actions } = useStores();
  const clocks = useCase((state) => state.info?.clocks);
  const clock = useView((state) => state.clock);
  if (clocks === undefined || clocks.length === 0) return null;
  const most = formatDuration(Math.max(...clocks.map(({ offsetSeconds }) => Math.abs(offsetSeconds))));
  const nodes = clocks
    .slice(0, MOST_NAMED)
    .map(
      ({ node, offsetSeconds }) =>
        `${node}: ${formatDuration(Math.abs(offsetSeconds))} ${offsetSeconds > 0 ? 'ahead' : 'behind'}`,
    )
    .concat(clocks.length > MOST_NAMED ? [`and ${formatNumber(clocks.length - MOST_NAMED)} more`] : [])
    .join('\n');
  const isAligned = clock === 'aligned';
  return (
    <Button
      tone="quiet"
      title={`${isAligned ? 'Times are on the master’s clock; lines keep what is written' : 'Times are as each node wrote them'}.\n${nodes}`}
      onClick={() => actions.run('clock')}
    >
      {isAligned
        ? `Clocks aligned: ${formatCount(clocks.length, 'node')}, up to ${most}`
        : `Times as written: clocks differ by up to ${most}`}
    </Button>
  );
}
