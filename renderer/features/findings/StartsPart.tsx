/**
 * The starts of worker processes: how many failed, timed out or were slow in init(), per node and
 * process, and which nodes never did any work.
 */
import { memo } from 'react';
import type { InitSummary } from '../../../electron/contract/analysis.ts';
import { formatCount, formatDuration, formatNumber, formatTimes } from '../../base/format.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { Section, type SectionProps } from './Section.tsx';

export const StartsPart = memo(function StartsPart({
  data,
  error,
}: {
  data: InitSummary | undefined;
  error: SectionProps['error'];
}) {
  const nodes = [...(data?.perNode ?? [])].sort(
    (a, b) => b.failed + b.timedOut - (a.failed + a.timedOut) || (b.medianSeconds ?? 0) - (a.medianSeconds ?? 0),
  );
  return (
    <Section
      id="starts"
      title="Initialisation"
      error={error}
      summary={data === undefined ? '' : startsWords(data)}
      counted={{
        how: 'Calls of init() by worker process, from the lines that say that it began, returned, raised or took too long. A start is slow when it took more than three times the median.',
        cli: null,
        sql: 'SELECT node, pid, init_seconds FROM processes WHERE init_seconds IS NOT NULL ORDER BY init_seconds DESC',
      }}
    >
      {data !== undefined && data.slow.length > 0 && (
        <ul className="slow-starts">
          {data.slow.map((each) => (
            <li key={`${each.node} ${each.pid} ${each.process}`}>
              <Value value={{ of: 'node', node: each.node }} />{' '}
              <Value value={{ of: 'process', node: each.node, pid: each.pid, process: each.process }} /> took{' '}
              <strong>{formatDuration(each.seconds)}</strong>, {formatTimes(each.times)} the median
            </li>
          ))}
        </ul>
      )}
      {data !== undefined && data.idleNodes.length > 0 && (
        <p>
          Never did work:{' '}
          {data.idleNodes.map((node) => (
            <span key={node} className="missing__node">
              <Value value={{ of: 'node', node }} />
            </span>
          ))}
        </p>
      )}
      {nodes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls
        // biome-ignore lint/a11y/useSemanticElements: a scrolling region with a name
        <div className="figures-box" role="region" aria-label="Starts by node" tabIndex={0}>
          <PlainTable noun="node" nouns="nodes" fileName="starts-by-node" className="figures">
            <thead>
              <tr>
                <th scope="col">Node</th>
                <th scope="col" className="number">
                  Started
                </th>
                <th scope="col" className="number">
                  Failed
                </th>
                <th scope="col" className="number">
                  Timed out
                </th>
                <th scope="col" className="number">
                  Median init()
                </th>
                <th scope="col" className="number">
                  First work
                </th>
              </tr>
            </thead>
            <tbody>
              {nodes.map((node) => (
                <tr key={node.node} className={node.failed + node.timedOut > 0 ? 'is-slow' : undefined}>
                  <th scope="row">
                    <Value value={{ of: 'node', node: node.node }} />
                  </th>
                  <td className="number">{formatNumber(node.started)}</td>
                  <td className="number">{formatNumber(node.failed)}</td>
                  <td className="number">{formatNumber(node.timedOut)}</td>
                  <td className="number">{formatDuration(node.medianSeconds)}</td>
                  <td className="number">{node.firstWorkUs === null ? 'never' : <TimeText us={node.firstWorkUs} />}</td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
        </div>
      )}
    </Section>
  );
});

function startsWords({ started, failed, timedOut, medianSeconds, slow, idleNodes }: InitSummary): string {
  if (started === 0) return 'No line of this run tells of a start.';
  const parts = [`${formatCount(started, 'process', 'processes')} started`];
  parts.push(
    failed + timedOut === 0 ? 'none failed' : `${formatNumber(failed)} failed, ${formatNumber(timedOut)} timed out`,
  );
  if (slow.length > 0) parts.push(formatCount(slow.length, 'slow start'));
  if (idleNodes.length > 0) parts.push(`${formatCount(idleNodes.length, 'node')} never did work`);
  if (medianSeconds !== null) parts.push(`median ${formatDuration(medianSeconds)}`);
  return `${parts.join('; ')}.`;
}
