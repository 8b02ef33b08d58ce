/**
 * The processes of one node as curves in one graph. Without a node, `RowsView` shows one row per
 * process.
 */
import type { MetricLook } from '../../charts/metrics.ts';
import { NodeProcesses } from './NodeProcesses.tsx';
import { RowsView } from './RowsView.tsx';
import type { Failures } from './use-events.ts';
import { type ResourcesView, useChosenNode } from './use-resources.ts';

export function ProcessesView(props: { view: ResourcesView; look: MetricLook; failures: Failures }) {
  const { groups } = props.view;
  const chosen = useChosenNode(groups);
  const only = groups.every((group) => group.node === groups[0]?.node) ? (groups[0]?.node ?? null) : null;
  const node = chosen ?? only;
  return node === null ? <RowsView {...props} /> : <NodeProcesses {...props} node={node} />;
}
