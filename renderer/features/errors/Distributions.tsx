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
  const { nodes, miniBatches, variables } = signature;
  return (
    <div className="distributions">
      <NodeBars nodes={nodes} />
      <ProcessBars signature={signature} />
      {miniBatches.length > 0 && <MiniBatchBars signature={signature} />}
      {variables.map((variable, index) => (
        <ValueBars
          // biome-ignore lint/suspicious/noArrayIndexKey: only their place tells parts of a template apart
          key={index}
          variable={variable}
          note={variables.length > 1 ? `${index + 1} of ${variables.length}` : undefined}
        />
      ))}
    </div>
  );
}

function NodeBars({ nodes }: Pick<Signature, 'nodes'>) {
  const { filter, isOnly, toggle } = useValueFilter();
  return (
    <BarList
      title="Nodes"
      note="lines"
      hint="Only this node"
      more={nodes.length - MOST}
      rows={nodes.slice(0, MOST).map(({ node, count }) => {
        if (node === null)
          return { key: '', label: <span className="faint">not of one node</span>, count, onPick: null };
        const isOn = isOnly('node', node);
        const onPick = () => toggle(isOn, onlyFacetValue(filter, 'node', node), { node: noFilter.node });
        return { key: node, label: <SafeText text={node} />, count, isOn, onPick };
      })}
    />
  );
}

function ProcessBars({ signature: { pids, pidCount } }: { signature: Signature }) {
  const { filter, isOnly, toggle } = useValueFilter();
  return (
    <BarList
      title="Processes"
      note="lines"
      hint="Only this process"
      more={pidCount - Math.min(MOST, pids.length)}
      rows={pids.slice(0, MOST).map(({ node, pid, count }) => {
        const key = `${node} ${pid}`;
        if (pid === null) return { key, label: <span className="faint">no pid</span>, count, onPick: null };
        const isOn = isOnly('pid', pid) && (node === null || isOnly('node', node));
        const byPid = onlyFacetValue(filter, 'pid', pid);
        const only = node === null ? byPid : onlyFacetValue(byPid, 'node', node);
        const onPick = () => toggle(isOn, only, { node: noFilter.node, pid: noFilter.pid });
        return { key, label: <SafeText text={`${node ?? ''} ${pid}`} />, count, isOn, onPick };
      })}
    />
  );
}

function MiniBatchBars({ signature: { miniBatches, miniBatchCount } }: { signature: Signature }) {
  const { filter, isOnly, toggle } = useValueFilter();
  return (
    <BarList
      title="Mini-batches"
      note="lines"
      hint="Only this mini-batch"
      more={miniBatchCount - Math.min(MOST, miniBatches.length)}
      rows={miniBatches.slice(0, MOST).map(({ miniBatchId, count }) => {
        const isOn = isOnly('miniBatch', miniBatchId);
        const only = onlyFacetValue(filter, 'miniBatch', miniBatchId);
        const onPick = () => toggle(isOn, only, { miniBatch: noFilter.miniBatch });
        return { key: miniBatchId, label: <SafeText text={miniBatchId} />, count, isOn, onPick };
      })}
    />
  );
}

/** Shows the values of a variable part of the message. */
function ValueBars({ variable, note }: { variable: Signature['variables'][number]; note: string | undefined }) {
  const navigation = useNavigation();
  return (
    <BarList
      title={`Values of ‹${variable.name === '*' ? 'text' : variable.name}›`}
      note={note}
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
  );
}

/** Filters everything by the value of a bar, or lifts that filter. */
function useValueFilter() {
  const navigation = useNavigation();
  const filter = useFilter((state) => state.filter);
  return {
    filter,
    isOnly: (facet: 'node' | 'pid' | 'miniBatch', value: string | number) =>
      filter[facet].include.length === 1 && filter[facet].include[0] === value,
    toggle: (isOn: boolean, only: Filter, lifted: Partial<Filter>) =>
      navigation.navigate({ filter: isOn ? lifted : only }),
  };
}
