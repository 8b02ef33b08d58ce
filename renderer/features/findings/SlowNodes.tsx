/**
 * The nodes by the median duration of their attempts compared with the overall median, the slowest
 * first. The engine marks the slow ones.
 */
import type { Stragglers } from '../../../electron/contract/analysis.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { Value } from '../../widgets/Value.tsx';

export function SlowNodes({ nodes }: { nodes: Stragglers['nodes'] }) {
  const most = nodes.reduce((max, node) => Math.max(max, node.ratio), 1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls
    // biome-ignore lint/a11y/useSemanticElements: a scrolling region with a name
    <div className="figures-box" role="region" aria-label="Nodes, the slowest first" tabIndex={0}>
      <PlainTable noun="node" nouns="nodes" fileName="slow-nodes" className="figures">
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col" className="number">
              Attempts
            </th>
            <th scope="col" className="number">
              Median
            </th>
            <th scope="col" className="number">
              × all
            </th>
            <th scope="col" className="figures__rest">
              <span className="hidden-label">As a bar</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.node} className={node.slow ? 'is-slow' : undefined}>
              <th scope="row">
                <Value value={{ of: 'node', node: node.node }} />
              </th>
              <td className="number">{formatNumber(node.attempts)}</td>
              <td className="number">{formatDuration(node.medianSeconds)}</td>
              <td className="number">
                {node.slow && 'slow · '}
                {formatNumber(node.ratio, 2)}
              </td>
              <td className="figures__rest">
                <span className="ratio" style={{ width: `${(node.ratio / most) * 100}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </div>
  );
}
