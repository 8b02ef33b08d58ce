/**
 * The ledger of capacity: what the worker processes that the run held spent their time on, in total
 * and per node.
 */
import { memo } from 'react';
import type { Ledger } from '../../../electron/contract/analysis.ts';
import { formatDuration, formatNumber, formatPercent } from '../../base/format.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { Value } from '../../widgets/Value.tsx';
import { ledgerShares } from './findings-model.ts';
import { Section, type SectionProps } from './Section.tsx';
import { ShareBar } from './ShareBar.tsx';

export const LedgerPart = memo(function LedgerPart({
  data,
  error,
}: {
  data: Ledger | undefined;
  error: SectionProps['error'];
}) {
  const isKnown = data !== undefined && data.heldSeconds > 0;
  const nodes = [...(data?.perNode ?? [])].sort((a, b) => unused(b) - unused(a));
  return (
    <Section
      id="capacity"
      title="Capacity"
      error={error}
      summary={
        isKnown
          ? `${formatNumber(data.nodeHours, 2)} node-hours; ${formatDuration(data.heldSeconds)} of worker processes, busy for ${formatPercent(data.busySeconds / data.heldSeconds)} of it.`
          : ''
      }
      counted={{
        how: 'Seconds of worker processes from their starts to their ends, or the run’s end where no end is known; node-hours are from the first start to the last end on each node.',
        cli: null,
      }}
    >
      {data !== undefined && !isKnown && <p className="soft">The logs do not tell when the processes started.</p>}
      {isKnown && (
        <>
          <ShareBar
            label="What the held time was spent on"
            shares={ledgerShares(data)}
            totalSeconds={data.heldSeconds}
          />
          <p>
            {formatDuration(data.afterLastSuccessSeconds)} of it were held after the last success.
            {data.processShare !== null &&
              ` The CPU worked in ${formatPercent(data.processShare)} of the elapsed time of run().`}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls */}
          {/* biome-ignore lint/a11y/useSemanticElements: a scrolling region with a name */}
          <div className="figures-box" role="region" aria-label="Capacity by node" tabIndex={0}>
            <PlainTable noun="node" nouns="nodes" fileName="capacity-by-node" className="figures">
              <thead>
                <tr>
                  <th scope="col">Node</th>
                  <th scope="col" className="number">
                    Held
                  </th>
                  <th scope="col" className="number">
                    Busy
                  </th>
                  <th scope="col" className="number">
                    Share
                  </th>
                  <th scope="col" className="number">
                    Starting
                  </th>
                  <th scope="col" className="number">
                    After last success
                  </th>
                </tr>
              </thead>
              <tbody>
                {nodes.map((node) => (
                  <tr key={node.node}>
                    <th scope="row">
                      <Value value={{ of: 'node', node: node.node }} />
                    </th>
                    <td className="number">{formatDuration(node.heldSeconds)}</td>
                    <td className="number">{formatDuration(node.busySeconds)}</td>
                    <td className="number">{formatPercent(node.busySeconds / Math.max(0.001, node.heldSeconds))}</td>
                    <td className="number">{formatDuration(node.startUpSeconds)}</td>
                    <td className="number">{formatDuration(node.afterLastSuccessSeconds)}</td>
                  </tr>
                ))}
              </tbody>
            </PlainTable>
          </div>
        </>
      )}
    </Section>
  );
});

const unused = (node: Ledger['perNode'][number]) => node.heldSeconds - node.busySeconds;
