/** Findings of the run, the root cause first, each with its confidence and its evidence. */
import { memo } from 'react';
import type { Finding, FirstCause } from '../../../electron/contract/run-info.ts';
import { formatCount } from '../../base/format.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Confidence } from './Confidence.tsx';
import { Evidence } from './Evidence.tsx';
import { withCause } from './findings-model.ts';
import { Section, type SectionProps } from './Section.tsx';

export const FindingsPart = memo(function FindingsPart(props: {
  data: readonly Finding[] | undefined;
  cause: FirstCause | null;
  error: SectionProps['error'];
}) {
  const { data, cause, error } = props;
  const rows = withCause(data ?? [], cause);
  return (
    <Section
      id="findings"
      title="Findings"
      error={error}
      summary={rows.length === 0 ? '' : formatCount(rows.length, 'finding')}
      tools={
        <GoTo to={{ view: 'errors' }} className="finding-part__link">
          All errors
        </GoTo>
      }
      counted={{
        how: 'Rules over the records of attempts, processes, resources and errors; each finding names the lines that it rests on.',
        cli: 'postrun info PATH --json | jq ".firstCause, .findings"',
        sql: 'SELECT finding, kind, confidence, message, file, line FROM findings',
      }}
    >
      {data !== undefined && rows.length === 0 && <p className="soft">Nothing stands out.</p>}
      <ul className="finding-list">
        {rows.map((each) => (
          <li key={`${each.kind} ${each.message}`}>
            <p>
              {each === cause && <strong>Root cause: </strong>}
              <SafeText text={each.message} /> <Confidence of={each.confidence} />
            </p>
            <Evidence refs={each.evidence} />
          </li>
        ))}
      </ul>
    </Section>
  );
});
