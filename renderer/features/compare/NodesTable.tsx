import type { Comparison } from '../../../electron/contract/analysis.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { changeText, direction } from './compare-model.ts';

const MOST = 100;

/** Nodes by rank, the slowest of one run against the slowest of the other: their names differ from run to run. */
export function NodesTable({ nodes, isThisAfter }: { nodes: Comparison['nodes']; isThisAfter: boolean }) {
  const name = (node: string | null, isHere: boolean) => {
    if (node === null) return '–';
    return isHere ? <Value value={{ of: 'node', node }} /> : <SafeText text={node} />;
  };
  return (
    <section className="comparison__part" aria-label="Nodes">
      <h3>Nodes, the slowest first</h3>
      {nodes.length === 0 ? (
        <p className="soft">Neither run tells how long attempts took.</p>
      ) : (
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col" className="number">
                #
              </th>
              <th scope="col">Before</th>
              <th scope="col" className="number">
                Median
              </th>
              <th scope="col">After</th>
              <th scope="col" className="number">
                Median
              </th>
              <th scope="col" className="number compare-table__rest">
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            {nodes.slice(0, MOST).map((each) => (
              <tr key={each.rank}>
                <td className="number faint">{each.rank}</td>
                <td>{name(each.a, !isThisAfter)}</td>
                <td className="number">{formatDuration(each.medianA)}</td>
                <td>{name(each.b, isThisAfter)}</td>
                <td className="number">{formatDuration(each.medianB)}</td>
                <td className="number compare-table__rest">
                  {direction(each.medianA, each.medianB)} {changeText(each.medianA, each.medianB)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {nodes.length > MOST && <p className="faint">{`The slowest ${MOST} of ${formatNumber(nodes.length)}.`}</p>}
    </section>
  );
}
