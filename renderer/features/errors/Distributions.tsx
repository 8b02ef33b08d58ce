/**
 * The distributions of an error group: how its lines spread over nodes, processes, mini-batches and
 * the variable parts of the message. A bar of a facet filters everything by its value; a bar of a
 * variable part searches the logs for it.
 */
import type { Signature } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { type Filter, noFilter, onlyFacetValue } from '../../state/filter.ts';
import { useFilter, useNavigation } from '../../state/StoresContext.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { BarList } from './BarList.tsx';

const MOST = 8;

export function Distributions({ signature }: { signature: Signature }) {
  const navigation = useNavigation();
  const filter = useFilter((state) => state.filter);
  const isOnly = (facet: 'node' | 'pid' | 'miniBatch', value: string | number) =>
    filter[facet].include.length === 1 && filter[facet].include[0] === value;
  const go = (next: Filter, isOn: boolean, lifted: Partial<Filter>) =>
    navigation.navigate({ filter: isOn ? lifted : next });
  const { nodes, pids, pidCount, miniBatches, miniBatchCount, variables } = signature;
  const unknown = <span className="faint">not of one node</span>;
  return (
    <div className="distributions">
      <BarList
        title="Nodes"
        note="lines"
        hint="Only this node"
        more={nodes.length - MOST}
        rows={nodes.slice(0, MOST).map(({ node, count }) => {
          const isOn = node !== null && isOnly('node', node);
          return {
            key: node ?? '',
            label: node === null ? unknown : <SafeText text={node} />,
            count,
            isOn,
            onPick:
              node === null ? null : () => go(onlyFacetValue(filter, 'node', node), isOn, { node: noFilter.node }),
          };
        })}
      />
      <BarList
        title="Processes"
        note="lines"
        hint="Only this process"
        more={pidCount - Math.min(MOST, pids.length)}
        rows={pids.slice(0, MOST).map(({ node, pid, count }) => {
          const isOn = pid !== null && isOnly('pid', pid) && (node === null || isOnly('node', node));
          const only = () => {
            if (pid === null) return filter;
            const byPid = onlyFacetValue(filter, 'pid', pid);
            return node === null ? byPid : onlyFacetValue(byPid, 'node', node);
          };
          return {
            key: `${node} ${pid}`,
            label: pid === null ? <span className="faint">no pid</span> : <SafeText text={`${node ?? ''} ${pid}`} />,
            count,
            isOn,
            onPick: pid === null ? null : () => go(only(), isOn, { node: noFilter.node, pid: noFilter.pid }),
          };
        })}
      />
      {miniBatches.length > 0 && (
        <BarList
          title="Mini-batches"
          note="lines"
          hint="Only this mini-batch"
          more={miniBatchCount - Math.min(MOST, miniBatches.length)}
          rows={miniBatches.slice(0, MOST).map(({ miniBatchId, count }) => {
            const isOn = isOnly('miniBatch', miniBatchId);
            return {
              key: miniBatchId,
              label: <SafeText text={miniBatchId} />,
              count,
              isOn,
              onPick: () =>
                go(onlyFacetValue(filter, 'miniBatch', miniBatchId), isOn, { miniBatch: noFilter.miniBatch }),
            };
          })}
        />
      )}
      {variables.map((variable, index) => (
        <BarList
          // biome-ignore lint/suspicious/noArrayIndexKey: only their place tells parts of a template apart
          key={index}
          title={`Values of ‹${variable.name === '*' ? 'text' : variable.name}›`}
          note={variables.length > 1 ? `${index + 1} of ${variables.length}` : undefined}
          hint="Search the logs for it"
          more={variable.distinct - variable.values.length}
          rows={variable.values.map(({ value, count }) => ({
            key: value,
            label: (
              <span className="mono" title={formatCount(count, 'line')}>
                <SafeText text={value} />
              </span>
            ),
            count,
            onPick: () =>
              navigation.navigate({
                view: 'logs',
                filter: { mode: 'fixed', query: value.replaceAll(/^['"]+|['"]+$/g, '') },
              }),
          }))}
        />
      ))}
    </div>
  );
}
