/**
 * The findings of the overview: what else is worth knowing, each with its confidence and the first
 * line that shows it. The view “What happened” has all evidence.
 */
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatCount } from '../../base/format.ts';
import { confidenceWords } from '../../base/looks.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

export function Findings({ info, isPartial }: { info: RunInfo; isPartial: boolean }) {
  const nothing = isPartial ? 'None so far.' : info.firstCause === null ? 'None.' : 'None besides the root cause.';
  return (
    <section className="overview__part" aria-label="Findings">
      <h3>Findings</h3>
      <ul className="findings">
        {info.findings.map((finding) => (
          <li key={`${finding.kind} ${finding.message}`}>
            <p>
              <SafeText text={finding.message} />{' '}
              <span className="findings__sure">{confidenceWords[finding.confidence]}</span>
            </p>
            {finding.evidence.slice(0, 1).map((ref) => (
              <LineLink key={`${ref.file}:${ref.line}`} {...ref} />
            ))}
            {finding.evidence.length > 1 && (
              <GoTo className="findings__more" to={{ view: 'findings' }}>
                {formatCount(finding.evidence.length - 1, 'more line')}
              </GoTo>
            )}
          </li>
        ))}
        {info.findings.length === 0 && <li className="soft">{nothing}</li>}
        <li>
          {info.problems === 0 ? (
            <span className="soft">
              {isPartial ? 'No problem so far in reading the files.' : 'All files were read and understood.'}
            </span>
          ) : (
            <>
              <GoTo to={{ view: 'problems' }}>{formatCount(info.problems, 'problem')}</GoTo> in reading the files.
            </>
          )}
        </li>
      </ul>
    </section>
  );
}
