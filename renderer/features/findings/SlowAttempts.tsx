/**
 * Slow attempts took far longer than the median of all. Each row gives the reason, if known, and
 * opens the mini-batch.
 */
import type { Stragglers } from '../../../electron/contract/analysis.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { useNavigation } from '../../state/StoresContext.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';

const causes: Record<Stragglers['attempts'][number]['cause'], string> = {
  node: 'its node is slow',
  input: 'its input: its other attempts were slow too',
  unknown: 'not known',
};

export function SlowAttempts({ data }: { data: Stragglers }) {
  const navigation = useNavigation();
  if (data.attempts.length === 0) return <p className="soft">None is slow against the others.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls
    // biome-ignore lint/a11y/useSemanticElements: a scrolling region with a name
    <div className="figures-box" role="region" aria-label="Slow attempts, the slowest first" tabIndex={0}>
      <PlainTable noun="attempt" nouns="attempts" fileName="slow-attempts" className="figures">
        <thead>
          <tr>
            <th scope="col" className="number">
              Mini-batch
            </th>
            <th scope="col" className="number">
              Attempt
            </th>
            <th scope="col">Node</th>
            <th scope="col" className="number">
              PID
            </th>
            <th scope="col" className="number">
              Took
            </th>
            <th scope="col" className="number">
              × median
            </th>
            <th scope="col" className="figures__rest">
              Why
            </th>
          </tr>
        </thead>
        <tbody>
          {data.attempts.map((row) => (
            <tr key={row.attemptId}>
              <th scope="row" className="number">
                <button
                  type="button"
                  className="evidence__more"
                  onClick={() =>
                    navigation.navigate({
                      drawer: true,
                      selection: { miniBatchId: row.miniBatchId, detail: 'miniBatch' },
                    })
                  }
                >
                  <SafeText text={row.miniBatchId} />
                </button>
              </th>
              <td className="number">{row.attempt}</td>
              <td>{row.node === null ? '–' : <Value value={{ of: 'node', node: row.node }} />}</td>
              <td className="number">
                {row.node === null || row.pid === null ? (
                  '–'
                ) : (
                  <Value value={{ of: 'process', node: row.node, pid: row.pid, process: null }} />
                )}
              </td>
              <td className="number">{formatDuration(row.durationSeconds)}</td>
              <td className="number">{formatNumber(row.times, 1)}</td>
              <td className="figures__rest soft">{causes[row.cause]}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {data.slowCount > data.attempts.length && (
        <p className="faint">
          {`The slowest ${formatNumber(data.attempts.length)} of ${formatNumber(data.slowCount)}. `}
          <GoTo to={{ view: 'mini-batches' }}>All mini-batches, sorted by duration</GoTo>
        </p>
      )}
    </div>
  );
}
