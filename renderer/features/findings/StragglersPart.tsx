/**
 * Stragglers are attempts and nodes that made the run longer than necessary. This part shows where
 * the time of all workers went, the tail of the run, and the slow nodes or attempts.
 */
import { memo, useState } from 'react';
import type { Stragglers } from '../../../electron/contract/analysis.ts';
import { formatCount, formatDuration, formatNumber, formatPercent } from '../../base/format.ts';
import { Button } from '../../widgets/Button.tsx';
import { timeShares } from './findings-model.ts';
import { Section, type SectionProps } from './Section.tsx';
import { ShareBar } from './ShareBar.tsx';
import { SlowAttempts } from './SlowAttempts.tsx';
import { SlowNodes } from './SlowNodes.tsx';

export const StragglersPart = memo(function StragglersPart({
  data,
  error,
}: {
  data: Stragglers | undefined;
  error: SectionProps['error'];
}) {
  const [of, setOf] = useState<'nodes' | 'attempts'>('nodes');
  const slowNodes = data?.nodes.filter((node) => node.slow).length ?? 0;
  return (
    <Section
      id="stragglers"
      title="Stragglers"
      error={error}
      summary={
        data === undefined
          ? ''
          : data.slowCount === 0 && slowNodes === 0
            ? `No attempt and no node is slow against the others; median ${formatDuration(data.medianSeconds)}.`
            : `${formatCount(data.slowCount, 'slow attempt')}, ${formatCount(slowNodes, 'slow node')}; median ${formatDuration(data.medianSeconds)}.`
      }
      counted={{
        how: 'Attempts that took far longer than the median of all, nodes whose own median does; the tail are the last 5 % of mini-batches; time is of all worker processes between the first start and the last end.',
        cli: 'postrun stragglers PATH FILTER --json',
      }}
    >
      {data !== undefined && (
        <>
          <ShareBar label="Time of all workers" shares={timeShares(data)} totalSeconds={data.time.total} />
          {data.tail !== null && (
            <p>
              The tail, the last {formatCount(data.tail.miniBatches, 'mini-batch', 'mini-batches')}, took{' '}
              {formatDuration(data.tail.seconds)} ({formatPercent(data.tail.shareOfRun)} of the run) while workers were
              idle for {formatDuration(data.tail.idleWorkerSeconds)} in sum.
            </p>
          )}
          {/* biome-ignore lint/a11y/useSemanticElements: a <fieldset> draws its own box */}
          <div className="switch" role="group" aria-label="Slow ones by">
            <Button tone="quiet" isPressed={of === 'nodes'} onClick={() => setOf('nodes')}>
              {`Nodes ${formatNumber(data.nodes.length)}`}
            </Button>
            <Button tone="quiet" isPressed={of === 'attempts'} onClick={() => setOf('attempts')}>
              {`Slow attempts ${formatNumber(data.slowCount)}`}
            </Button>
          </div>
          {of === 'nodes' ? <SlowNodes nodes={data.nodes} /> : <SlowAttempts data={data} />}
        </>
      )}
    </Section>
  );
});
