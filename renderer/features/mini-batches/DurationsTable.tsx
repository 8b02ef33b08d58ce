/** The table of the durations card: the quantiles of how long attempts took, by outcome. */
import type { Durations } from '../../../electron/contract/analysis.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { outcomeLooks } from '../../base/looks.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';

const quantiles = [
  { of: 'p05', title: 'p05' },
  { of: 'p25', title: 'p25' },
  { of: 'p50', title: 'Median' },
  { of: 'p75', title: 'p75' },
  { of: 'p95', title: 'p95' },
  { of: 'p99', title: 'p99' },
  { of: 'max', title: 'Longest' },
] as const;

export function DurationsTable({ rows }: { rows: Durations['quantiles'] }) {
  return (
    <PlainTable noun="outcome" nouns="outcomes" fileName="durations" className="counts-table">
      <thead>
        <tr>
          <th scope="col">Outcome</th>
          <th scope="col" className="number">
            Attempts
          </th>
          {quantiles.map(({ of, title }) => (
            <th key={of} scope="col" className="number">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows
          .filter((row) => row.count > 0)
          .map((row) => (
            <tr key={row.outcome ?? 'all'}>
              <th scope="row">{row.outcome === null ? 'All' : outcomeLooks[row.outcome].word}</th>
              <td className="number">{formatNumber(row.count)}</td>
              {quantiles.map(({ of }) => (
                <td key={of} className="number">
                  {formatDuration(row[of])}
                </td>
              ))}
            </tr>
          ))}
      </tbody>
    </PlainTable>
  );
}
