import type { RunInfo } from '../../../electron/contract/records.ts';
import { formatCount } from '../../base/format.ts';
import { confidenceWords } from '../../base/looks.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

/** What else is worth knowing, each with how sure it is and the line that says so. */
export function Findings({ info, isPartial }: { info: RunInfo; isPartial: boolean }) {
  const nothing = isPartial
    ? 'Nothing so far.'
    : info.firstCause === null
      ? 'Nothing stands out.'
      : 'Nothing besides the cause stands out.';
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
          </li>
        ))}
        {info.findings.length === 0 && <li className="soft">{nothing}</li>}
        <li>
          {info.problems === 0 ? (
            <span className="soft">
              {isPartial ? 'What was read so far could be understood.' : 'All files could be read and understood.'}
            </span>
          ) : (
            <>
              <GoTo to={{ view: 'problems' }}>{formatCount(info.problems, 'place', 'places')}</GoTo> in the files could
              not be read or understood.
            </>
          )}
        </li>
      </ul>
    </section>
  );
}
