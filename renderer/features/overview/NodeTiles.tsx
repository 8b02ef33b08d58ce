/**
 * A node tile stands for a node. The more of its mini-batches failed, the warmer its colour. A
 * click filters by the node.
 */
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatCompact, formatCount, formatNumber } from '../../base/format.ts';
import { safeText } from '../../base/safe-text.ts';
import { toggleFacetValue } from '../../state/filter.ts';
import { useFilter, useNavigation } from '../../state/StoresContext.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

/** More nodes than this become small squares. */
const MOST_LARGE = 24;
/** The tint of the worst node, weak enough to keep its text readable. */
const HOTTEST_PERCENT = 38;

const byName = (a: { node: string }, b: { node: string }) => a.node.localeCompare(b.node, 'en', { numeric: true });

export function NodeTiles({ nodes, isPartial }: { nodes: RunInfo['nodes']; isPartial: boolean }) {
  const filter = useFilter((state) => state.filter);
  const navigation = useNavigation();
  const most = Math.max(1, ...nodes.map((node) => node.failed));
  const isDense = nodes.length > MOST_LARGE;
  const hasFailures = nodes.some((node) => node.failed > 0);
  return (
    <section className="overview__part" aria-label="Nodes">
      <h3>
        Nodes{' '}
        <span className="soft">
          {nodes.length > 0 && formatNumber(nodes.length)}
          {hasFailures ? ', darker = more failures' : isDense && nodes.length > 0 && ', number = mini-batches'}
        </span>
      </h3>
      {nodes.length === 0 && <p className="soft">{isPartial ? 'No node yet.' : 'The logs name no node.'}</p>}
      <ul className={`node-tiles ${isDense ? 'node-tiles--dense' : ''}`}>
        {nodes.toSorted(byName).map((node) => {
          const heat = node.failed === 0 ? 0 : 8 + (node.failed / most) * (HOTTEST_PERCENT - 8);
          const facts = `${formatCount(node.miniBatches, 'mini-batch', 'mini-batches')}, ${formatNumber(node.failed)} failed, ${formatCount(node.processes, 'process', 'processes')}`;
          return (
            <li key={node.node}>
              <button
                type="button"
                className="node-tiles__tile"
                style={
                  heat === 0
                    ? undefined
                    : { background: `color-mix(in srgb, var(--outcome-failed) ${heat.toFixed(0)}%, var(--surface))` }
                }
                aria-pressed={filter.node.include.includes(node.node)}
                aria-label={isDense ? `${safeText(node.node)}: ${facts}` : undefined}
                title={`${safeText(node.node)}\n${facts}`}
                onClick={() => navigation.navigate({ filter: toggleFacetValue(filter, 'node', node.node, 'include') })}
              >
                {isDense ? (
                  <span className={hasFailures ? '' : 'soft'}>
                    {formatCompact(hasFailures ? node.failed : node.miniBatches)}
                  </span>
                ) : (
                  <>
                    <span className="node-tiles__name ellipsis">
                      <SafeText text={node.node} />
                    </span>
                    <span className="node-tiles__facts">
                      {formatCount(node.miniBatches, 'mini-batch', 'mini-batches')}
                      {node.failed > 0 && <strong> · {formatNumber(node.failed)} failed</strong>}
                    </span>
                  </>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
