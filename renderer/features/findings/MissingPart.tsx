/**
 * Missing evidence: what the run's own records name and the files do not hold. It comes before all
 * conclusions, because “no errors” means little if half of the logs are missing.
 */

import { Check } from 'lucide-react';
import { memo } from 'react';
import type { Completeness, MissingEvidence } from '../../../electron/contract/analysis.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { Evidence } from './Evidence.tsx';
import { missingWords } from './findings-model.ts';
import { clockSummary, groupMissing } from './missing-groups.ts';
import { Section, type SectionProps } from './Section.tsx';

const FEW_NODES = 6;

export const MissingPart = memo(function MissingPart({
  data,
  error,
}: {
  data: Completeness | undefined;
  error: SectionProps['error'];
}) {
  const missing = data?.missing ?? [];
  return (
    <Section
      id="missing"
      title="Missing evidence"
      isWide
      error={error}
      summary={
        data === undefined
          ? ''
          : missing.length === 0
            ? ''
            : `${formatCount(missing.length, 'expected piece of evidence is missing', 'expected pieces of evidence are missing')}; conclusions below may be weaker for it.`
      }
      counted={{
        how: 'What the run’s own records name (nodes, processes, mini-batches, attempts and their ends) compared with the files and lines in this download. Clocks: pairs of lines that master and node wrote of the same event.',
        cli: null,
      }}
    >
      {data !== undefined && missing.length === 0 && (
        <p className="missing__none">
          <Check size={14} /> No expected evidence is missing.
        </p>
      )}
      {missing.length > 0 && (
        <ul className="missing">
          {groupMissing(missing).map((group) =>
            group.length === 1 ? (
              group.map((each) => <MissingRow key={`${each.kind} ${each.message}`} missing={each} />)
            ) : (
              <MissingGroup key={group[0]?.kind} group={group} data={data} />
            ),
          )}
        </ul>
      )}
    </Section>
  );
});

function MissingRow({ missing }: { missing: MissingEvidence }) {
  const { have, expected, nodes } = missing;
  return (
    <li className="missing__row">
      <strong className="missing__kind">{missingWords[missing.kind]}</strong>
      <span className="missing__have number">
        {have !== null && expected !== null && (
          <>
            {formatNumber(have)} <span className="soft">of {formatNumber(expected)}</span>
            <span className="missing__track">
              <span style={{ width: `${Math.min(100, (have / Math.max(1, expected)) * 100)}%` }} />
            </span>
          </>
        )}
      </span>
      <div className="missing__text">
        <p>
          <SafeText text={missing.message} />
          {nodes.slice(0, FEW_NODES).map((node) => (
            <span key={node} className="missing__node">
              <Value value={{ of: 'node', node }} />
            </span>
          ))}
          {nodes.length > FEW_NODES && (
            <span className="faint">{` and ${formatNumber(nodes.length - FEW_NODES)} more`}</span>
          )}
        </p>
        <Evidence refs={missing.evidence} />
      </div>
    </li>
  );
}

/** Shows many of one kind as one statement; a click lists each. */
function MissingGroup({ group, data }: { group: readonly MissingEvidence[]; data: Completeness | undefined }) {
  const [first] = group;
  if (first === undefined) return null;
  return (
    <li className="missing__row">
      <strong className="missing__kind">{missingWords[first.kind]}</strong>
      <span className="missing__have number">{formatNumber(group.length)}</span>
      <details className="missing__text">
        <summary>
          <SafeText text={(first.kind === 'clock' && clockSummary(data?.clocks ?? [], group)) || first.message} />
          {first.kind !== 'clock' && <span className="soft">{` and ${formatNumber(group.length - 1)} more`}</span>}
        </summary>
        <ul className="missing">
          {group.map((each) => (
            <li key={each.message}>
              <SafeText text={each.message} />
              <Evidence refs={each.evidence} />
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
