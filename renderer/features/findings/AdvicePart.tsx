/**
 * The recommendations by the service's own guidance, each with the figures that call for it. The
 * engine compares the figures with the thresholds.
 */
import { memo } from 'react';
import type { Advice } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Confidence } from './Confidence.tsx';
import { Evidence } from './Evidence.tsx';
import { Section, type SectionProps } from './Section.tsx';

export const AdvicePart = memo(function AdvicePart({
  data,
  error,
}: {
  data: readonly Advice[] | undefined;
  error: SectionProps['error'];
}) {
  return (
    <Section
      id="advice"
      title="Recommendations"
      error={error}
      summary={data === undefined || data.length === 0 ? '' : formatCount(data.length, 'recommendation')}
      counted={{
        how: 'The thresholds of the service’s tuning guidance, compared with the figures of this run. Each recommendation names its source.',
        cli: null,
      }}
    >
      {data?.length === 0 && <p className="soft">No recommendations.</p>}
      <ul className="finding-list">
        {data?.map((each) => (
          <li key={`${each.rule} ${each.figures}`}>
            <p>
              <strong>
                <SafeText text={each.title} />
              </strong>{' '}
              <Confidence of={each.confidence} />
            </p>
            <p>
              <SafeText text={each.figures} />
            </p>
            <p>
              <span className="soft">Next:</span> <SafeText text={each.advice} />
            </p>
            <p className="finding-list__source faint">
              <SafeText text={each.source} />
            </p>
            <Evidence refs={each.evidence} />
          </li>
        ))}
      </ul>
    </Section>
  );
});
