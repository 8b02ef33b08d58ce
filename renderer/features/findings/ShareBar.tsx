/**
 * A share bar shows the parts of a whole as one bar and as a table. Each part differs by colour,
 * pattern and word.
 */
import { formatDuration, formatPercent } from '../../base/format.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import type { Share } from './findings-model.ts';

export function ShareBar(props: { label: string; shares: readonly Share[]; totalSeconds: number }) {
  const { label, shares, totalSeconds } = props;
  const total = Math.max(totalSeconds, 0.001);
  return (
    <div className="share">
      <div className="share__bar" aria-hidden="true">
        {shares.map((share) => (
          <span
            key={share.key}
            className={`share__part share__part--${share.pattern}`}
            style={{ flexGrow: share.seconds, '--part': `var(--${share.token})` }}
            title={`${share.title}: ${formatDuration(share.seconds)}`}
          />
        ))}
      </div>
      <PlainTable noun="part" nouns="parts" fileName="worker-time" className="figures">
        <caption className="hidden-label">{label}</caption>
        <thead className="hidden-label">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Worker time</th>
            <th scope="col">Share</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {shares.map((share) => (
            <tr key={share.key}>
              <th scope="row">
                <span
                  className={`share__key share__part--${share.pattern}`}
                  style={{ '--part': `var(--${share.token})` }}
                />
                {share.title}
              </th>
              <td className="number">{formatDuration(share.seconds)}</td>
              <td className="number">{formatPercent(share.seconds / total)}</td>
              <td className="faint figures__rest">{share.hint}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </div>
  );
}
