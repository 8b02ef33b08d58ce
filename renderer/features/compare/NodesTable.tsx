/**
 * The nodes of two runs, paired by name, with the median duration of their attempts before and
 * after. The nodes that slowed down most come first. A node of only one run has no partner.
 */
import type { Comparison } from '../../../electron/contract/analysis.ts';
import { formatDuration } from '../../base/format.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { Change } from './Change.tsx';

export function NodesTable({ nodes, isThisAfter }: { nodes: Comparison['nodes']; isThisAfter: boolean }) {
  return (
    <section className="comparison__part" aria-label="Nodes">
      <h3>Nodes, paired by name</h3>
      {nodes.length === 0 ? (
        <p className="soft">Neither run says how long attempts took.</p>
      ) : (
        <PlainTable noun="node" nouns="nodes" fileName="nodes-compared" className="compare-table">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col" className="number">
                Median before
              </th>
              <th scope="col" className="number">
                Median after
              </th>
              <th scope="col" className="number compare-table__rest">
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((each) => {
              const node = each.a ?? each.b ?? '';
              const isHere = (isThisAfter ? each.b : each.a) !== null;
              return (
                <tr key={node}>
                  <th scope="row">{isHere ? <Value value={{ of: 'node', node }} /> : <SafeText text={node} />}</th>
                  <td className="number">{formatDuration(each.medianA)}</td>
                  <td className="number">{formatDuration(each.medianB)}</td>
                  <td className="number compare-table__rest">
                    {each.a === null && <span className="soft">only after</span>}
                    {each.b === null && <span className="soft">only before</span>}
                    <Change a={each.medianA} b={each.medianB} better="less" />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </PlainTable>
      )}
    </section>
  );
}
