/**
 * The picker of the node whose processes share one graph. Without a node, each process has its own
 * row.
 */
import { useMemo } from 'react';
import { safeText } from '../../base/safe-text.ts';
import { useSelection } from '../../state/StoresContext.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import type { SeriesGroup } from './series-groups.ts';
import { useChosenNode } from './use-resources.ts';

export function NodePicker({ groups }: { groups: readonly SeriesGroup[] }) {
  const select = useSelection((state) => state.select);
  const chosen = useChosenNode(groups);
  const nodes = useMemo(() => [...new Set(groups.map((group) => group.node))], [groups]);
  const items = [
    {
      id: '',
      title: 'All nodes, a row for each process',
      isChecked: chosen === null,
      run: () => select({ node: null, process: null }),
    },
    ...nodes.map((node, index) => ({
      id: node,
      title: safeText(node),
      isChecked: node === chosen,
      startsGroup: index === 0,
      run: () => select({ node, process: null }),
    })),
  ];
  return (
    <MenuButton label={`Processes of which node: ${chosen === null ? 'All nodes' : safeText(chosen)}`} items={items}>
      {chosen === null ? 'All nodes' : <SafeText text={chosen} />}
    </MenuButton>
  );
}
